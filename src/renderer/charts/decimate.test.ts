import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';
import { decimate, greatest } from './decimate.ts';

const values = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: NaN, freq: 8 }), {
  minLength: 1,
  maxLength: 400,
});

function ringOf(rows: readonly number[]): RingBuffer {
  const ring = new RingBuffer(500, 1);
  rows.forEach((value, row) => ring.push(row * 1_000, [value]));
  return ring;
}

describe('decimate', () => {
  it('keeps the peak, the trough, the order and every gap', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 120 }), (rows, maxPoints) => {
        const range = { fromX: 0, toX: (rows.length - 1) * 1_000, maxPoints };
        const points = decimate(ringOf(rows), [0], range, []);
        const real = rows.filter((value) => !Number.isNaN(value));
        const drawn = points.map(({ y }) => y).filter((value) => !Number.isNaN(value));
        expect(points.some(({ y }) => Number.isNaN(y))).toBe(real.length < rows.length);
        if (real.length > 0) {
          expect(Math.max(...drawn)).toBe(Math.max(...real));
          expect(Math.min(...drawn)).toBe(Math.min(...real));
          expect(greatest(points)).toBe(Math.max(...real));
        }
        for (let at = 1; at < points.length; at++) expect(points[at]!.x).toBeGreaterThan(points[at - 1]!.x);
        expect(points.length).toBeLessThanOrEqual(Math.max(maxPoints, (maxPoints / 2 + 2) * 3));
      }),
    );
  });

  it('draws the newest row at the right edge, with x as large as times are', () => {
    const ring = new RingBuffer(4, 1);
    const nowX = Date.UTC(2026, 0, 1);
    ring.push(nowX - 1_000, [1]);
    ring.push(nowX, [2]);
    const points = decimate(ring, [0], { fromX: nowX - 60_000, toX: nowX, maxPoints: 100 }, []);
    expect(points.at(-1)).toEqual({ x: nowX, y: 2 });
  });

  it('sums columns, reaches one row past the left edge and uses its points again', () => {
    const ring = new RingBuffer(10, 2);
    for (let row = 0; row < 6; row++) ring.push(row * 1_000, [row, 10]);
    const out = decimate(ring, [0, 1], { fromX: 2_500, toX: 5_000, maxPoints: 100 }, []);
    expect(out.map(({ y }) => y)).toEqual([12, 13, 14, 15]);
    const again = decimate(ring, [1], { fromX: 4_000, toX: 5_000, maxPoints: 100 }, out);
    expect(again).toBe(out);
    expect(again.map(({ y }) => y)).toEqual([10, 10, 10]);
  });
});
