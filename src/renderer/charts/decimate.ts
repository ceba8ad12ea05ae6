import type { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';

/** A point as chart.js draws it without parsing. `y` is NaN in a gap. */
export interface Point {
  x: number;
  y: number;
}

/** What part of a ring to draw, and in how many points at most (about). */
export interface Range {
  readonly fromX: number;
  readonly toX: number;
  readonly maxPoints: number;
}

/**
 * Rows of the range as points: all of them where they fit, else the least and the greatest of each slice of
 * time, in their order, so that no peak is lost, and a gap wherever a slice has one. The value is the sum of
 * `columns`. One row before the range is kept, so that the line reaches the edge. Writes into `out`, whose
 * objects are used again, and returns it.
 */
export function decimate(ring: RingBuffer, columns: readonly number[], range: Range, out: Point[]): Point[] {
  const first = Math.max(0, ring.rowAt(range.fromX) - 1);
  const end = ring.rowAt(range.toX + 0.5);
  let length = 0;
  const put = (x: number, y: number): void => {
    const point = out[length];
    if (point) {
      point.x = x;
      point.y = y;
    } else {
      out.push({ x, y });
    }
    length++;
  };
  const valueAt = (row: number): number => {
    let sum = 0;
    for (const column of columns) sum += ring.value(row, column);
    return sum;
  };

  if (end - first <= range.maxPoints) {
    for (let row = first; row < end; row++) put(ring.x(row), valueAt(row));
  } else {
    const sliceWidth = (range.toX - range.fromX) / Math.max(1, Math.floor(range.maxPoints / 2));
    for (let row = first; row < end;) {
      const sliceEnd = Math.floor(ring.x(row) / sliceWidth) * sliceWidth + sliceWidth;
      let [low, high, gap] = [-1, -1, -1];
      let [lowest, highest] = [Infinity, -Infinity];
      do {
        const value = valueAt(row);
        if (Number.isNaN(value)) {
          gap = row;
        } else {
          if (value < lowest) [lowest, low] = [value, row];
          if (value > highest) [highest, high] = [value, row];
        }
        row++;
      } while (row < end && ring.x(row) < sliceEnd);
      for (const kept of [...new Set([low, high, gap])].sort((a, b) => a - b)) {
        if (kept >= 0) put(ring.x(kept), valueAt(kept));
      }
    }
  }
  out.length = length;
  return out;
}

/** The greatest value of the points; NaN where all are gaps. */
export function greatest(points: readonly Point[]): number {
  let most = NaN;
  for (const { y } of points) if (!(y <= most) && !Number.isNaN(y)) most = y;
  return most;
}
