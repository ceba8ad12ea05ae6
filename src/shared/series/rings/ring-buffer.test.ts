import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from './ring-buffer.ts';

describe('RingBuffer', () => {
  it('keeps the newest rows, in order, whatever was pushed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 500, size: 'max' }),
        (capacity, steps) => {
          const ring = new RingBuffer(capacity, 2);
          const rows: [number, number][] = [];
          let x = 0;
          for (const step of steps) {
            x += step;
            ring.push(x, [step, -step]);
            rows.push([x, step]);
          }
          const kept = rows.slice(-capacity);
          expect(ring.length).toBe(kept.length);
          kept.forEach(([atX, value], row) => {
            expect(ring.x(row)).toBe(atX);
            expect(ring.value(row, 0)).toBe(value);
            expect(ring.value(row, 1)).toBe(-value);
            expect(ring.rowAt(atX)).toBe(row);
          });
        },
      ),
    );
  });

  it('holds a gap as one row without values', () => {
    const ring = new RingBuffer(8, 1);
    ring.push(1, [5]);
    ring.pushGap(2);
    ring.pushGap(3);
    ring.push(4, [6]);
    expect(ring.length).toBe(3);
    expect(ring.value(1, 0)).toBeNaN();
    expect(ring.lastX).toBe(4);
  });

  it('does not take a row that goes back in time', () => {
    const ring = new RingBuffer(4, 1);
    ring.push(10, [1]);
    ring.push(10, [2]);
    ring.push(9, [3]);
    expect(ring.length).toBe(1);
    expect(ring.value(0, 0)).toBe(1);
    expect(ring.value(7, 0)).toBeNaN();
  });

  it('tells whether anything is known between two times', () => {
    const ring = new RingBuffer(8, 2);
    ring.push(1_000, [1, 2]);
    ring.pushGap(1_001);
    ring.push(9_000, [NaN, 4]);
    expect(ring.hasValuesBetween(1_000, 9_000)).toBe(false);
    expect(ring.hasValuesBetween(999, 9_000)).toBe(true);
    expect(ring.hasValuesBetween(1_000, 9_001)).toBe(true);
    expect(ring.hasValuesBetween(20_000, 30_000)).toBe(false);
  });
});
