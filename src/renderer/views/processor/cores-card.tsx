import type { CoreRaw } from '../../../shared/series/raw/cpu.ts';
import type { CpuShares } from '../../../shared/series/rates/cpu.ts';
import { formatCount, formatShare, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
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
    <SectionCard title={t('processor:cores.title')} area="cores" state={state}>
      {({ cores }) => (
        <DataTable
          label={t('processor:cores.title')}
          testId="core-row"
          empty={t('processor:cores.none')}
          columns={coreColumns()}
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
  ['used'],
  ['user'],
  ['system'],
  ['iowait', 'optional'],
  ['irq', 'optional'],
  ['steal', 'optional'],
] as const;

const coreColumns = (): readonly DataColumn<CoreRow>[] => [
  { key: 'id', label: t('processor:cores.core'), sortBy: ({ core }) => core.id, cell: ({ core }) => core.id },
  {
    key: 'meter',
    label: '',
    room: 'optional',
    cell: ({ core, shares }) => (
      <Meter share={shares?.used ?? null} label={t('processor:cores.busy', { id: core.id })} />
    ),
  },
  ...states.map(([key, room]): DataColumn<CoreRow> => ({
    key,
    label: t(`processor:state.${key}`),
    number: true,
    ...(room && { room }),
    sortBy: ({ shares }) => shares?.[key] ?? null,
    cell: ({ shares, gap }) => (shares ? showText(formatShare(shares[key])) : <Dash reason={gap} />),
  })),
  {
    key: 'frequency',
    label: t('frequency'),
    number: true,
    sortBy: ({ core }) => core.frequencyHz,
    cell: ({ core }) => <Frequency hertz={core.frequencyHz} />,
  },
  {
    key: 'range',
    label: t('processor:cores.range'),
    number: true,
    room: 'optional',
    cell: ({ core: { minFrequencyHz, maxFrequencyHz } }) =>
      minFrequencyHz === null && maxFrequencyHz === null ? (
        <Dash reason={t('processor:noFrequency')} />
      ) : (
        `${showText(formatWithPrefix(minFrequencyHz, 'Hz'))} … ${showText(formatWithPrefix(maxFrequencyHz, 'Hz'))}`
      ),
  },
  {
    key: 'throttles',
    label: t('processor:slowedForHeat'),
    number: true,
    room: 'optional',
    sortBy: ({ core }) => core.throttles,
    cell: ({ core }) => (core.throttles === null ? <Dash /> : showText(formatCount(core.throttles))),
  },
];

function Frequency({ hertz }: { readonly hertz: number | null }) {
  return hertz === null ? (
    <Dash reason={t('processor:noFrequency')} />
  ) : (
    <>{showText(formatWithPrefix(hertz, 'Hz'))}</>
  );
}
