import { expect, it } from 'vitest';
import { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { deriveExtent, joinExtents } from './derive-extent.ts';

function fill(): RingBuffer {
  const ring = new RingBuffer(10, 2);
  ring.push(1_000, [9, 90]);
  ring.push(2_000, [1, 2]);
  ring.pushGap(3_000);
  ring.push(4_000, [3, 5]);
  return ring;
}

it('finds the least and the greatest in the part of time that is shown, through gaps', () => {
  expect(deriveExtent(fill(), [0], { fromX: 2_000, toX: 4_000 })).toEqual({ low: 1, high: 3 });
  expect(deriveExtent(fill(), [0, 1], { fromX: 0, toX: 4_000 })).toEqual({ low: 3, high: 99 });
  expect(deriveExtent(fill(), [1], { fromX: 1_500, toX: 2_500 })).toEqual({ low: 2, high: 2 });
});

it('knows nothing of a part without readings, nor of a series that there is not', () => {
  expect(deriveExtent(fill(), [0], { fromX: 2_500, toX: 3_500 })).toBe(null);
  expect(deriveExtent(undefined, [0], { fromX: 0, toX: 9_000 })).toBe(null);
});

it('joins what several moved between', () => {
  expect(joinExtents([{ low: 4, high: 6 }, null, { low: 1, high: 5 }])).toEqual({ low: 1, high: 6 });
  expect(joinExtents([null])).toBe(null);
});
