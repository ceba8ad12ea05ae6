import { formatBytes, formatCount, formatShare, showText } from '../../shared/series/units.ts';
import type { DataColumn } from './data-table.tsx';
import { Dash } from './facts.tsx';

/** What a control group uses, whoever it belongs to. */
export interface GroupUsage {
  readonly memoryBytes: number | null;
  readonly memoryLimitBytes?: number | null;
  readonly tasks: number | null;
}

/** Columns of what control groups use; a dash where a controller is off. */
export function deriveUsageColumns<Row extends GroupUsage>(): readonly DataColumn<Row>[] {
  return [
    {
      key: 'memory',
      label: 'Memory',
      number: true,
      sortBy: ({ memoryBytes }) => memoryBytes,
      cell: ({ memoryBytes, memoryLimitBytes }) =>
        memoryBytes === null ? (
          <Dash reason="its memory is not counted" />
        ) : (
          <span
            title={
              memoryLimitBytes
                ? `${showText(formatShare(memoryBytes / memoryLimitBytes))} of its limit, ${showText(formatBytes(memoryLimitBytes))}`
                : undefined
            }
          >
            {showText(formatBytes(memoryBytes))}
          </span>
        ),
    },
    {
      key: 'tasks',
      label: 'Tasks',
      number: true,
      optional: true,
      sortBy: ({ tasks }) => tasks,
      cell: ({ tasks }) =>
        tasks === null ? <Dash reason="its tasks are not counted" /> : showText(formatCount(tasks)),
    },
  ];
}
