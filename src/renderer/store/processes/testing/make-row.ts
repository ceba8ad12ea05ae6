import { processKey, type TableRow } from '../table-row.ts';

/** A row for tests: process 1, of root, doing nothing, but for what is given. */
export function makeRow(given: Partial<TableRow> = {}): TableRow {
  const { pid = 1, startTicks = pid } = given;
  return {
    key: processKey({ pid, startTicks }),
    pid,
    startTicks,
    parentPid: 0,
    name: `p${pid}`,
    command: '',
    user: 'root',
    group: 'system',
    state: 'S',
    threadCount: 1,
    nice: 0,
    cpuShare: 0,
    residentBytes: 0,
    readBytesPerSecond: null,
    writtenBytesPerSecond: null,
    startedWallMs: startTicks * 10,
    ageMs: 0,
    gap: null,
    ...given,
  };
}
