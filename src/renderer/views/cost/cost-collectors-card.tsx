import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatCount, formatMilliseconds, showText } from '../../../shared/series/units.ts';
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
    <SectionCard title="By collector" area="cost-collectors" state={state}>
      {({ collectors }) => (
        <DataTable
          label="Cost of each collector"
          testId="cost-collector-row"
          empty="There are no collectors."
          columns={collectorColumns}
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

const collectorColumns: readonly DataColumn<CollectorCost>[] = [
  { key: 'id', label: 'Collector', sortBy: ({ id }) => nameTopic(id), cell: ({ id }) => nameTopic(id) },
  {
    key: 'every',
    label: 'Every',
    number: true,
    sortBy: ({ intervalMs }) => intervalMs,
    cell: ({ wantedIntervalMs, intervalMs }) =>
      intervalMs === null ? (
        <Dash reason="nobody asks for it" />
      ) : (
        <span className={wantedIntervalMs !== null && intervalMs > wantedIntervalMs ? 'alarm' : undefined}>
          {intervalMs / 1_000} s
        </span>
      ),
  },
  {
    key: 'share',
    label: 'Of a core',
    number: true,
    sortBy: ({ busyShare }) => busyShare,
    cell: ({ busyShare }) => (busyShare === null ? <Dash /> : `${(busyShare * 100).toFixed(2)} %`),
  },
  {
    key: 'mean',
    label: 'A reading',
    number: true,
    sortBy: (row) => meanMs(row),
    cell: (row) => <Milliseconds ms={meanMs(row)} />,
  },
  {
    key: 'slowest',
    label: 'Slowest',
    number: true,
    room: 'optional',
    sortBy: ({ slowestMs }) => slowestMs,
    cell: ({ reads, slowestMs }) => <Milliseconds ms={reads > 0 ? slowestMs : null} />,
  },
  {
    key: 'reads',
    label: 'Readings',
    number: true,
    room: 'optional',
    sortBy: ({ reads }) => reads,
    cell: ({ reads }) => showText(formatCount(reads)),
  },
  {
    key: 'busy',
    label: 'In all',
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
  return ms === null ? <Dash reason="not read yet" /> : <>{showText(formatMilliseconds(ms))}</>;
}
