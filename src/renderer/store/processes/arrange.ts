import type { ColumnId, LineValues } from './process-columns.ts';
import type { TableRow } from './table-row.ts';

export type Layout = 'list' | 'tree' | 'groups';
export type SortOrder = 'ascending' | 'descending';

export interface Arrangement {
  readonly layout: Layout;
  readonly sort: { readonly column: ColumnId; readonly order: SortOrder };
  /** Null shows all. */
  readonly matches: ((row: TableRow) => boolean) | null;
  /** Keys of lines that are not as they are by themselves: branches of a tree closed, groups open. */
  readonly toggled: ReadonlySet<string>;
}

interface LineBase {
  /** Stays that of the same process or group for as long as it lives. */
  readonly key: string;
  readonly values: LineValues;
  readonly depth: number;
  /** Null where there is nothing to expand. */
  readonly expanded: boolean | null;
}

/** One process. */
export interface ProcessLine extends LineBase {
  readonly kind: 'process';
  readonly row: TableRow;
  /** False for one that is shown only for what it is the parent of. */
  readonly matched: boolean;
  /** It is gone, and shown until the order may change. */
  readonly ended: boolean;
}

/** All processes of one application, summed. */
export interface GroupLine extends LineBase {
  readonly kind: 'group';
  readonly count: number;
  /** How many of them have a figure for storage, which only root sees of all. */
  readonly knownStorageCount: number;
}

export type Line = ProcessLine | GroupLine;

/** Rows filtered, put in order and laid out, as they stand from top to bottom. Pure. */
export function arrangeProcesses(rows: readonly TableRow[], arrangement: Arrangement): readonly Line[] {
  const { layout, matches } = arrangement;
  if (layout === 'tree') return arrangeTree(rows, arrangement);
  const matched = matches ? rows.filter(matches) : rows;
  if (layout === 'groups') return arrangeGroups(matched, arrangement);
  return sortBy(matched, arrangement.sort).map((row) => processLine(row));
}

function processLine(row: TableRow, more: Partial<ProcessLine> = {}): ProcessLine {
  return {
    kind: 'process',
    key: row.key,
    row,
    values: row,
    depth: 0,
    expanded: null,
    matched: true,
    ended: false,
    ...more,
  };
}

/** In order by one column; what is not known comes last both ways, and equals stand by number, so that they stand still. */
function sortBy<Entry extends LineValues>(
  entries: readonly Entry[],
  { column, order }: Arrangement['sort'],
): Entry[] {
  const sign = order === 'ascending' ? 1 : -1;
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, column) }))
    .sort((a, b) => {
      if (a.rank === b.rank) return tie(a.entry, b.entry);
      if (a.rank === null) return 1;
      if (b.rank === null) return -1;
      return a.rank < b.rank ? -sign : sign;
    })
    .map(({ entry }) => entry);
}

function tie(a: LineValues, b: LineValues): number {
  if (a.pid !== null && b.pid !== null) return a.pid - b.pid;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** States from the busiest. */
const stateOrder = 'RDSITtWPZXx';

function rankOf(values: LineValues, column: ColumnId): number | string | null {
  const value = values[column];
  if (typeof value !== 'string') return value;
  if (column === 'state') return (stateOrder.indexOf(value) + stateOrder.length) % stateOrder.length;
  return value.toLowerCase();
}

function arrangeTree(rows: readonly TableRow[], { sort, matches, toggled }: Arrangement): readonly Line[] {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const children = new Map<TableRow | null, TableRow[]>();
  for (const row of sortBy(rows, sort)) {
    const under = parentOf(row, byPid) ?? null;
    const siblings = children.get(under);
    if (siblings) siblings.push(row);
    else children.set(under, [row]);
  }
  const wanted = matches ? withAncestors(rows, matches, byPid) : null;
  const lines: Line[] = [];
  // By a stack of its own: a chain of thousands of parents is no deeper a call.
  const waiting: { row: TableRow; depth: number }[] = [];
  const push = (siblings: readonly TableRow[], depth: number): void => {
    for (let at = siblings.length - 1; at >= 0; at--) waiting.push({ row: siblings[at]!, depth });
  };
  push(children.get(null) ?? [], 0);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, depth } = next;
    if (wanted && !wanted.has(row)) continue;
    const below = (children.get(row) ?? []).filter((child) => !wanted || wanted.has(child));
    const expanded = below.length > 0 ? !toggled.has(row.key) : null;
    lines.push(processLine(row, { depth, expanded, matched: matches?.(row) ?? true }));
    if (expanded) push(below, depth + 1);
  }
  return lines;
}

/** Rows that match, and all above them, without which they would hang in the air. */
function withAncestors(
  rows: readonly TableRow[],
  matches: (row: TableRow) => boolean,
  byPid: ReadonlyMap<number, TableRow>,
): ReadonlySet<TableRow> {
  const wanted = new Set<TableRow>();
  for (const row of rows) {
    if (!matches(row)) continue;
    for (let at: TableRow | undefined = row; at && !wanted.has(at); at = parentOf(at, byPid)) wanted.add(at);
  }
  return wanted;
}

/**
 * The process that a row hangs under. One that is younger than its child is another under a number that was used
 * again; and since a parent always comes before its child, there can be no ring.
 */
function parentOf(row: TableRow, byPid: ReadonlyMap<number, TableRow>): TableRow | undefined {
  const parent = byPid.get(row.parentPid);
  if (!parent) return undefined;
  const ahead = row.startTicks - parent.startTicks || row.pid - parent.pid;
  return ahead > 0 ? parent : undefined;
}

function arrangeGroups(rows: readonly TableRow[], { sort, toggled }: Arrangement): readonly Line[] {
  const members = new Map<string, TableRow[]>();
  for (const row of rows) {
    const group = members.get(row.group);
    if (group) group.push(row);
    else members.set(row.group, [row]);
  }
  const sums = [...members].map(([name, all]) => ({ ...sumValues(name, all), all }));
  const lines: Line[] = [];
  for (const sum of sortBy(sums, sort)) {
    const { all, ...values } = sum;
    const key = `group ${values.name}`;
    const expanded = toggled.has(key);
    const knownStorageCount = all.filter((row) => row.readBytesPerSecond !== null).length;
    lines.push({ kind: 'group', key, values, depth: 0, expanded, count: all.length, knownStorageCount });
    if (expanded) for (const row of sortBy(all, sort)) lines.push(processLine(row, { depth: 1 }));
  }
  return lines;
}

/** Sums of what can be summed; null where none of them is known. A user that all share is theirs together. */
function sumValues(name: string, rows: readonly TableRow[]): LineValues {
  const user = rows[0]?.user ?? null;
  return {
    name,
    cpuShare: sum(rows, 'cpuShare'),
    residentBytes: sum(rows, 'residentBytes'),
    readBytesPerSecond: sum(rows, 'readBytesPerSecond'),
    writtenBytesPerSecond: sum(rows, 'writtenBytesPerSecond'),
    threadCount: sum(rows, 'threadCount'),
    user: rows.every((row) => row.user === user) ? user : null,
    startedWallMs: Math.min(...rows.map((row) => row.startedWallMs)),
    state: null,
    pid: null,
    parentPid: null,
    command: null,
  };
}

type Summed = 'cpuShare' | 'residentBytes' | 'readBytesPerSecond' | 'writtenBytesPerSecond' | 'threadCount';

function sum(rows: readonly TableRow[], column: Summed): number | null {
  let total: number | null = null;
  for (const row of rows) {
    const value = row[column];
    if (value !== null) total = (total ?? 0) + value;
  }
  return total;
}
