import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatDecimals } from '../../../shared/series/formats.ts';
import { formatCount, formatInterval, formatMilliseconds, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { nameTopic } from '../topic-names.ts';

type CollectorCost = CostRaw['collectors'][number] & { readonly busyShare: number | null };

/** What each subject costs to read. */
export function CostCollectorsCard() {
  const state = useTopic('cost');
  const known = state.rates?.status === 'ok' ? state.rates.collectors : null;
  return (
    <SectionCard title={t('cost:byCollector')} area="cost-collectors" state={state}>
      {({ collectors }) => (
        <DataTable
          label={t('cost:collectors.label')}
          testId="cost-collector-row"
          empty={t('noCollectors')}
          columns={collectorColumns()}
          rows={collectors.map((collector): CollectorCost => {
            const rated = known?.get(collector.id);
            return { ...collector, busyShare: rated?.status === 'ok' ? rated.busyShare : null };
          })}
          rowKey={({ id }) => id}
          rowState={({ wantedIntervalMs }) => (wantedIntervalMs === null ? 'quiet' : undefined)}
        />
      )}
    </SectionCard>
  );
}

const collectorColumns = (): readonly DataColumn<CollectorCost>[] => [
  { key: 'id', label: t('collector'), sortBy: ({ id }) => nameTopic(id), cell: ({ id }) => nameTopic(id) },
  {
    key: 'every',
    label: t('every'),
    number: true,
    sortBy: ({ intervalMs }) => intervalMs,
    cell: ({ wantedIntervalMs, intervalMs }) =>
      intervalMs === null ? (
        <Dash reason={t('cost:collectors.unasked')} />
      ) : (
        <span className={wantedIntervalMs !== null && intervalMs > wantedIntervalMs ? 'alarm' : undefined}>
          {showText(formatInterval(intervalMs))}
        </span>
      ),
  },
  {
    key: 'share',
    label: t('cost:column.ofCore'),
    number: true,
    sortBy: ({ busyShare }) => busyShare,
    cell: ({ busyShare }) =>
      busyShare === null ? <Dash /> : showText({ value: formatDecimals(busyShare * 100, 2), unit: '%' }),
  },
  {
    key: 'mean',
    label: t('cost:collectors.mean'),
    number: true,
    sortBy: (row) => meanMs(row),
    cell: (row) => <Milliseconds ms={meanMs(row)} />,
  },
  {
    key: 'slowest',
    label: t('cost:collectors.slowest'),
    number: true,
    room: 'optional',
    sortBy: ({ slowestMs }) => slowestMs,
    cell: ({ reads, slowestMs }) => <Milliseconds ms={reads > 0 ? slowestMs : null} />,
  },
  {
    key: 'reads',
    label: t('cost:collectors.readings'),
    number: true,
    room: 'optional',
    sortBy: ({ reads }) => reads,
    cell: ({ reads }) => showText(formatCount(reads)),
  },
  {
    key: 'busy',
    label: t('cost:column.inAll'),
    number: true,
    room: 'optional',
    sortBy: ({ busyMs }) => busyMs,
    cell: ({ busyMs }) => showText(formatMilliseconds(busyMs)),
  },
];

function meanMs({ reads, busyMs }: CollectorCost): number | null {
  return reads > 0 ? busyMs / reads : null;
}

function Milliseconds({ ms }: { readonly ms: number | null }) {
  return ms === null ? (
    <Dash reason={t('cost:collectors.notRead')} />
  ) : (
    <>{showText(formatMilliseconds(ms))}</>
  );
}
