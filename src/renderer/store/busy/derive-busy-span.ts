import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';

/** From where on something is busy, and under what it is not any more: between the two it stays what it was. */
export interface BusyThreshold {
  readonly enter: number;
  readonly leave: number;
}

/** How long something has been busy without a break. */
export interface BusySpan {
  /** x of the first reading of it. */
  readonly sinceX: number;
  /** It was busy already when it was first looked at, or looked at again: it may have been for longer. */
  readonly isOlder: boolean;
}

/** Busy for less than this is nothing to talk about. */
export const leastBusyMs = 3_000;

/**
 * Since when a series has been busy, up to its newest reading; null while it is not, or only just is. One reading under
 * the lower threshold is a dip and ends nothing, two in a row do; a gap does too, since nobody knows. Looks back only as
 * far as the stretch goes, so that asking about what is idle costs nothing. `pick` gives the value of a row.
 */
export function deriveBusySpan(
  ring: RingBuffer | undefined,
  pick: (ring: RingBuffer, row: number) => number,
  { enter, leave }: BusyThreshold,
): BusySpan | null {
  if (!ring) return null;
  let first = ring.length;
  let lows = 0;
  while (first > 0) {
    const value = pick(ring, first - 1);
    if (Number.isNaN(value)) break;
    lows = value < leave ? lows + 1 : 0;
    if (lows === 2) {
      first += 1;
      break;
    }
    first--;
  }
  const isSeenBefore = lows === 2;
  for (let row = first; row < ring.length; row++) {
    if (!(pick(ring, row) >= enter)) continue;
    const sinceX = ring.x(row);
    if (ring.lastX - sinceX < leastBusyMs) return null;
    return { sinceX, isOlder: row === first && !isSeenBefore };
  }
  return null;
}
