/** What a line shows in its columns; null where it is not known, or where it says nothing of several processes together. */
export interface LineValues {
  readonly name: string;
  /** Share of one core, 0 to 1 for each core: 2 is two cores kept busy. */
  readonly cpuShare: number | null;
  readonly residentBytes: number | null;
  readonly readBytesPerSecond: number | null;
  readonly writtenBytesPerSecond: number | null;
  readonly user: string | null;
  /** The letter of proc_pid_stat(5). */
  readonly state: string | null;
  readonly threadCount: number | null;
  readonly startedWallMs: number | null;
  readonly pid: number | null;
  readonly parentPid: number | null;
  readonly command: string | null;
}

export type ColumnId = keyof LineValues;

export interface Column {
  readonly id: ColumnId;
  readonly numeric: boolean;
  /** Which way it sorts when it is first chosen: figures from the greatest, words from A. */
  readonly firstOrder: 'ascending' | 'descending';
  /** Least width, but for the name where only what is never dropped is left; those with a share take what is left. */
  readonly widthPx: number;
  readonly share: number;
  /** Kept the longer the lower it is, where there is not room for all; 0 is never dropped. */
  readonly priority: number;
}

/** Every column, in the order in which they stand. Their headings are texts: `processes:columns`, and `processes:meanings` in a sentence. */
export const processColumns: readonly Column[] = [
  {
    id: 'name',
    numeric: false,
    firstOrder: 'ascending',
    widthPx: 190,
    share: 3,
    priority: 0,
  },
  {
    id: 'cpuShare',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 74,
    share: 0,
    priority: 0,
  },
  {
    id: 'residentBytes',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 86,
    share: 0,
    priority: 0,
  },
  {
    id: 'readBytesPerSecond',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 94,
    share: 0,
    priority: 4,
  },
  {
    id: 'writtenBytesPerSecond',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 94,
    share: 0,
    priority: 4,
  },
  {
    id: 'user',
    numeric: false,
    firstOrder: 'ascending',
    widthPx: 92,
    share: 0,
    priority: 2,
  },
  {
    id: 'state',
    numeric: false,
    firstOrder: 'ascending',
    widthPx: 84,
    share: 0,
    priority: 5,
  },
  {
    id: 'threadCount',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 76,
    share: 0,
    priority: 6,
  },
  {
    id: 'startedWallMs',
    numeric: true,
    firstOrder: 'descending',
    widthPx: 98,
    share: 0,
    priority: 6,
  },
  {
    id: 'pid',
    numeric: true,
    firstOrder: 'ascending',
    widthPx: 78,
    share: 0,
    priority: 1,
  },
  {
    id: 'parentPid',
    numeric: true,
    firstOrder: 'ascending',
    widthPx: 78,
    share: 0,
    priority: 7,
  },
  {
    id: 'command',
    numeric: false,
    firstOrder: 'ascending',
    widthPx: 230,
    share: 7,
    priority: 3,
  },
];

/** The columns of `among` that fit into a width, the least important dropped first, in their usual order. */
export function fitColumns(widthPx: number, among: readonly Column[] = processColumns): readonly Column[] {
  const byPriority = [...among].sort((a, b) => a.priority - b.priority);
  const kept = new Set<ColumnId>();
  let taken = 0;
  for (const { id, priority, widthPx: least } of byPriority) {
    if (priority > 0 && taken + least > widthPx) break;
    kept.add(id);
    taken += least;
  }
  return processColumns.filter(({ id }) => kept.has(id));
}

/** The columns as a value of `grid-template-columns`. */
export function columnTemplate(columns: readonly Column[]): string {
  const narrowest = columns.every(({ priority }) => priority === 0);
  return columns
    .map(({ widthPx, share }) => {
      if (share === 0) return `${widthPx}px`;
      return `minmax(${narrowest ? 0 : widthPx}px, ${share}fr)`;
    })
    .join(' ');
}
