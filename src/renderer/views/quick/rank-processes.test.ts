import { expect, it } from 'vitest';
import type { ProcessRow } from '../../../shared/series/rates/process.ts';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import { rankProcesses } from './rank-processes.ts';

/** Processes as [pid, share of a core, bytes]; no share is a process that is not known yet. */
function list(...all: readonly (readonly [pid: number, cpuShare: number | null, bytes: number])[]) {
  const data = {
    name: all.map(([pid]) => `p${pid}`),
    residentBytes: all.map(([, , bytes]) => bytes),
  } as unknown as ProcessRaw;
  const rows = new Map(
    all.map(([pid, cpuShare], index) => {
      const rates =
        cpuShare === null
          ? { status: 'gap' as const, reason: 'first' as const }
          : { status: 'ok' as const, cpuShare, readBytesPerSecond: null, writtenBytesPerSecond: null };
      return [pid, { pid, index, rates } as unknown as ProcessRow];
    }),
  );
  return rankProcesses(data, rows, 3).map(({ name }) => name);
}

it('takes the busiest, and of those that are alike the larger', () => {
  expect(list([1, 0.1, 5], [2, 0.9, 1], [3, 0, 9], [4, 0.1, 7], [5, 0.5, 1])).toEqual(['p2', 'p5', 'p4']);
  expect(list([7, 0, 5], [3, 0, 5], [9, 0, 6])).toEqual(['p9', 'p3', 'p7']);
});

it('leaves out what is not known yet', () => {
  expect(list([1, null, 5], [2, 0.2, 1])).toEqual(['p2']);
  expect(list()).toEqual([]);
});
