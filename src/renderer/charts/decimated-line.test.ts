import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { chartWindowsMs } from '../../shared/preferences/preferences.ts';
import { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';
import { DecimatedLine, greatest, type Point } from './decimated-line.ts';

const value = fc.option(fc.float({ min: 0, max: 1e9, noNaN: true }), { nil: NaN, freq: 8 });

/** Counts what is read of it. */
class CountingRing extends RingBuffer {
  reads = 0;
  override x(row: number): number {
    this.reads++;
    return super.x(row);
  }
  override value(row: number, column: number): number {
    this.reads++;
    return super.value(row, column);
  }
}

function copy(points: readonly Point[]): Point[] {
  return points.map(({ x, y }) => ({ x, y }));
}

describe('DecimatedLine', () => {
  it('keeps the peak, the trough, the order and every gap, at every window', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.constantFrom(...chartWindowsMs),
        fc.integer({ min: 4, max: 1_200 }),
        (rows, windowMs, maxPoints) => {
          const stepMs = windowMs / 400;
          const ring = new RingBuffer(500, 1);
          rows.forEach((of, row) => ring.push(row * stepMs, [of]));
          const toX = (rows.length - 1) * stepMs;
          const points = new DecimatedLine([0]).update(ring, { fromX: toX - windowMs, toX, maxPoints });
          const real = rows.filter((of) => !Number.isNaN(of));
          const drawn = points.map(({ y }) => y).filter((y) => !Number.isNaN(y));
          expect(points.some(({ y }) => Number.isNaN(y))).toBe(real.length < rows.length);
          if (real.length > 0) {
            expect(Math.max(...drawn)).toBe(Math.max(...real));
            expect(Math.min(...drawn)).toBe(Math.min(...real));
            expect(greatest(points)).toBe(Math.max(...real));
          }
          for (let at = 1; at < points.length; at++) expect(points[at]!.x).toBeGreaterThan(points[at - 1]!.x);
          expect(points.length).toBeLessThanOrEqual((Math.floor(maxPoints / 2) + 2) * 3);
        },
      ),
    );
  });

  it('holds the same points, kept up row by row, as when made at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4_000 }), value), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 4, max: 200 }),
        fc.integer({ min: 5, max: 120 }),
        (rows, maxPoints, capacity) => {
          const ring = new RingBuffer(capacity, 1);
          const kept = new DecimatedLine([0]);
          let x = Date.UTC(2026, 0, 1);
          for (const [stepMs, of] of rows) {
            x += stepMs;
            ring.push(x, [of]);
            kept.update(ring, { fromX: x - 60_000, toX: x, maxPoints });
          }
          const range = { fromX: x - 60_000, toX: x, maxPoints };
          const inRange = (points: readonly Point[]): Point[] =>
            copy(points).filter(
              (point) => point.x >= Math.max(range.fromX, ring.x(0)) + (60_000 / maxPoints) * 2,
            );
          expect(inRange(kept.points)).toEqual(inRange(new DecimatedLine([0]).update(ring, range)));
        },
      ),
    );
  });

  it('reads for an hour no more of the ring a frame than for a minute', () => {
    const readsAFrame = (windowMs: number): number => {
      const ring = new CountingRing(3_720, 1);
      const line = new DecimatedLine([0]);
      const frame = (second: number): void => {
        ring.push(second * 1_000, [Math.sin(second)]);
        line.update(ring, { fromX: second * 1_000 - windowMs, toX: second * 1_000, maxPoints: 900 });
      };
      for (let second = 0; second < 3_700; second++) frame(second);
      ring.reads = 0;
      for (let second = 3_700; second < 3_800; second++) frame(second);
      return ring.reads / 100;
    };
    const [minute, hour] = [readsAFrame(60_000), readsAFrame(3_600_000)];
    // Two searches in the ring, of a dozen steps each, and the rows of one slice.
    expect(minute).toBeLessThan(60);
    expect(hour).toBeLessThan(60);
  });

  it('makes no new point while a full window moves on', () => {
    const ring = new RingBuffer(200, 1);
    const line = new DecimatedLine([0]);
    const seen = new Set<Point>();
    for (let second = 0; second < 400; second++) {
      ring.push(second * 1_000, [second % 7]);
      line.update(ring, { fromX: second * 1_000 - 60_000, toX: second * 1_000, maxPoints: 60 });
      for (const point of line.points) seen.add(point);
    }
    expect(seen.size).toBeLessThan(70);
  });

  it('never calls what the drawing library listens to of an array', () => {
    const ring = new RingBuffer(50, 1);
    const line = new DecimatedLine([0]);
    const listened = { push: vi.fn(), pop: vi.fn(), shift: vi.fn(), splice: vi.fn(), unshift: vi.fn() };
    Object.assign(line.points, listened);
    for (let second = 0; second < 200; second++) {
      ring.push(second * 1_000, [second % 7]);
      line.update(ring, { fromX: second * 1_000 - 30_000, toX: second * 1_000, maxPoints: 20 });
    }
    line.update(ring, { fromX: 170_000, toX: 180_000, maxPoints: 20 });
    expect(line.points.length).toBeGreaterThan(8);
    for (const method of Object.values(listened)) expect(method).not.toHaveBeenCalled();
  });

  it('draws the newest row at the right edge, with x as large as times are', () => {
    const ring = new RingBuffer(4, 1);
    const nowX = Date.UTC(2026, 0, 1);
    ring.push(nowX - 1_000, [1]);
    ring.push(nowX, [2]);
    const points = new DecimatedLine([0]).update(ring, { fromX: nowX - 60_000, toX: nowX, maxPoints: 100 });
    expect(points.at(-1)).toEqual({ x: nowX, y: 2 });
  });

  it('holds the same when nothing is new, wherever the newest row stands in its slice', () => {
    const ring = new RingBuffer(100, 1);
    const line = new DecimatedLine([0]);
    let nowX = Date.UTC(2026, 0, 1);
    for (let second = 0; second < 100; second++) {
      nowX += 1_000;
      ring.push(nowX, [second]);
      const range = { fromX: nowX - 60_000, toX: nowX, maxPoints: 900 };
      const before = copy(line.update(ring, range));
      expect(before.at(-1)).toEqual({ x: nowX, y: second });
      expect(line.update(ring, range)).toEqual(before);
    }
  });

  it('sums columns, reaches one row past either edge, and begins anew where the range goes back', () => {
    const ring = new RingBuffer(10, 2);
    for (let row = 0; row < 6; row++) ring.push(row * 1_000, [row, 10]);
    const line = new DecimatedLine([0, 1]);
    const ys = (): number[] => line.points.map(({ y }) => y);
    line.update(ring, { fromX: 2_500, toX: 5_000, maxPoints: 100 });
    expect(ys()).toEqual([12, 13, 14, 15]);
    line.update(ring, { fromX: 500, toX: 2_900, maxPoints: 100 });
    expect(ys()).toEqual([10, 11, 12, 13]);
    line.update(undefined, { fromX: 500, toX: 3_000, maxPoints: 100 });
    expect(ys()).toEqual([]);
  });
});
