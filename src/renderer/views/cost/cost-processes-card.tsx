import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatMilliseconds, showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type OwnProcess = CostRaw['processes'][number];

/** The host, its helper and its windows, each with what it takes. */
export function CostProcessesCard() {
  const state = useTopic('cost');
  return (
    <SectionCard title="By process" area="cost-processes" width="half" state={state}>
      {({ processes }) => (
        <DataTable
          label="Own processes"
          testId="cost-process-row"
          empty="No process of it is told."
          columns={processColumns}
          rows={processes}
          rowKey={({ pid }) => String(pid)}
        />
      )}
    </SectionCard>
  );
}

const processColumns: readonly DataColumn<OwnProcess>[] = [
  {
    key: 'name',
    label: 'Process',
    sortBy: ({ name }) => name,
    cell: ({ name, pid }) => <Name text={name} title={`${name}, process ${pid}`} />,
  },
  { key: 'role', label: 'Role', sortBy: ({ role }) => role, cell: ({ role }) => <Name text={role} /> },
  {
    key: 'cpu',
    label: 'Processor time',
    number: true,
    sortBy: ({ cpuMs }) => cpuMs,
    cell: ({ cpuMs }) => (cpuMs === null ? <Dash /> : showText(formatMilliseconds(cpuMs))),
  },
  {
    key: 'memory',
    label: 'Memory',
    number: true,
    sortBy: ({ residentBytes }) => residentBytes,
    cell: ({ residentBytes }) => (residentBytes === null ? <Dash /> : showText(formatBytes(residentBytes))),
  },
];
