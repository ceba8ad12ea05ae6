/** By which column a table is sorted, and which way. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** What a row is sorted by; null is not known, and comes last whichever way. */
export type SortBy<Row> = (row: Row) => string | number | null;

/** The order after a click on a heading: numbers begin with the greatest, names with the first, then back to none. */
export function nextOrder(key: string, number: boolean, current: Order | null): Order | null {
  if (current?.key !== key) return { key, descending: number };
  return current.descending === number ? { key, descending: !number } : null;
}

/** The rows in that order; those that are alike keep theirs. The rows themselves without an order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortBy: SortBy<Row> | undefined,
  order: Order | null,
): readonly Row[] {
  if (!sortBy || !order) return rows;
  const sign = order.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, by: sortBy(row) }))
    .sort((a, b) => {
      if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
      return sign * compare(a.by, b.by);
    })
    .map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator('en', { numeric: true });
