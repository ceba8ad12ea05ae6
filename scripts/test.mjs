import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { OrderedOutput } from './lib/ordered-output.mjs';
import { endAllGroups, runGroup } from './lib/process-group.mjs';
import { projectFolder } from './lib/project.mjs';
import { describeError, runCommand, ScriptError } from './lib/script-error.mjs';
import {
  deriveTestRequirements,
  ensureSystemPackages,
  independentClientRequirements,
} from './lib/system-packages.mjs';
import { formatCounts, settleCounts, sumCounts } from './lib/test-counts.mjs';
import { deriveDisplay, describeSteps, selectSteps } from './lib/test-steps.mjs';

/**
 * @typedef {import('./lib/test-steps.mjs').TestStep} TestStep
 * @typedef {import('./lib/test-counts.mjs').TestCounts} TestCounts
 * @typedef {import('./lib/test-counts.mjs').ReportSummary} ReportSummary
 * @typedef {{name: string, counts: TestCounts, failures: readonly string[], seconds: number}} StepResult
 * @typedef {(text: string) => void} Write
 */

const usage = `usage: npm test -- [--only STEP,…] [--grep PATTERN]
  --only STEP,…   some of types, lint, unit, integration, pages, e2e, alone
  --grep PATTERN  only tests whose name matches
`;

/** What stood in the way of each part of the set-up. @type {Map<string, string>} */
const problems = new Map();
const output = new OrderedOutput((text) => process.stdout.write(text));

/** @param {Write} write @param {string} title */
const writeHeading = (write, title) => write(`\n── ${title} ──\n`);

/**
 * Gets what the steps need. What cannot be had fails the steps that need it, and no others.
 *
 * @param {ReadonlySet<string>} needs
 */
async function setUp(needs) {
  const { write, end } = output.open();
  /** @type {Record<string, () => Promise<string>>} */
  const parts = {
    packages: async () => {
      const installed = await ensureSystemPackages(deriveTestRequirements(process.env), (line) =>
        write(`${line}\n`),
      );
      try {
        installed.push(
          ...(await ensureSystemPackages(independentClientRequirements, (line) => write(`${line}\n`))),
        );
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        write(`${error.message}\nUntil then the test of the client in Python is skipped.\n`);
      }
      return installed.length === 0 ? 'system packages: all there' : `installed ${installed.join(' ')}`;
    },
    runtime: async () => {
      const { version, source } = await resolveElectronRuntime();
      return `Electron ${version} (${source})`;
    },
    build: async () => ((await ensureBuild()) ? 'built' : 'build: fresh'),
  };
  if (needs.size > 0) writeHeading(write, 'set-up');
  for (const [name, run] of Object.entries(parts)) {
    if (!needs.has(name)) continue;
    try {
      write(`${await run()}\n`);
    } catch (error) {
      const message = error instanceof ScriptError ? error.message : describeError(error);
      problems.set(name, message);
      write(`${message}\n`);
    }
  }
  end();
}

/** @param {TestStep} step @param {boolean} mayBeEmpty @returns {Promise<StepResult>} */
async function runStep(step, mayBeEmpty) {
  const { write, end } = output.open();
  const startMs = performance.now();
  writeHeading(write, step.title);
  const missing = step.needs.map((need) => problems.get(need)).find((problem) => problem !== undefined);
  if (missing !== undefined) write(`Not run, because the set-up failed: ${missing}\n`);
  const status = missing === undefined ? await runCommands(step, write) : 1;
  const isOneTest = step.summarise === undefined || missing !== undefined;
  const report = isOneTest ? undefined : await readReport(step, write);
  const counts = isOneTest
    ? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
    : settleCounts(status, report, mayBeEmpty);
  if (status === 0 && counts.passed + counts.skipped === 0 && !mayBeEmpty) {
    write('No test was found, which counts as one failure.\n');
  }
  const seconds = (performance.now() - startMs) / 1000;
  write(`${step.name}: ${formatCounts(counts)} (${seconds.toFixed(1)} s)\n`);
  end();
  return { name: step.name, counts, failures: report?.failures ?? [], seconds };
}

/** @param {TestStep} step @param {Write} write @returns {Promise<number>} */
async function runCommands(step, write) {
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {};
  for (const { command, env } of step.commands) {
    const [file = '', ...args] = command;
    const { status, problem } = await runGroup(file, args, {
      cwd: projectFolder,
      env: { ...process.env, ...colour, ...env },
      limitMs: step.limitMs,
      write,
    });
    if (problem !== undefined) write(`${step.name} ${problem}\n`);
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

/** @param {TestStep} step @param {Write} write @returns {Promise<ReportSummary | undefined>} */
async function readReport(step, write) {
  if (step.reportPath === undefined || step.summarise === undefined) return undefined;
  try {
    return step.summarise(JSON.parse(await readFile(step.reportPath, 'utf8')));
  } catch (error) {
    write(`${step.name} left no report that can be counted: ${describeError(error)}\n`);
    return undefined;
  }
}

await runCommand('test', async () => {
  const { only, grep, help } = readOptions();
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      endAllGroups(signal);
      process.exit(130);
    });
  }
  const reportFolder = await mkdtemp(join(tmpdir(), 'pulsewire-test-'));
  const steps = describeSteps(reportFolder, { grep, display: deriveDisplay(process.env, process.platform) });
  const chosen = selectSteps(only).map((name) => steps[name]);
  /** @param {readonly string[]} names */
  const pick = (names) => chosen.filter((step) => names.includes(step.name));
  /** @param {readonly TestStep[]} some @returns {Promise<StepResult[]>} */
  const inTurn = async (some) => {
    const done = [];
    for (const step of some) done.push(await runStep(step, grep !== undefined));
    return done;
  };
  try {
    await setUp(new Set(chosen.flatMap((step) => step.needs)));
    // What only computes shares the machine; what measures time has it to itself.
    const computed = await Promise.all([inTurn(pick(['types', 'lint'])), inTurn(pick(['unit']))]);
    const results = [...computed.flat(), ...(await inTurn(pick(['integration', 'pages', 'e2e', 'alone'])))];
    const total = sumCounts(results.map((result) => result.counts));
    process.stdout.write('\n');
    for (const { name, failures } of results) {
      for (const failure of failures) process.stdout.write(`${name} failed: ${failure}\n`);
    }
    for (const { name, counts, seconds } of results) {
      process.stdout.write(`${name.padEnd(12)} ${formatCounts(counts)} (${seconds.toFixed(1)} s)\n`);
    }
    process.stdout.write(`${formatCounts(total)}\n`);
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
  } finally {
    await rm(reportFolder, { recursive: true, force: true });
  }
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, grep: { type: 'string' }, help: { type: 'boolean' } },
    });
    selectSteps(values.only);
    return values;
  } catch (error) {
    throw new ScriptError(`${describeError(error)}\n${usage}`, { cause: error });
  }
}
