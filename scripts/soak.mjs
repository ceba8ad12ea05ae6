import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBenches } from './lib/bench-modules.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';

const usage = `usage: npm run soak -- [--minutes N] [--seed N] [--json]
  A host under viewers, links that fail at random, and clients that stall, churn, drip, guess and ask, watched all the
  time. 30 minutes unless something else is said. The seed is printed; with the same one the same faults happen in the
  same order. Exits with 1 where anything was lost, left behind, logged as an error, or grew.
`;

await runCommand('soak', async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const minutes = Number(values.minutes);
  if (!(minutes >= 0.5)) throw new ScriptError(`--minutes takes 0.5 or more.\n${usage}`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!Number.isInteger(seed)) throw new ScriptError(`--seed takes a whole number.\n${usage}`);

  const folder = await buildBenches();
  const { runSoak } = await import(pathToFileURL(join(folder, 'soak.js')).href);
  const report = await runSoak({
    minutes,
    seed,
    log: (/** @type {string} */ line) => void process.stderr.write(`${line}\n`),
  });
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stdout.write(formatReport(report));
  return report.violations.length === 0 ? 0 : 1;
});

/** @param {{minutes: number, seed: number, violations: string[], figures: Record<string, unknown>}} report */
function formatReport({ minutes, seed, violations, figures }) {
  const lines = Object.entries(figures).map(
    ([name, value]) => `  ${name.padEnd(28)} ${JSON.stringify(value)}`,
  );
  const verdict =
    violations.length === 0 ? ['nothing was violated'] : violations.map((what) => `violation: ${what}`);
  return `soak of ${minutes} min with seed ${seed}\n${[...lines, ...verdict].join('\n')}\n`;
}
