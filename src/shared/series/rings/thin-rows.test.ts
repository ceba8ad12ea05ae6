import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RingBuffer } from './ring-buffer.ts';
import { thinRows } from './thin-rows.ts';

function fill(values: readonly (number | null)[]): RingBuffer {
  const ring = new RingBuffer(Math.max(1, values.length), 1);
  values.forEach((value, second) => {
    if (value === null) ring.pushGap(second * 1_000);
    else ring.push(second * 1_000, [value]);
  });
  return ring;
}

it('tells all rows where they fit', () => {
  expect(thinRows(fill([1, null, 3]), 0, 10)).toEqual({ xs: [0, 1_000, 2_000], columns: [[1, NaN, 3]] });
  expect(thinRows(fill([1, 2, 3]), 1_000, 10).xs).toEqual([1_000, 2_000]);
  expect(thinRows(new RingBuffer(4, 2), 0, 10)).toEqual({ xs: [], columns: [[], []] });
});

it('keeps every peak and trough, rises in time, tells the newest whole, and holds to its length', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 1_000 }), { freq: 8 }), {
    minLength: 50,
    maxLength: 600,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 20, max: 200 }), (given, maxRows) => {
      const ring = fill(given);
      const { xs, columns } = thinRows(ring, 0, maxRows);
      const known = columns[0]!.filter((value) => !Number.isNaN(value));
      const all = given.filter((value) => value !== null);
      if (all.length > 0) {
        expect(Math.max(...known)).toBe(Math.max(...all));
        expect(Math.min(...known)).toBe(Math.min(...all));
      }
      expect(xs.every((x, at) => at === 0 || x > xs[at - 1]!)).toBe(true);
      expect(columns[0]).toHaveLength(xs.length);
      // Two rows a slice, one more where it has a gap.
      expect(xs.length).toBeLessThanOrEqual(
        Math.max(maxRows, Math.floor(maxRows / 2) + 3 * (maxRows / 4)) + 1,
      );
      const newest = Math.min(ring.length, Math.floor(maxRows / 2));
      expect(columns[0]!.slice(-newest)).toEqual(
        Array.from({ length: newest }, (_, at) => ring.value(ring.length - newest + at, 0)),
      );
    }),
  );
});
