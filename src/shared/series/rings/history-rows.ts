import type { History, HistorySeries } from '../../protocol/history.ts';
import { RingBuffer } from './ring-buffer.ts';
import { columns, type RingKind, type RingSet } from './ring-set.ts';
import { thinRows } from './thin-rows.ts';
import type { UnseenSpan } from './unseen-spans.ts';

/** Rows that are told of a series that there is one of. */
const mostRows = 1_200;
/** The same of one of many (cores, disks), and of all of them together. */
const mostRowsOfMany = 300;
const mostRowsOfAll = 6_000;
/** Readings closer than this are one line: there is nothing between them to be filled in. */
const closeMs = 2_500;
/** Readings closer than this are one and the same. */
const sameMs = 500;

/** What is told of these kinds; see `historySeriesSchema`. Bounded, however many cores and interfaces there are. */
export function tellRings(
  rings: RingSet,
  kinds: readonly RingKind[],
  { nowX, sinceMs }: { readonly nowX: number; readonly sinceMs: number },
): HistorySeries[] {
  const all = kinds.flatMap((kind) => [...rings.ofKind(kind)].map(([key, ring]) => ({ kind, key, ring })));
  const many = all.filter(({ kind, key }) => key !== kind).length;
  const rowsOfMany = Math.min(mostRowsOfMany, Math.floor(mostRowsOfAll / Math.max(1, many)));
  return all.map(({ kind, key, ring }) => {
    const rows = thinRows(ring, nowX - sinceMs, key === kind ? mostRows : rowsOfMany);
    return {
      key,
      columns: Object.keys(columns[kind]),
      agoMs: rows.xs.map((x) => Math.round(nowX - x)),
      values: rows.columns.map((values) => values.map(shorten)),
    };
  });
}

/** The spans of which nothing is known, as they are told. What was lost on the way to somebody else is none. */
export function tellUnseen(spans: readonly UnseenSpan[], nowX: number): History['unseen'] {
  return spans.flatMap(({ fromX, toX, reason }) =>
    reason === 'slept' || reason === 'paused' || reason === 'unwatched'
      ? [{ fromAgoMs: Math.round(nowX - fromX), toAgoMs: Math.round(nowX - toX), reason }]
      : [],
  );
}

/** A new ring: what `ring` holds, and what is told of the times of which it holds nothing. `nowX` is that of `agoMs` 0. */
export function fillRing(ring: RingBuffer, { agoMs, values }: HistorySeries, nowX: number): RingBuffer {
  const own = Array.from({ length: ring.length }, (_, row) => ({
    x: ring.x(row),
    values: Array.from({ length: ring.columnCount }, (_, column) => ring.value(row, column)),
  }));
  const known = own.filter((row) => !isGap(row));
  let next = 0;
  const told = agoMs.flatMap((ago, at) => {
    const x = nowX - ago;
    while (next < known.length && known[next]!.x < x) next++;
    const [beforeX = -Infinity, afterX = NaN] = [known[next - 1]?.x, known[next]?.x];
    // What is newer than what is here comes by itself.
    const isMissing = afterX - beforeX > closeMs && afterX - x > sameMs && x - beforeX > sameMs;
    return isMissing ? [{ x, values: values.map((column) => column[at] ?? NaN) }] : [];
  });
  // A gap that marked what is known by now would part it from what came before.
  const marks = told.filter((row) => !isGap(row)).map(({ x }) => x);
  const kept = own.filter((row) => !isGap(row) || !marks.some((x) => Math.abs(x - row.x) < closeMs));
  const filled = new RingBuffer(ring.capacity, ring.columnCount);
  for (const row of [...kept, ...told].sort((one, other) => one.x - other.x)) filled.push(row.x, row.values);
  return filled;
}

function isGap({ values }: { readonly values: readonly number[] }): boolean {
  return values.every(Number.isNaN);
}

/** Four digits are more than a chart shows. */
function shorten(value: number): number | null {
  return Number.isNaN(value) ? null : Number(value.toPrecision(4));
}
