import type { GroupRates } from '../../shared/series/rates/group-usage.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatShare,
  showText,
} from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
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
      if (perSecond === null) return <Dash reason={rates ? t('usage.trafficNotCounted') : gap} />;
      return showText(formatBytesPerSecond(perSecond));
    },
  });
  return [
    {
      key: 'cpu',
      label: t('processor'),
      number: true,
      sortBy: ({ rates }) => rates && rates.cpuCores,
      cell: ({ rates, gap }) => {
        const cores = rates && rates.cpuCores;
        if (cores === null) return <Dash reason={rates ? t('usage.cpuNotCounted') : gap} />;
        return <span title={t('usage.ofOneCore')}>{showText(formatShare(cores))}</span>;
      },
    },
    {
      key: 'memory',
      label: t('memory'),
      number: true,
      sortBy: ({ group }) => group.memoryBytes,
      cell: ({ group: { memoryBytes, memoryLimitBytes } }) =>
        memoryBytes === null ? (
          <Dash reason={t('usage.memoryNotCounted')} />
        ) : (
          <span title={memoryLimitBytes ? describeLimit(memoryBytes, memoryLimitBytes) : undefined}>
            {showText(formatBytes(memoryBytes))}
          </span>
        ),
    },
    {
      key: 'tasks',
      label: t('tasks'),
      number: true,
      room: 'ample',
      sortBy: ({ group }) => group.tasks,
      cell: ({ group: { tasks } }) =>
        tasks === null ? <Dash reason={t('usage.tasksNotCounted')} /> : showText(formatCount(tasks)),
    },
    traffic('read', t('read'), (of) => of.readBytesPerSecond),
    traffic('written', t('written'), (of) => of.writtenBytesPerSecond),
  ];
}

function describeLimit(usedBytes: number, limitBytes: number): string {
  return t('usage.ofLimit', {
    share: showText(formatShare(usedBytes / limitBytes)),
    limit: showText(formatBytes(limitBytes)),
  });
}
