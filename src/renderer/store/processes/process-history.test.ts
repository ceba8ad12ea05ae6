import { expect, it } from 'vitest';
import { ProcessHistory } from './process-history.ts';
import type { TableRow } from './table-row.ts';

const row = { cpuShare: 0.5, residentBytes: 100 } as TableRow;
const seen = (): boolean => false;

it('takes a row once, and a gap when its process is gone', () => {
  const history = new ProcessHistory();
  history.note(NaN, row, seen);
  history.note(1_000, row, seen);
  history.note(1_000, row, seen);
  history.note(2_000, undefined, seen);
  expect(history.ring.length).toBe(2);
  expect(history.ring.value(1, 0)).toBeNaN();
});

it('draws no line through a time that nobody saw', () => {
  const history = new ProcessHistory();
  history.note(1_000, row, seen);
  history.note(61_000, row, (fromX) => fromX === 1_000);
  expect([0, 1, 2].map((at) => history.ring.value(at, 1))).toEqual([100, NaN, 100]);
});
