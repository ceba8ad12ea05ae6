/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
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
 * Counts of Vitest's JSON report. A file that failed without a failed test in it (it could not be
 * loaded, or a hook around its tests threw) is one failure.
 *
 * @param {unknown} report
 * @returns {TestCounts}
 * @throws {Error} where it is no such report
 */
export function countVitestReport(report) {
  const { testResults } = /** @type {{testResults?: unknown}} */ (report ?? {});
  if (!Array.isArray(testResults)) throw new Error('Vitest left a report without testResults.');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    const { status, assertionResults = [] } =
      /** @type {{status?: string, assertionResults?: {status: string}[]}} */ (file);
    let failedHere = 0;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') failedHere += 1;
      else counts.skipped += 1;
    }
    counts.failed += status === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  return counts;
}

/**
 * Counts of Playwright's JSON report. An error outside any test (a spec that could not be loaded) is
 * one failure. A test that passed only when tried again counts as failed.
 *
 * @param {unknown} report
 * @returns {TestCounts}
 * @throws {Error} where it is no such report
 */
export function countPlaywrightReport(report) {
  const { stats, errors = [] } = /** @type {{stats?: Record<string, number>, errors?: unknown[]}} */ (
    report ?? {}
  );
  if (stats === undefined) throw new Error('Playwright left a report without stats.');
  return {
    passed: stats['expected'] ?? 0,
    failed: (stats['unexpected'] ?? 0) + (stats['flaky'] ?? 0) + errors.length,
    skipped: stats['skipped'] ?? 0,
  };
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
