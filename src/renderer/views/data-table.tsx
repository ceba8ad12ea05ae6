import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { usePreferences } from '../preferences/preferences.ts';
import { matchesAll, TableFilter, useNamedFilter } from './table-filter.tsx';
import { nextOrder, sortRows, type Order } from './sort-rows.ts';

export interface DataColumn<Row> {
  readonly key: string;
  readonly label: string;
  readonly number?: boolean;
  /** How much room there must be for it: more than on a phone, than on a tablet, than beside anything. */
  readonly room?: 'optional' | 'spare' | 'ample';
  /** By what the column sorts; absent where sorting by it says nothing. Null is not known, and comes last. */
  readonly sortBy?: (row: Row) => string | number | null;
  readonly cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  /** What the table lists, for those who do not see it. */
  readonly label: string;
  /** The first names the row. */
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly testId: string;
  readonly empty: string;
  /** Of the row, to be told apart at a glance. */
  readonly rowState?: (row: Row) => 'bad' | 'quiet' | undefined;
  /** What a row is found by. With it there is a field that filters, which holds at first what the address names. */
  readonly filterBy?: (row: Row) => string;
  /** The row that is looked at elsewhere on the page. */
  readonly chosenKey?: string | undefined;
}

/** From so many rows on, only those in view are drawn. */
const mostPlainRows = 40;

/**
 * A table of any length, sorted by whichever column is asked for: until then in the order of `rows`. Three clicks on a
 * heading are rising, falling, and the order that it had.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rowKey, testId, empty, rowState, filterBy, chosenKey } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useNamedFilter();
  const rows = useMemo(
    () => (filterBy ? props.rows.filter((row) => matchesAll(filterBy(row), filter)) : props.rows),
    [props.rows, filterBy, filter],
  );
  const sorted = useMemo(
    () => sortRows(rows, columns.find(({ key }) => key === order?.key)?.sortBy, order),
    [rows, columns, order],
  );
  const rowHeight = useRowHeight();
  const frame = useRef<HTMLDivElement>(null);
  const isLong = rows.length > mostPlainRows;
  // No compiler memoizes these components, which is what the rule warns of.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rowsInView = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    enabled: isLong,
  });
  useEffect(() => rowsInView.measure(), [rowsInView, rowHeight]);
  const inView = rowsInView.getVirtualItems();
  const [from, to] = isLong ? [inView[0]?.index ?? 0, (inView.at(-1)?.index ?? -1) + 1] : [0, sorted.length];
  const [above, below] = [from * rowHeight, (sorted.length - to) * rowHeight];
  if (props.rows.length === 0) return <p className="empty">{empty}</p>;
  const table = (
    <div
      ref={frame}
      className={isLong ? 'table-frame table-frame--long' : 'table-frame'}
      {...(isLong && { role: 'region', tabIndex: 0, 'aria-label': label })}
    >
      <table aria-label={label} aria-rowcount={isLong ? rows.length + 1 : undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} />}
          {sorted.slice(from, to).map((row, at) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                className={rowState?.(row)}
                data-testid={testId}
                data-name={key}
                aria-rowindex={isLong ? from + at + 2 : undefined}
                aria-selected={chosenKey === undefined ? undefined : key === chosenKey}
              >
                {columns.map((column, place) => (
                  <Cell key={column.key} column={column} row={row} leads={place === 0} />
                ))}
              </tr>
            );
          })}
          {below > 0 && <Spacer height={below} />}
        </tbody>
      </table>
    </div>
  );
  if (!filterBy) return table;
  return (
    <>
      <TableFilter
        label={label}
        text={filter}
        onText={setFilter}
        count={rows.length}
        of={props.rows.length}
      />
      {table}
    </>
  );
}

const rowHeights = new Map<string, number>();

/** Of each row of a long table, in pixels, as the style sheet has it for the density that is chosen. */
function useRowHeight(): number {
  const { density } = usePreferences();
  let height = rowHeights.get(density);
  if (height === undefined) {
    // Once a density, not once a table: asking the document while it is being made is slow.
    height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row-height'));
    rowHeights.set(density, height);
  }
  return height;
}

interface HeadingProps<Row> {
  readonly column: DataColumn<Row>;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

function Heading<Row>({ column, order, onOrder }: HeadingProps<Row>) {
  const { key, label, sortBy } = column;
  const mine = order?.key === key ? order : null;
  // A heading that says nothing is none.
  if (label === '') return <td className={classOf(column)} />;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={mine ? (mine.descending ? 'descending' : 'ascending') : undefined}
    >
      {sortBy ? (
        <button
          type="button"
          className="sort"
          onClick={() => onOrder(nextOrder(key, column.number ?? false, mine))}
        >
          {label}
        </button>
      ) : (
        label
      )}
    </th>
  );
}

function Cell<Row>({ column, row, leads }: { column: DataColumn<Row>; row: Row; leads: boolean }) {
  return leads ? (
    <th scope="row" className={classOf(column)}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={classOf(column)}>{column.cell(row)}</td>
  );
}

/** Stands for the rows that are out of view, so that the scroll bar tells the truth. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tr className="spacer" aria-hidden="true">
      <td style={{ height }} />
    </tr>
  );
}

function classOf({ number, room }: Pick<DataColumn<never>, 'number' | 'room'>): string {
  return [number && 'number', room].filter(Boolean).join(' ');
}
