import type { RingBuffer } from './ring-buffer.ts';

/** Rows of a ring by columns: `xs[row]`, `columns[column][row]`. NaN is a gap. */
export interface Rows {
  readonly xs: number[];
  readonly columns: number[][];
}

/**
 * The ring's rows from `sinceX` on, at most about `maxRows` of them. Where there are more, the newer half of them is told
 * whole; of the older each slice of time leaves two rows, the least and the greatest of each column, so that no peak
 * is lost, and a gap where it has one.
 */
export function thinRows(ring: RingBuffer, sinceX: number, maxRows: number): Rows {
  const rows: Rows = { xs: [], columns: Array.from({ length: ring.columnCount }, () => []) };
  const first = ring.rowAt(sinceX);
  const isThinned = ring.length - first > maxRows;
  const whole = isThinned ? ring.length - Math.floor(maxRows / 2) : first;
  if (isThinned) thin(ring, first, whole, Math.floor(maxRows / 4), rows);
  for (let row = whole; row < ring.length; row++) {
    rows.xs.push(ring.x(row));
    rows.columns.forEach((column, at) => column.push(ring.value(row, at)));
  }
  return rows;
}

/** Puts two rows for each of `slices` equal parts of the time from `first` to `end`, which is not included. */
function thin(ring: RingBuffer, first: number, end: number, slices: number, { xs, columns }: Rows): void {
  const fromX = ring.x(first);
  const sliceMs = (ring.x(end - 1) - fromX + 1) / Math.max(1, slices);
  for (let row = first; row < end;) {
    const startX = ring.x(row);
    const endX = fromX + (Math.floor((startX - fromX) / sliceMs) + 1) * sliceMs;
    const lowest = columns.map(() => Infinity);
    const highest = columns.map(() => -Infinity);
    let gapX = NaN;
    let lastX = startX;
    for (; row < end && ring.x(row) < endX; row++) {
      lastX = ring.x(row);
      let isKnown = false;
      columns.forEach((_, at) => {
        const value = ring.value(row, at);
        if (Number.isNaN(value)) return;
        isKnown = true;
        lowest[at] = Math.min(lowest[at]!, value);
        highest[at] = Math.max(highest[at]!, value);
      });
      if (!isKnown) gapX = lastX;
    }
    const put = (x: number, values: readonly number[]): void => {
      if (xs.length > 0 && !(x > xs.at(-1)!)) return;
      xs.push(x);
      values.forEach((value, at) => columns[at]!.push(Number.isFinite(value) ? value : NaN));
    };
    put(startX, lowest);
    put((startX + lastX) / 2, highest);
    if (!Number.isNaN(gapX)) put(lastX, columns.map(() => NaN)); // prettier-ignore
  }
}
