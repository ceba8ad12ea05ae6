import type { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';

/** A point as chart.js draws it without parsing. `y` is NaN in a gap. */
export interface Point {
  x: number;
  y: number;
}

/** What part of a ring to draw, and in how many points at most (about). */
export interface DrawnRange {
  readonly fromX: number;
  readonly toX: number;
  readonly maxPoints: number;
}

/**
 * Rows of a ring as the points of a line: the least and the greatest of each slice of time, in their order, so that no
 * peak is lost, and a gap wherever a slice has one. Slices of two readings or fewer are kept whole. The value is the sum
 * of `columns`.
 *
 * While the range moves on, slices that are over are kept from frame to frame: only the newest is read again, so that an
 * hour costs what a minute does. Its points are used again too. That holds since rows of a ring are only ever appended.
 *
 * The drawing library listens to `push`, `pop` and `shift` of the arrays that it is given, and does work for each call, for
 * charts that have let go of the array as well: none of them is used.
 */
export class DecimatedLine {
  /** What to draw, a row before the range and one after it where need be, so that the line reaches both edges. The same array for ever. */
  readonly points: Point[] = [];
  readonly #columns: readonly number[];
  readonly #spare: Point[] = [];
  #ring: RingBuffer | undefined;
  #sliceMs = NaN;
  #fromX = NaN;
  #toX = NaN;
  /** How many points, from the first on, are of slices that are over. */
  #settled = 0;
  /** x of the first row of the slice that may still grow. */
  #openX = NaN;

  constructor(columns: readonly number[]) {
    this.#columns = columns;
  }

  /** Brings the points up to what the ring holds of the range now. */
  update(ring: RingBuffer | undefined, { fromX, toX, maxPoints }: DrawnRange): readonly Point[] {
    // Rounded: the difference of two times so large has a rest that is not always the same.
    const sliceMs = Math.max(1, Math.round(toX - fromX) / Math.max(1, Math.floor(maxPoints / 2)));
    const continues =
      ring === this.#ring &&
      sliceMs === this.#sliceMs &&
      fromX >= this.#fromX &&
      toX >= this.#toX &&
      this.#openX >= fromX;
    this.#ring = ring;
    this.#sliceMs = sliceMs;
    this.#fromX = fromX;
    this.#toX = toX;
    this.#cutTo(continues ? this.#settled : 0);
    if (!ring) return this.points;
    const after = ring.rowAt(toX + 0.5);
    const end = ring.x(after - 1) > toX - 0.5 ? after : Math.min(ring.length, after + 1);
    let row = continues ? ring.rowAt(this.#openX) : Math.max(0, ring.rowAt(fromX) - 1);
    while (row < end) {
      this.#openX = ring.x(row);
      this.#settled = this.points.length;
      row = this.#addSlice(ring, row, end, Math.floor(this.#openX / sliceMs) * sliceMs + sliceMs);
    }
    this.#leaveBehind(fromX);
    return this.points;
  }

  /** Adds what is kept of the slice that begins at `row`; returns the first row after it. */
  #addSlice(ring: RingBuffer, from: number, end: number, sliceEndX: number): number {
    let row = from;
    let [low, high, gap] = [-1, -1, -1];
    let [lowest, highest] = [Infinity, -Infinity];
    do {
      const value = this.#value(ring, row);
      if (Number.isNaN(value)) gap = row;
      else {
        if (value < lowest) [lowest, low] = [value, row];
        if (value > highest) [highest, high] = [value, row];
      }
      row++;
    } while (row < end && ring.x(row) < sliceEndX);
    const [first, second] = low <= high ? [low, high] : [high, low];
    if (gap >= 0 && gap < first) this.#put(ring.x(gap), NaN);
    if (first >= 0) this.#put(ring.x(first), first === low ? lowest : highest);
    if (gap > first && gap < second) this.#put(ring.x(gap), NaN);
    if (second > first) this.#put(ring.x(second), second === low ? lowest : highest);
    if (gap > second) this.#put(ring.x(gap), NaN);
    return row;
  }

  #value(ring: RingBuffer, row: number): number {
    let sum = 0;
    for (const column of this.#columns) sum += ring.value(row, column);
    return sum;
  }

  #put(x: number, y: number): void {
    const point = this.#spare.pop() ?? { x, y };
    point.x = x;
    point.y = y;
    this.points[this.points.length] = point;
  }

  #cutTo(length: number): void {
    for (let at = length; at < this.points.length; at++) this.#spare.push(this.points[at]!);
    this.points.length = length;
    this.#settled = length;
  }

  /** Lets go of what is left of the edge, but for the last of it. */
  #leaveBehind(fromX: number): void {
    let gone = 0;
    while (this.#settled - gone > 1 && this.points[gone + 1]!.x <= fromX)
      this.#spare.push(this.points[gone++]!);
    if (gone === 0) return;
    this.points.copyWithin(0, gone);
    this.points.length -= gone;
    this.#settled -= gone;
  }
}

/** The greatest value of the points up to `toX`; NaN where all are gaps. */
export function greatest(points: readonly Point[], toX = Infinity): number {
  let most = NaN;
  for (const { x, y } of points) if (x <= toX && !(y <= most) && !Number.isNaN(y)) most = y;
  return most;
}
