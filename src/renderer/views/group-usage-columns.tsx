import type { GroupRates } from '../../shared/series/rates/group-usage.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatShare,
  showText,
} from '../../shared/series/units.ts';
import type { DataColumn } from './data-table.tsx';
import { Dash } from './facts.tsx';

/** What a control group uses, whoever it belongs to. */
export interface GroupUsage {
  readonly memoryBytes: number | null;
  readonly memoryLimitBytes?: number | null;
  readonly tasks: number | null;
}

/** A group with its rates, or the reason why it has none. */
export interface GroupRow<Group extends GroupUsage> {
  readonly group: Group;
  readonly rates: GroupRates | null;
  readonly gap: string;
}

type Rate = (rates: GroupRates) => number | null;

/** Columns of what control groups use; a dash where a controller is off. */
export function deriveUsageColumns<Row extends GroupRow<GroupUsage>>(): readonly DataColumn<Row>[] {
  const traffic = (key: string, label: string, pick: Rate): DataColumn<Row> => ({
    key,
    label,
    number: true,
    room: 'optional',
    sortBy: ({ rates }) => rates && pick(rates),
    cell: ({ rates, gap }) => {
      const perSecond = rates && pick(rates);
      if (perSecond === null) return <Dash reason={rates ? 'its disk traffic is not counted' : gap} />;
      return showText(formatBytesPerSecond(perSecond));
    },
  });
  return [
    {
      key: 'cpu',
      label: 'Processor',
      number: true,
      sortBy: ({ rates }) => rates && rates.cpuCores,
      cell: ({ rates, gap }) => {
        const cores = rates && rates.cpuCores;
        if (cores === null) return <Dash reason={rates ? 'its processor time is not counted' : gap} />;
        return <span title="of one core">{showText(formatShare(cores))}</span>;
      },
    },
    {
      key: 'memory',
      label: 'Memory',
      number: true,
      sortBy: ({ group }) => group.memoryBytes,
      cell: ({ group: { memoryBytes, memoryLimitBytes } }) =>
        memoryBytes === null ? (
          <Dash reason="its memory is not counted" />
        ) : (
          <span title={memoryLimitBytes ? describeLimit(memoryBytes, memoryLimitBytes) : undefined}>
            {showText(formatBytes(memoryBytes))}
          </span>
        ),
    },
    {
      key: 'tasks',
      label: 'Tasks',
      number: true,
      room: 'ample',
      sortBy: ({ group }) => group.tasks,
      cell: ({ group: { tasks } }) =>
        tasks === null ? <Dash reason="its tasks are not counted" /> : showText(formatCount(tasks)),
    },
    traffic('read', 'Read', (of) => of.readBytesPerSecond),
    traffic('written', 'Written', (of) => of.writtenBytesPerSecond),
  ];
}

function describeLimit(usedBytes: number, limitBytes: number): string {
  return `${showText(formatShare(usedBytes / limitBytes))} of its limit, ${showText(formatBytes(limitBytes))}`;
}
