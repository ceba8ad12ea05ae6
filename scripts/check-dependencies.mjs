import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { parseAudit } from './lib/advisories.mjs';
import { findLicenceProblems } from './lib/licence-policy.mjs';
import { runNpm } from './lib/npm-program.mjs';
import { describeError, runCommand, ScriptError } from './lib/script-error.mjs';
import { readLockedPackages, readShippedPackages } from './lib/shipped-packages.mjs';
import { findFloorProblems, versionFloors } from './lib/version-floors.mjs';

const usage = `usage: npm run check:dependencies -- [--require-advisories]
Checks licences, floors and known vulnerabilities of what is shipped; see docs/dependencies.md.
  --require-advisories  fail where the registry does not say which vulnerabilities are known
`;
const auditLimitMs = 60_000;

/** @param {string} subject @param {readonly string[]} problems @param {string} praise @returns {boolean} true where it is well */
function report(subject, problems, praise) {
  const lines = problems.length === 0 ? [praise] : problems;
  process.stdout.write(lines.map((line) => `${subject}: ${line}\n`).join(''));
  return problems.length === 0;
}

await runCommand('check:dependencies', async () => {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  await ensureBuild();
  const shipped = await readShippedPackages();
  const floors = versionFloors.map(({ name, minimum }) => `${name} ≥ ${minimum}`).join(', ');
  const audit = await runNpm(['audit', '--json', '--fetch-retries=0'], { timeoutMs: auditLimitMs });
  const answer = parseAudit(audit.stdout, new Set(shipped.map(({ path }) => path)));
  const well = [
    report(
      'licences',
      findLicenceProblems(shipped),
      `all ${shipped.length} packages that are shipped may be`,
    ),
    report('floors', findFloorProblems(await readLockedPackages()), floors),
    reportAdvisories(answer, options['require-advisories']),
  ];
  return well.every(Boolean) ? 0 : 1;
});

/** @param {import('./lib/advisories.mjs').AdvisoryAnswer} answer @param {boolean} required @returns {boolean} */
function reportAdvisories(answer, required) {
  if (answer.kind === 'unanswered') {
    report('vulnerabilities', [`not checked: the registry does not answer (${answer.reason})`], '');
    return !required;
  }
  /** @param {import('./lib/advisories.mjs').Advisory} advisory */
  const describe = ({ name, severity, title }) => `${name}, ${severity}: ${title}`;
  report('vulnerabilities, in development only', answer.development.map(describe), 'none known');
  return report('vulnerabilities', answer.shipped.map(describe), 'none known in what is shipped');
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'require-advisories': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new ScriptError(`${describeError(error)}\n${usage}`, { cause: error });
  }
}
