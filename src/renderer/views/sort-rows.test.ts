import { describe, expect, it } from 'vitest';
import { nextOrder, sortRows } from './sort-rows.ts';

interface Row {
  readonly name: string;
  readonly size: number | null;
}

const rows: readonly Row[] = [
  { name: 'eth10', size: 3 },
  { name: 'eth2', size: null },
  { name: 'eth1', size: 7 },
];
const names = (sorted: readonly Row[]): string[] => sorted.map(({ name }) => name);

describe('sortRows', () => {
  it('leaves the rows as they are until a column is asked for', () => {
    expect(sortRows(rows, undefined, null)).toBe(rows);
    expect(sortRows(rows, ({ size }) => size, null)).toBe(rows);
  });

  it('sorts names as people count', () => {
    const byName = { key: 'name', descending: false };
    expect(names(sortRows(rows, ({ name }) => name, byName))).toEqual(['eth1', 'eth2', 'eth10']);
  });

  it('puts what is not known last, whichever way', () => {
    for (const descending of [true, false]) {
      expect(names(sortRows(rows, ({ size }) => size, { key: 'size', descending })).at(-1)).toBe('eth2');
    }
  });
});

describe('nextOrder', () => {
  it('goes from the greatest to the least to none for numbers, and the other way round for names', () => {
    const first = nextOrder('size', true, null);
    expect(first).toEqual({ key: 'size', descending: true });
    const second = nextOrder('size', true, first);
    expect(second).toEqual({ key: 'size', descending: false });
    expect(nextOrder('size', true, second)).toBeNull();
    expect(nextOrder('name', false, second)).toEqual({ key: 'name', descending: false });
  });
});
