import { describe, expect, it } from 'vitest';
import {
  countPlaywrightReport,
  countVitestReport,
  formatCounts,
  settleCounts,
  sumCounts,
} from './test-counts.mjs';

/** @param {number} passed @param {number} failed @param {number} skipped */
const counts = (passed, failed, skipped = 0) => ({ passed, failed, skipped });

describe('formatCounts', () => {
  it('leaves out what was skipped where nothing was', () => {
    expect(formatCounts(counts(3, 0))).toBe('3 passed, 0 failed');
    expect(formatCounts(counts(3, 1, 2))).toBe('3 passed, 1 failed, 2 skipped');
  });
});

describe('sumCounts', () => {
  it('adds up each count', () => {
    expect(sumCounts([counts(1, 2, 3), counts(10, 20, 30)])).toEqual(counts(11, 22, 33));
    expect(sumCounts([])).toEqual(counts(0, 0));
  });
});

describe('countVitestReport', () => {
  it('counts tests by how they ended', () => {
    const assertionResults = ['passed', 'failed', 'skipped', 'todo', 'pending'].map((status) => ({ status }));
    expect(countVitestReport({ testResults: [{ status: 'failed', assertionResults }] })).toEqual(
      counts(1, 1, 3),
    );
  });

  it('counts a file that could not be loaded as one failure', () => {
    expect(countVitestReport({ testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual(
      counts(0, 1),
    );
  });

  it('refuses what is no report', () => {
    expect(() => countVitestReport({})).toThrow(/without testResults/);
    expect(() => countVitestReport(null)).toThrow(/without testResults/);
  });
});

describe('countPlaywrightReport', () => {
  it('counts a flaky test and an error outside tests as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywrightReport({ stats, errors: [{ message: 'cannot load a.spec.ts' }] })).toEqual(
      counts(4, 3, 2),
    );
  });

  it('refuses what is no report', () => {
    expect(() => countPlaywrightReport({})).toThrow(/without stats/);
  });
});

describe('settleCounts', () => {
  it('takes the report of a program that ended as its report says', () => {
    expect(settleCounts(0, counts(5, 0), false)).toEqual(counts(5, 0));
    expect(settleCounts(1, counts(5, 2), false)).toEqual(counts(5, 2));
  });

  it('adds a failure where the program failed and its report does not say why', () => {
    expect(settleCounts(1, counts(5, 0), false)).toEqual(counts(5, 1));
    expect(settleCounts(null, counts(5, 0), false)).toEqual(counts(5, 1));
  });

  it('counts a program without a report as one failure', () => {
    expect(settleCounts(0, undefined, false)).toEqual(counts(0, 1));
    expect(settleCounts(1, undefined, true)).toEqual(counts(0, 1));
  });

  it('fails a step without tests, unless they were picked by name', () => {
    expect(settleCounts(0, counts(0, 0), false)).toEqual(counts(0, 1));
    expect(settleCounts(0, counts(0, 0), true)).toEqual(counts(0, 0));
  });
});
