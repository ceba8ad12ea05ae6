import type { CoreRaw } from '../../../shared/series/raw/cpu.ts';
import type { CpuShares } from '../../../shared/series/rates/cpu.ts';
import { formatCount, formatShare, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Meter } from '../figure.tsx';
import { SectionCard } from '../section-card.tsx';

interface CoreRow {
  readonly core: CoreRaw;
  readonly shares: CpuShares | null;
  readonly gap: string;
}

/** Every core with its states and its frequency. */
export function CoresCard() {
  const state = useTopic('cpu');
  const { rates } = state;
  const known = new Map(rates?.status === 'ok' ? rates.cores.map(({ id, shares }) => [id, shares]) : []);
  return (
    <SectionCard title="Cores" area="cores" state={state}>
      {({ cores }) => (
        <DataTable
          label="Cores"
          testId="core-row"
          empty="No core is told."
          columns={coreColumns}
          rowKey={({ core }) => String(core.id)}
          rows={cores.map((core) => {
            const rated = known.get(core.id);
            const reason =
              rated?.status === 'gap' ? rated.reason : rates?.status === 'gap' ? rates.reason : 'missing';
            return { core, shares: rated?.status === 'ok' ? rated : null, gap: describeGap(reason) };
          })}
        />
      )}
    </SectionCard>
  );
}

const states = [
  ['used', 'Used'],
  ['user', 'User'],
  ['system', 'System'],
  ['iowait', 'I/O wait', 'optional'],
  ['irq', 'Interrupts', 'optional'],
  ['steal', 'Steal', 'optional'],
] as const;

const coreColumns: readonly DataColumn<CoreRow>[] = [
  { key: 'id', label: 'Core', sortBy: ({ core }) => core.id, cell: ({ core }) => core.id },
  {
    key: 'meter',
    label: '',
    room: 'optional',
    cell: ({ core, shares }) => <Meter share={shares?.used ?? null} label={`Core ${core.id} busy`} />,
  },
  ...states.map(([key, label, room]): DataColumn<CoreRow> => ({
    key,
    label,
    number: true,
    ...(room && { room }),
    sortBy: ({ shares }) => shares?.[key] ?? null,
    cell: ({ shares, gap }) => (shares ? showText(formatShare(shares[key])) : <Dash reason={gap} />),
  })),
  {
    key: 'frequency',
    label: 'Frequency',
    number: true,
    sortBy: ({ core }) => core.frequencyHz,
    cell: ({ core }) => <Frequency hertz={core.frequencyHz} />,
  },
  {
    key: 'range',
    label: 'Range',
    number: true,
    room: 'optional',
    cell: ({ core: { minFrequencyHz, maxFrequencyHz } }) =>
      minFrequencyHz === null && maxFrequencyHz === null ? (
        <Dash reason="no frequency driver here" />
      ) : (
        `${showText(formatWithPrefix(minFrequencyHz, 'Hz'))} … ${showText(formatWithPrefix(maxFrequencyHz, 'Hz'))}`
      ),
  },
  {
    key: 'throttles',
    label: 'Slowed for heat',
    number: true,
    room: 'optional',
    sortBy: ({ core }) => core.throttles,
    cell: ({ core }) => (core.throttles === null ? <Dash /> : showText(formatCount(core.throttles))),
  },
];

function Frequency({ hertz }: { readonly hertz: number | null }) {
  return hertz === null ? (
    <Dash reason="no frequency driver here" />
  ) : (
    <>{showText(formatWithPrefix(hertz, 'Hz'))}</>
  );
}
