import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { TrackedProcess } from './tracked-process.ts';

/** Those of the table's columns that are arrays. */
export type ProcessColumns = Omit<ProcessRaw, 'ticksPerSecond' | 'bootedWallMs' | 'threads' | 'cpuShares'>;

export const noColumns: ProcessColumns = {
  users: [], groups: [], pid: [], startTicks: [], parentPid: [], name: [], command: [], user: [], group: [],
  state: [], threadCount: [], nice: [], cpuTicks: [], residentBytes: [], readBytes: [], writtenBytes: [], ageMs: [],
}; // prettier-ignore

/**
 * The rows as columns. What was published is never changed: a column in which nothing is different is `previous`'s own
 * array, so that the readings that are kept share most of what they hold; every other is a new one. `startMs` is when
 * the reading began.
 */
export function buildColumns(
  previous: ProcessColumns,
  rows: readonly TrackedProcess[],
  startMs: number,
): ProcessColumns {
  const column = <Value>(before: readonly Value[], pick: (row: TrackedProcess) => Value): Value[] =>
    shareOrBuild(before as Value[], rows, pick);
  const users = deriveNames(previous.users, previous.user, rows, (row) => row.user);
  const groups = deriveNames(previous.groups, previous.group, rows, (row) => row.group);
  return {
    users: users.names,
    groups: groups.names,
    pid: column(previous.pid, (row) => row.pid),
    startTicks: column(previous.startTicks, (row) => row.startTicks),
    parentPid: column(previous.parentPid, (row) => row.parentPid),
    name: column(previous.name, (row) => row.name),
    command: column(previous.command, (row) => row.command),
    user: users.indexes,
    group: groups.indexes,
    state: column(previous.state, (row) => row.state),
    threadCount: column(previous.threadCount, (row) => row.threadCount),
    nice: column(previous.nice, (row) => row.nice),
    cpuTicks: column(previous.cpuTicks, (row) => row.cpuTicks),
    residentBytes: column(previous.residentBytes, (row) => row.residentBytes),
    readBytes: column(previous.readBytes, (row) => row.readBytes),
    writtenBytes: column(previous.writtenBytes, (row) => row.writtenBytes),
    ageMs: column(previous.ageMs, (row) => Math.round(startMs - row.readAtMs)),
  };
}

function shareOrBuild<Value>(
  before: Value[],
  rows: readonly TrackedProcess[],
  pick: (row: TrackedProcess) => Value,
): Value[] {
  let same = before.length === rows.length;
  for (let index = 0; same && index < rows.length; index++) same = before[index] === pick(rows[index]!);
  return same ? before : rows.map(pick);
}

/** Each name once, and for each row where its own stands. */
function deriveNames(
  names: string[],
  indexes: number[],
  rows: readonly TrackedProcess[],
  pick: (row: TrackedProcess) => string,
): { names: string[]; indexes: number[] } {
  let same = indexes.length === rows.length;
  for (let row = 0; same && row < rows.length; row++) same = names[indexes[row]!] === pick(rows[row]!);
  if (same) return { names, indexes };
  const places = new Map<string, number>();
  const found = rows.map((row) => {
    const name = pick(row);
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = places.size));
    return place;
  });
  return { names: [...places.keys()], indexes: found };
}
