import { MonitorError } from '../../lifecycle/monitor-error.ts';

/**
 * Rows of a table that went and came: `[length, keep, remove, insert, keep, remove, insert …]`, counted from the
 * first row; what is left after the last triple is kept. `length` is how many rows there were.
 */
export type Rows = readonly number[];

/** How many cells the rest of a frame may still add, so that few bytes never make much. */
export interface RowBudget {
  cells: number;
}

/** So many cells a frame may add for each of its bytes. Whoever writes it spends two bytes a row at least. */
const cellsPerByte = 64;
/** So that an added row never has more cells than its bytes pay for. */
export const maxColumns = 100;

export function createRowBudget(frameBytes: number): RowBudget {
  return { cells: frameBytes * cellsPerByte };
}

/**
 * The base with rows taken out and nulls where rows come in. Of an object, every array of that length is a column.
 * Throws MonitorError `invalidMessage` where the rows are not those of the base, or more than the budget.
 */
export function applyRows(base: object, given: unknown, budget: RowBudget): object {
  const rows = parseRows(given);
  const isColumn = (value: unknown): value is readonly unknown[] =>
    Array.isArray(value) && value.length === rows[0];
  const columns = Array.isArray(base) ? 1 : Object.values(base).filter(isColumn).length;
  budget.cells -= columns * countInserted(rows);
  if (budget.cells < 0) throw mismatch();
  if (Array.isArray(base)) {
    if (!isColumn(base)) throw mismatch();
    return moveRows(base, rows);
  }
  const moved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(base))
    moved[key] = isColumn(value) ? moveRows(value, rows) : value;
  return moved;
}

/**
 * How the keys of one table become those of the next, both in their order; null where nothing went or came. A row
 * that changed its place counts as gone and come.
 */
export function deriveRows(base: readonly unknown[], next: readonly unknown[]): Rows | null {
  const places = new Map<unknown, number>();
  for (let index = base.length - 1; index >= 0; index--) places.set(base[index], index);
  const rows: number[] = [base.length];
  let [kept, from, inserted] = [0, 0, 0];
  for (const key of next) {
    const place = base[from] === key ? from : places.get(key);
    if (place === undefined || place < from) {
      inserted++;
      continue;
    }
    if (inserted > 0 || place > from) {
      rows.push(kept, place - from, inserted);
      [kept, inserted] = [0, 0];
    }
    kept++;
    from = place + 1;
  }
  if (inserted > 0 || from < base.length) rows.push(kept, base.length - from, inserted);
  return rows.length === 1 ? null : rows;
}

function moveRows(column: readonly unknown[], [, ...edits]: Rows): unknown[] {
  const moved: unknown[] = [];
  let from = 0;
  for (let at = 0; at < edits.length; at += 3) {
    const kept = from + edits[at]!;
    for (; from < kept; from++) moved.push(column[from]);
    from += edits[at + 1]!;
    for (let inserted = 0; inserted < edits[at + 2]!; inserted++) moved.push(null);
  }
  for (; from < column.length; from++) moved.push(column[from]);
  return moved;
}

function parseRows(given: unknown): Rows {
  if (!Array.isArray(given) || given.length % 3 !== 1) throw mismatch();
  const rows = given as readonly unknown[];
  if (!rows.every((count) => typeof count === 'number' && Number.isSafeInteger(count) && count >= 0)) {
    throw mismatch();
  }
  const [length, ...edits] = rows as [number, ...number[]];
  let used = 0;
  for (let at = 0; at < edits.length; at += 3) used += edits[at]! + edits[at + 1]!;
  if (used > length) throw mismatch();
  return rows as Rows;
}

function countInserted([, ...edits]: Rows): number {
  let inserted = 0;
  for (let at = 2; at < edits.length; at += 3) inserted += edits[at]!;
  return inserted;
}

function mismatch(): MonitorError {
  return new MonitorError('invalidMessage', 'The change names rows that are not there.');
}
