import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatMilliseconds, formatShare, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

interface OwnProcess {
  readonly process: CostRaw['processes'][number];
  readonly cpuShare: number | null;
}

/** The host, its helper and its windows, each with what it takes. */
export function CostProcessesCard() {
  const state = useTopic('cost');
  const known = state.rates?.status === 'ok' ? state.rates.processes : null;
  return (
    <SectionCard title={t('cost:byProcess')} area="cost-processes" width="half" state={state}>
      {({ processes }) => (
        <DataTable
          label={t('cost:processes.label')}
          testId="cost-process-row"
          empty={t('cost:processes.none')}
          columns={processColumns()}
          rows={processes.map((process): OwnProcess => {
            const rated = known?.get(process.pid);
            return { process, cpuShare: rated?.status === 'ok' ? rated.cpuShare : null };
          })}
          rowKey={({ process }) => String(process.pid)}
        />
      )}
    </SectionCard>
  );
}

const processColumns = (): readonly DataColumn<OwnProcess>[] => [
  {
    key: 'name',
    label: t('process'),
    sortBy: ({ process }) => process.name,
    cell: ({ process: { name, pid } }) => <Name text={name} title={t('processOf', { name, pid })} />,
  },
  {
    key: 'role',
    label: t('cost:processes.role'),
    room: 'optional',
    sortBy: ({ process }) => process.role,
    cell: ({ process }) => <Name text={process.role} />,
  },
  {
    key: 'cpu',
    label: t('cost:column.ofCore'),
    number: true,
    sortBy: ({ cpuShare }) => cpuShare,
    cell: ({ cpuShare }) => (cpuShare === null ? <Dash /> : showText(formatShare(cpuShare))),
  },
  {
    key: 'time',
    label: t('cost:column.inAll'),
    number: true,
    room: 'optional',
    sortBy: ({ process }) => process.cpuMs,
    cell: ({ process: { cpuMs } }) => (cpuMs === null ? <Dash /> : showText(formatMilliseconds(cpuMs))),
  },
  {
    key: 'memory',
    label: t('memory'),
    number: true,
    sortBy: ({ process }) => process.residentBytes,
    cell: ({ process: { residentBytes } }) =>
      residentBytes === null ? <Dash /> : showText(formatBytes(residentBytes)),
  },
];
