import type { Line } from '../../store/processes/arrange.ts';

/** What a key does in the table. */
export type TableMove =
  | { readonly type: 'go'; readonly index: number }
  /** Opens or closes the branch or group of this key. */
  | { readonly type: 'toggle'; readonly key: string };

export interface TablePlace {
  readonly lines: readonly Line[];
  /** The line that is chosen; null where none is, and a key first chooses the one at `fallback`. */
  readonly cursor: number | null;
  readonly fallback: number;
  /** How many rows a page moves by. */
  readonly pageRows: number;
}

/** What `key` (as KeyboardEvent names it) does where one stands in the table; null where it does nothing. Pure. */
export function moveInTable(
  key: string,
  { lines, cursor, fallback, pageRows }: TablePlace,
): TableMove | null {
  const last = lines.length - 1;
  if (last < 0) return null;
  const step = stepOf(key, cursor ?? fallback, last, pageRows);
  if (step !== null) {
    // Without a choice arrows choose what is there before they move on.
    const index = cursor === null && (key === 'ArrowDown' || key === 'ArrowUp') ? fallback : step;
    return { type: 'go', index: Math.max(0, Math.min(last, index)) };
  }
  const line = cursor === null ? undefined : lines[cursor];
  if (!line || cursor === null) return null;
  if (key === 'ArrowRight') {
    if (line.expanded === false) return { type: 'toggle', key: line.key };
    return line.expanded ? { type: 'go', index: Math.min(last, cursor + 1) } : null;
  }
  if (key === 'ArrowLeft') {
    if (line.expanded) return { type: 'toggle', key: line.key };
    const above = parentIndex(lines, cursor);
    return above < 0 ? null : { type: 'go', index: above };
  }
  return null;
}

function stepOf(key: string, from: number, last: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + pageRows;
    case 'PageUp':
      return from - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

function parentIndex(lines: readonly Line[], cursor: number): number {
  const depth = lines[cursor]?.depth ?? 0;
  for (let at = cursor - 1; at >= 0; at--) if ((lines[at]?.depth ?? 0) < depth) return at;
  return -1;
}
