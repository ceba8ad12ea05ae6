import type { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';
import type { TimeRange } from './time-view.ts';

/** One line of a chart, as its readings are looked up. */
export interface ReadSeries {
  readonly label: string;
  readonly column: number;
  /** Undefined before its first reading. */
  readonly ring: RingBuffer | undefined;
}

/** What each series read at one moment; NaN where nothing is known. */
export interface Reading {
  readonly x: number;
  readonly values: readonly number[];
}

/** Readings of series that are read apart belong to one moment where they are closer than this. */
const sameMomentMs = 1_500;

/** The row nearest to `x`; −1 where there is none. */
export function nearestRow(ring: RingBuffer, x: number): number {
  const after = ring.rowAt(x);
  if (after === 0) return ring.length > 0 ? 0 : -1;
  if (after === ring.length) return after - 1;
  return ring.x(after) - x < x - ring.x(after - 1) ? after : after - 1;
}

/** The reading nearest to `x`; null where none is close enough to be of that moment. */
export function readAt(series: readonly ReadSeries[], x: number): Reading | null {
  const leading = series.find(({ ring }) => ring !== undefined && ring.length > 0)?.ring;
  if (!leading) return null;
  const row = nearestRow(leading, x);
  const atX = leading.x(row);
  if (Math.abs(atX - x) > reach(leading, row)) return null;
  return { x: atX, values: series.map((one) => valueNear(one, leading, row, atX)) };
}

function valueNear({ ring, column }: ReadSeries, leading: RingBuffer, leadingRow: number, x: number): number {
  if (ring === leading) return ring.value(leadingRow, column);
  const row = ring ? nearestRow(ring, x) : -1;
  return ring && row >= 0 && Math.abs(ring.x(row) - x) <= reach(ring, row) ? ring.value(row, column) : NaN;
}

/** How far from a reading its moment reaches: to the middle between it and the next, of slow series too. */
function reach(ring: RingBuffer, row: number): number {
  const step = Math.max(ring.x(row) - ring.x(row - 1) || 0, ring.x(row + 1) - ring.x(row) || 0);
  return Math.max(sameMomentMs, Math.min(step, 60_000) * 0.6);
}

/**
 * The moment `steps` readings after `x` (before, where it is negative) within the range; rows without any value are no
 * readings. Without `x` the first step is to the range's newest. Null where the range has none.
 */
export function stepReading(
  series: readonly ReadSeries[],
  { fromX, toX }: TimeRange,
  x: number | null,
  steps: number,
): number | null {
  const ring = series.find((one) => one.ring !== undefined && one.ring.length > 0)?.ring;
  if (!ring) return null;
  const columns = series.filter((one) => one.ring === ring).map(({ column }) => column);
  const [first, last] = [ring.rowAt(fromX), ring.rowAt(toX + 0.5) - 1];
  if (last < first) return null;
  const isReading = (row: number): boolean =>
    columns.some((column) => !Number.isNaN(ring.value(row, column)));
  const clamp = (row: number): number => Math.min(last, Math.max(first, row));
  let at = x === null ? last : clamp(nearestRow(ring, x));
  const way = steps < 0 ? -1 : 1;
  let found = x === null && isReading(at) ? at : -1;
  let left = x === null ? 0 : Math.abs(steps);
  for (at += x === null ? 0 : way; left > 0 && at >= first && at <= last; at += way) {
    if (!isReading(at)) continue;
    found = at;
    left--;
  }
  if (found >= 0) return ring.x(found);
  return x === null ? null : ring.x(clamp(nearestRow(ring, x)));
}

/** The readings of a range, oldest first: one for every moment at which any series has a row. */
export function listReadings(series: readonly ReadSeries[], { fromX, toX }: TimeRange): Reading[] {
  const rings = [...new Set(series.map(({ ring }) => ring).filter((ring) => ring !== undefined))];
  const next = new Map(rings.map((ring) => [ring, ring.rowAt(fromX)]));
  const readings: Reading[] = [];
  for (;;) {
    let x = Infinity;
    for (const [ring, row] of next) if (ring.x(row) < x) x = ring.x(row);
    if (!(x <= toX + 0.5)) return readings;
    const values = series.map(({ ring, column }) => {
      const row = ring ? next.get(ring)! : -1;
      return ring && ring.x(row) === x ? ring.value(row, column) : NaN;
    });
    for (const [ring, row] of next) if (ring.x(row) === x) next.set(ring, row + 1);
    // A row that only says that the next does not continue it is no reading.
    if (values.some((value) => !Number.isNaN(value))) readings.push({ x, values });
  }
}
