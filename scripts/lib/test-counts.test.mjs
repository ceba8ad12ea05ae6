import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from './project.mjs';
import {
  formatCounts,
  settleCounts,
  sumCounts,
  summarisePlaywrightReport,
  summariseVitestReport,
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

describe('summariseVitestReport', () => {
  it('counts tests by how they ended', () => {
    const assertionResults = ['passed', 'failed', 'skipped', 'todo', 'pending'].map((status) => ({ status }));
    expect(summariseVitestReport({ testResults: [{ status: 'failed', assertionResults }] })).toMatchObject(
      counts(1, 1, 3),
    );
  });

  it('names each test that failed, with the first lines of its reason', () => {
    const failed = {
      status: 'failed',
      fullName: 'Ring keeps',
      failureMessages: ['Error: 1 is not 2\n\n  at x\nb\nc\nd'],
    };
    const file = { status: 'failed', name: join(projectFolder, 'src/a.test.ts') };
    const { failures } = summariseVitestReport({
      testResults: [{ ...file, assertionResults: [{ status: 'passed', fullName: 'Ring' }, failed] }],
    });
    expect(failures).toEqual([`${join('src', 'a.test.ts')} › Ring keeps: Error: 1 is not 2 | at x | b | c`]);
  });

  it('counts a file that could not be loaded as one failure', () => {
    const file = { status: 'failed', name: join(projectFolder, 'a.test.ts'), message: 'No such module' };
    expect(summariseVitestReport({ testResults: [{ ...file, assertionResults: [] }] })).toEqual({
      ...counts(0, 1),
      failures: ['a.test.ts: No such module'],
    });
  });

  it('refuses what is no report', () => {
    expect(() => summariseVitestReport({})).toThrow(/without testResults/);
    expect(() => summariseVitestReport(null)).toThrow(/without testResults/);
  });
});

describe('summarisePlaywrightReport', () => {
  it('counts a flaky test and an error outside tests as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    const errors = [{ message: '\u001b[31mcannot load\u001b[39m a.spec.ts' }];
    expect(summarisePlaywrightReport({ stats, errors })).toEqual({
      ...counts(4, 3, 2),
      failures: ['outside the tests: cannot load a.spec.ts'],
    });
  });

  it('names each test that failed, however deep it stands', () => {
    /** @param {string} title @param {string} status @param {object[]} results */
    const spec = (title, status, results) => ({ file: 'a.spec.ts', title, tests: [{ status, results }] });
    const late = spec('late', 'flaky', [{ error: { message: 'Timed out' } }, {}]);
    const inner = { specs: [spec('fine', 'expected', [{}]), late] };
    const suites = [{ specs: [spec('hung', 'unexpected', [{}])], suites: [inner] }];
    expect(summarisePlaywrightReport({ stats: {}, suites }).failures).toEqual([
      'a.spec.ts › hung',
      'a.spec.ts › late: Timed out',
    ]);
  });

  it('refuses what is no report', () => {
    expect(() => summarisePlaywrightReport({})).toThrow(/without stats/);
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
