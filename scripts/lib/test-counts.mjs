import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectFolder } from './project.mjs';

/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * What is read of the two reports.
 *
 * @typedef {{status?: string, fullName?: string, failureMessages?: string[]}} VitestTest
 * @typedef {{status?: string, name?: string, message?: string, assertionResults?: VitestTest[]}} VitestFile
 * @typedef {{status?: string, results?: {error?: {message?: string}}[]}} PlaywrightTest
 * @typedef {{file?: string, title?: string, tests?: PlaywrightTest[]}} PlaywrightSpec
 * @typedef {{specs?: PlaywrightSpec[], suites?: PlaywrightSuite[]}} PlaywrightSuite
 */

/**
 * @param {readonly TestCounts[]} all
 * @returns {TestCounts}
 */
export function sumCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/**
 * The closing line: `N passed, N failed`, and `, N skipped` only where there are any.
 *
 * @param {TestCounts} counts
 * @returns {string}
 */
export function formatCounts(counts) {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

/**
 * What a report says: how many tests ended how, and which failed, each with the first lines of its reason.
 *
 * @typedef {TestCounts & {failures: readonly string[]}} ReportSummary
 */

/** @param {string} name @param {unknown} message @returns {string} */
function describeFailure(name, message) {
  // Playwright colours its messages.
  const text = typeof message === 'string' ? stripVTControlCharacters(message) : '';
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const reason = lines.slice(0, 4).join(' | ').slice(0, 300);
  return reason === '' ? name : `${name}: ${reason}`;
}

/**
 * Summary of Vitest's JSON report. A file that failed without a failed test in it (it could not be
 * loaded, or a hook around its tests threw) is one failure.
 *
 * @param {unknown} report
 * @returns {ReportSummary}
 * @throws {Error} where it is no such report
 */
export function summariseVitestReport(report) {
  const { testResults } = /** @type {{testResults?: unknown}} */ (report ?? {});
  if (!Array.isArray(testResults)) throw new Error('Vitest left a report without testResults.');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  for (const file of /** @type {VitestFile[]} */ (testResults)) {
    const { status, name: path, message, assertionResults = [] } = file;
    const filePath = relative(projectFolder, path ?? '');
    let failedHere = 0;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') {
        failedHere += 1;
        failures.push(describeFailure(`${filePath} › ${test.fullName ?? ''}`, test.failureMessages?.[0]));
      } else counts.skipped += 1;
    }
    if (status === 'failed' && failedHere === 0) {
      failedHere = 1;
      failures.push(describeFailure(filePath, message));
    }
    counts.failed += failedHere;
  }
  return { ...counts, failures };
}

/**
 * Summary of Playwright's JSON report. An error outside any test (a spec that could not be loaded) is
 * one failure. A test that passed only when tried again counts as failed.
 *
 * @param {unknown} report
 * @returns {ReportSummary}
 * @throws {Error} where it is no such report
 */
export function summarisePlaywrightReport(report) {
  const {
    stats,
    suites = [],
    errors = [],
  } = /** @type {{stats?: Record<string, number>, suites?: PlaywrightSuite[], errors?: {message?: string}[]}} */ (
    report ?? {}
  );
  if (stats === undefined) throw new Error('Playwright left a report without stats.');
  return {
    passed: stats['expected'] ?? 0,
    failed: (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0) + errors.length,
    skipped: stats['skipped'] ?? 0,
    failures: [
      ...suites.flatMap((suite) => listFailedSpecs(suite)),
      ...errors.map((error) => describeFailure('outside the tests', error.message)),
    ],
  };
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function listFailedSpecs({ specs = [], suites = [] }) {
  const failed = specs.flatMap(({ file, title, tests = [] }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results = [] }) => {
        const error = results.find((result) => result.error !== undefined)?.error;
        return describeFailure(`${file} › ${title}`, error?.message);
      }),
  );
  return [...failed, ...suites.flatMap((suite) => listFailedSpecs(suite))];
}

/**
 * What a step counts for, from how its program ended and what its report says. A program that failed
 * without a failed test in its report, or left none, is one failure, as is one that found no test.
 *
 * @param {number | null} status
 * @param {TestCounts | undefined} reported
 * @param {boolean} mayBeEmpty true where tests are picked by name
 * @returns {TestCounts}
 */
export function settleCounts(status, reported, mayBeEmpty) {
  const counts = reported ?? { passed: 0, failed: 0, skipped: 0 };
  const isEmpty = counts.passed + counts.failed + counts.skipped === 0;
  const brokeDown = (status !== 0 && counts.failed === 0) || reported === undefined;
  return brokeDown || (isEmpty && !mayBeEmpty) ? { ...counts, failed: counts.failed + 1 } : counts;
}
