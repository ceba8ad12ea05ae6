import type { TimeRange } from '../../charts/time-view.ts';
import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';

/** The least and the greatest value of a series in a part of time. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Between what a series moved in `range`, as the sum of `columns`; null where there is no value in it. */
export function deriveExtent(
  ring: RingBuffer | undefined,
  columns: readonly number[],
  { fromX, toX }: TimeRange,
): Extent | null {
  if (!ring) return null;
  let [low, high] = [Infinity, -Infinity];
  for (let row = ring.rowAt(fromX); row < ring.length && ring.x(row) <= toX; row++) {
    let sum = 0;
    for (const column of columns) sum += ring.value(row, column);
    if (Number.isNaN(sum)) continue;
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  return high < low ? null : { low, high };
}

/** The extent of several together. */
export function joinExtents(extents: readonly (Extent | null)[]): Extent | null {
  const known = extents.filter((extent) => extent !== null);
  if (known.length === 0) return null;
  return {
    low: Math.min(...known.map(({ low }) => low)),
    high: Math.max(...known.map(({ high }) => high)),
  };
}
