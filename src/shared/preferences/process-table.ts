import * as v from 'valibot';

/** Columns of the table of processes that can be hidden; name, processor and memory are always there. */
export const hideableColumns = [
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'user',
  'state',
  'threadCount',
  'startedWallMs',
  'pid',
  'parentPid',
  'command',
] as const;
export type HideableColumn = (typeof hideableColumns)[number];

/** How the table of processes was left. What somebody filtered by is not kept: it would hide what they look for next. */
export const processTableSchema = v.object({
  layout: v.optional(v.picklist(['list', 'tree', 'groups']), 'list'),
  sort: v.optional(
    v.object({
      column: v.picklist(['name', 'cpuShare', 'residentBytes', ...hideableColumns]),
      order: v.picklist(['ascending', 'descending']),
    }),
    { column: 'cpuShare', order: 'descending' },
  ),
  hidden: v.optional(v.array(v.picklist(hideableColumns)), []),
});
