import { join } from 'node:path';
import { projectFolder } from './project.mjs';
import { summarisePlaywrightReport, summariseVitestReport } from './test-counts.mjs';

/**
 * @typedef {'types' | 'lint' | 'unit' | 'integration' | 'pages' | 'e2e' | 'alone'} StepName
 *
 * @typedef {object} StepCommand
 * @property {readonly string[]} command the program and its arguments
 * @property {NodeJS.ProcessEnv} [env] besides ours
 *
 * @typedef {object} TestStep
 * @property {StepName} name
 * @property {string} title
 * @property {number} limitMs
 * @property {readonly ('packages' | 'runtime' | 'build')[]} needs
 * @property {readonly StepCommand[]} commands run one after the other; the first that fails ends the step
 * @property {string} [reportPath] where the last command leaves its report
 * @property {(report: unknown) => import('./test-counts.mjs').ReportSummary} [summarise] without it the step is one test
 */

/** In the order in which they are shown. @type {readonly StepName[]} */
const stepNames = ['types', 'lint', 'unit', 'integration', 'pages', 'e2e', 'alone'];

/** @param {string} path */
const tool = (path) => [process.execPath, join(projectFolder, 'node_modules', path)];

/**
 * The steps of the test command.
 *
 * @param {string} reportFolder for the machine-readable reports
 * @param {{grep?: string | undefined, display: readonly string[]}} options `display`: what to put before
 *   a program that opens windows
 * @returns {Record<StepName, TestStep>}
 */
export function describeSteps(reportFolder, { grep, display }) {
  const vitest = [...tool('vitest/vitest.mjs'), 'run', '--passWithNoTests'];
  if (grep !== undefined) vitest.push('--testNamePattern', grep);
  const playwright = [...tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'];
  playwright.push('--pass-with-no-tests');
  if (grep !== undefined) playwright.push('--grep', grep);

  /** @param {'unit' | 'integration'} project @returns {TestStep} */
  const vitestStep = (project) => {
    const reportPath = join(reportFolder, `${project}.json`);
    const projects = project === 'unit' ? ['unit'] : ['integration', 'timed'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
    return {
      name: project,
      title: project === 'unit' ? 'unit tests' : 'integration tests: real processes and sockets',
      limitMs: (project === 'unit' ? 4 : 8) * 60_000,
      needs: project === 'unit' ? [] : ['build'],
      commands: [{ command: [...vitest, ...projects.flatMap((name) => ['--project', name]), ...reporters] }],
      reportPath,
      summarise: summariseVitestReport,
    };
  };
  /** @param {'pages' | 'e2e' | 'alone'} name @param {{title: string, projects: readonly string[], workers: number}} options @returns {TestStep} */
  const playwrightStep = (name, { title, projects, workers }) => {
    const reportPath = join(reportFolder, `${name}.json`);
    const chosen = [...projects.map((project) => `--project=${project}`), `--workers=${workers}`];
    return {
      name,
      title,
      limitMs: 10 * 60_000,
      needs: ['packages', 'runtime', 'build'],
      commands: [
        {
          command: [...display, ...playwright, ...chosen],
          env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
        },
      ],
      reportPath,
      summarise: summarisePlaywrightReport,
    };
  };
  return {
    types: {
      name: 'types',
      title: 'types: tsc -b',
      limitMs: 3 * 60_000,
      needs: [],
      commands: [{ command: [...tool('typescript/bin/tsc'), '-b', '--pretty'] }],
    },
    lint: {
      name: 'lint',
      title: 'lint: eslint, prettier, knip',
      limitMs: 3 * 60_000,
      needs: [],
      commands: [
        { command: [...tool('eslint/bin/eslint.js'), '--max-warnings', '0', '.'] },
        { command: [...tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
        { command: [...tool('knip/bin/knip.js'), '--no-progress'] },
      ],
    },
    unit: vitestStep('unit'),
    integration: vitestStep('integration'),
    pages: playwrightStep('pages', {
      title: 'pages in a browser, of hosts that are made up or played again',
      projects: ['pages'],
      workers: 2,
    }),
    e2e: playwrightStep('e2e', {
      title: 'end to end: Electron, a browser, and the packages',
      projects: ['electron', 'browser', 'packaged'],
      workers: 2,
    }),
    alone: playwrightStep('alone', {
      title: 'end to end, one at a time: what is timed, or needs the screen for itself',
      projects: ['alone'],
      workers: 1,
    }),
  };
}

/**
 * What to put before a program that opens windows on a machine without a display: a virtual one, and
 * a session bus where there is none.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function deriveDisplay(environment, platform) {
  if (platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']) return [];
  const bus = environment['DBUS_SESSION_BUS_ADDRESS'] ? [] : ['dbus-run-session', '--'];
  return ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...bus];
}

/**
 * The steps that `--only` names, in their usual order.
 *
 * @param {string | undefined} only comma-separated; undefined is all
 * @returns {StepName[]}
 * @throws {Error} where it names something else
 */
export function selectSteps(only) {
  if (only === undefined) return [...stepNames];
  const wanted = only.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !stepNames.some((known) => known === name));
  if (unknown.length > 0) {
    throw new Error(`There is no step ${unknown.join(', ')}. The steps are ${stepNames.join(', ')}.`);
  }
  return stepNames.filter((name) => wanted.includes(name));
}
