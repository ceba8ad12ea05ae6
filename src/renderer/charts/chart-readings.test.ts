import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';
import { listReadings, nearestRow, readAt, stepReading, type ReadSeries } from './chart-readings.ts';

function ringOf(rows: readonly (readonly [x: number, ...values: number[]])[], columnCount = 1): RingBuffer {
  const ring = new RingBuffer(100, columnCount);
  for (const [x, ...values] of rows) ring.push(x, values);
  return ring;
}

const one = (ring: RingBuffer | undefined, column = 0): ReadSeries => ({ label: 'one', column, ring });

describe('nearestRow', () => {
  it('is the closer of the two around a moment, and the end where it is outside', () => {
    const ring = ringOf([[1_000, 1], [2_000, 2], [3_000, 3]]); // prettier-ignore
    expect([0, 1_400, 1_600, 2_999, 9_000].map((x) => nearestRow(ring, x))).toEqual([0, 0, 1, 2, 2]);
    expect(nearestRow(new RingBuffer(1, 1), 5)).toBe(-1);
  });
});

describe('readAt', () => {
  it('reads every line at the moment of the first, another at its reading that is close enough', () => {
    const [leading, other] = [ringOf([[1_000, 1], [2_000, 2]]), ringOf([[1_200, 7], [6_000, 9]])]; // prettier-ignore
    expect(readAt([one(leading), one(other)], 1_300)).toEqual({ x: 1_000, values: [1, 7] });
  });

  it('knows nothing where no reading is near, nor of a line without a ring', () => {
    const ring = ringOf([[1_000, 1], [2_000, 2]]); // prettier-ignore
    expect(readAt([one(ring)], 60_000)).toBeNull();
    expect(readAt([one(undefined)], 1_000)).toBeNull();
    expect(readAt([one(undefined), one(ring)], 1_000)?.values).toEqual([NaN, 1]);
  });

  it('reaches as far as half the way to the next reading of a slow series', () => {
    const ring = ringOf([[0, 1], [10_000, 2]]); // prettier-ignore
    expect(readAt([one(ring)], 4_000)?.x).toBe(0);
    expect(readAt([one(ring)], 17_000)).toBeNull();
  });
});

describe('stepReading', () => {
  const ring = ringOf([[1_000, 1], [2_000, 2], [2_001, NaN], [9_000, 3], [10_000, 4]]); // prettier-ignore
  const range = { fromX: 0, toX: 10_000 };
  const step = (x: number | null, count: number): number | null => stepReading([one(ring)], range, x, count);

  it('begins at the newest, and goes from reading to reading over what is none', () => {
    expect(step(null, -1)).toBe(10_000);
    expect(step(9_000, -1)).toBe(2_000);
    expect(step(2_000, 1)).toBe(9_000);
    expect(step(10_000, -10)).toBe(1_000);
  });

  it('stays at the end of what is shown', () => {
    expect(step(10_000, 1)).toBe(10_000);
    expect(stepReading([one(ring)], { fromX: 1_500, toX: 9_500 }, 9_000, 5)).toBe(9_000);
    expect(stepReading([one(ring)], { fromX: 20_000, toX: 30_000 }, null, 1)).toBeNull();
  });
});

describe('listReadings', () => {
  it('has a reading for each moment of any line within the range, and none for mere gaps', () => {
    const [a, b] = [ringOf([[1_000, 1], [2_000, 2], [2_001, NaN]]), ringOf([[1_500, 8], [2_000, 9]])]; // prettier-ignore
    expect(listReadings([one(a), one(b)], { fromX: 1_000, toX: 2_000 })).toEqual([
      { x: 1_000, values: [1, NaN] },
      { x: 1_500, values: [NaN, 8] },
      { x: 2_000, values: [2, 9] },
    ]);
  });

  it('reads two columns of one ring together', () => {
    const ring = ringOf([[1_000, 1, 10], [2_000, 2, NaN]], 2); // prettier-ignore
    expect(listReadings([one(ring, 0), one(ring, 1)], { fromX: 0, toX: 5_000 })).toEqual([
      { x: 1_000, values: [1, 10] },
      { x: 2_000, values: [2, NaN] },
    ]);
  });
});
