import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostChartRows, toChartRows } from './chart-rows.ts';

it('has a row a reading, newest first, while they are few', () => {
  const rows = toChartRows([{ x: 1, values: [5] }, { x: 2, values: [NaN] }]); // prettier-ignore
  expect(rows).toEqual([
    { fromX: 2, toX: 2, least: [NaN], most: [NaN] },
    { fromX: 1, toX: 1, least: [5], most: [5] },
  ]);
});

it('never has more than fit, and loses neither the least nor the greatest', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 4_000, size: 'max' }), (ys) => {
      const rows = toChartRows(ys.map((y, x) => ({ x, values: [y] })));
      expect(rows.length).toBeLessThanOrEqual(mostChartRows);
      expect(Math.min(...rows.map(({ least }) => least[0]!))).toBe(Math.min(...ys));
      expect(Math.max(...rows.map(({ most }) => most[0]!))).toBe(Math.max(...ys));
    }),
    { numRuns: 30 },
  );
});
