import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatMilliseconds, formatShare, showText } from '../../../shared/series/units.ts';
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
    <SectionCard title="By process" area="cost-processes" width="half" state={state}>
      {({ processes }) => (
        <DataTable
          label="Own processes"
          testId="cost-process-row"
          empty="No process of it is told."
          columns={processColumns}
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

const processColumns: readonly DataColumn<OwnProcess>[] = [
  {
    key: 'name',
    label: 'Process',
    sortBy: ({ process }) => process.name,
    cell: ({ process: { name, pid } }) => <Name text={name} title={`${name}, process ${pid}`} />,
  },
  {
    key: 'role',
    label: 'Role',
    room: 'optional',
    sortBy: ({ process }) => process.role,
    cell: ({ process }) => <Name text={process.role} />,
  },
  {
    key: 'cpu',
    label: 'Of a core',
    number: true,
    sortBy: ({ cpuShare }) => cpuShare,
    cell: ({ cpuShare }) => (cpuShare === null ? <Dash /> : showText(formatShare(cpuShare))),
  },
  {
    key: 'time',
    label: 'In all',
    number: true,
    room: 'optional',
    sortBy: ({ process }) => process.cpuMs,
    cell: ({ process: { cpuMs } }) => (cpuMs === null ? <Dash /> : showText(formatMilliseconds(cpuMs))),
  },
  {
    key: 'memory',
    label: 'Memory',
    number: true,
    sortBy: ({ process }) => process.residentBytes,
    cell: ({ process: { residentBytes } }) =>
      residentBytes === null ? <Dash /> : showText(formatBytes(residentBytes)),
  },
];
