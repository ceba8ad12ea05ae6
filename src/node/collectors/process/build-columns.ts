import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { TrackedProcess } from './tracked-process.ts';

/** Those of the table's columns that are arrays. */
export type ProcessColumns = Omit<ProcessRaw, 'ticksPerSecond' | 'bootedWallMs' | 'threads' | 'cpuShares'>;

export const noColumns: ProcessColumns = {
  users: [], groups: [], pid: [], startTicks: [], parentPid: [], name: [], command: [], user: [], group: [],
  state: [], threadCount: [], nice: [], cpuTicks: [], residentBytes: [], readBytes: [], writtenBytes: [], ageMs: [],
}; // prettier-ignore

type Cell = string | number | null;
/** Columns that are a field of each row. */
const fields = [
  'pid', 'startTicks', 'parentPid', 'name', 'command', 'state', 'threadCount', 'nice', 'cpuTicks', 'residentBytes',
  'readBytes', 'writtenBytes',
] as const; // prettier-ignore

/**
 * The rows as columns. What was published is never changed: a column in which nothing is different is `previous`'s own
 * array, so that the readings that are kept share most of what they hold; every other is a new one. `startMs` is when
 * the reading began. Yields between columns whenever the turn's time is up.
 */
export function* buildColumns(
  previous: ProcessColumns,
  rows: readonly TrackedProcess[],
  startMs: number,
  sliceIsOver: () => boolean,
): Generator<undefined, ProcessColumns> {
  const columns: Partial<Record<keyof ProcessColumns, Cell[]>> = {};
  for (const field of fields) {
    columns[field] = shareOrBuild(previous[field], rows, (row) => row[field]);
    if (sliceIsOver()) yield;
  }
  for (const [field, names] of [['user', 'users'], ['group', 'groups']] as const) {
    [columns[names], columns[field]] = shareOrNumber(previous[names], previous[field], rows, (row) => row[field]);
    if (sliceIsOver()) yield;
  } // prettier-ignore
  columns.ageMs = shareOrBuild(previous.ageMs, rows, (row) => Math.round(startMs - row.readAtMs));
  return columns as ProcessColumns;
}

function shareOrBuild(
  before: Cell[],
  rows: readonly TrackedProcess[],
  pick: (row: TrackedProcess) => Cell,
): Cell[] {
  let same = before.length === rows.length;
  for (let index = 0; same && index < rows.length; index++) same = before[index] === pick(rows[index]!);
  return same ? before : rows.map(pick);
}

/** Each name once, and for each row where its own stands. */
function shareOrNumber(
  names: string[],
  places: number[],
  rows: readonly TrackedProcess[],
  pick: (row: TrackedProcess) => string,
): [names: string[], places: number[]] {
  let same = places.length === rows.length;
  for (let index = 0; same && index < rows.length; index++)
    same = names[places[index]!] === pick(rows[index]!);
  if (same) return [names, places];
  const known = new Map<string, number>();
  const found = rows.map((row) => {
    const name = pick(row);
    let place = known.get(name);
    if (place === undefined) known.set(name, (place = known.size));
    return place;
  });
  return [[...known.keys()], found];
}
