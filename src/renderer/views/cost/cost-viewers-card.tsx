import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatBytesPerSecond, formatCount, showText } from '../../../shared/series/units.ts';
import { useStatus, useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

interface ViewerCost {
  readonly client: CostRaw['clients'][number];
  readonly sentBytesPerSecond: number | null;
}

/** What each viewer is sent. */
export function CostViewersCard() {
  const state = useTopic('cost');
  const { welcome } = useStatus();
  const known = state.rates?.status === 'ok' ? state.rates.clients : null;
  return (
    <SectionCard title="By viewer" area="cost-viewers" state={state}>
      {({ clients }) => (
        <DataTable
          label="Cost of each viewer"
          testId="cost-viewer-row"
          empty="Nobody looks."
          columns={viewerColumns}
          rows={clients.map((client): ViewerCost => {
            const rated = known?.get(client.id);
            return { client, sentBytesPerSecond: rated?.status === 'ok' ? rated.sentBytesPerSecond : null };
          })}
          rowKey={({ client }) => client.id}
          chosenKey={welcome?.sessionId}
        />
      )}
    </SectionCard>
  );
}

const viewerColumns: readonly DataColumn<ViewerCost>[] = [
  {
    key: 'name',
    label: 'Viewer',
    sortBy: ({ client: { name, id } }) => name || id,
    cell: ({ client: { name, id } }) => <Name text={name || id} title={id} />,
  },
  {
    key: 'kind',
    label: 'Kind',
    room: 'optional',
    sortBy: ({ client }) => client.kind,
    cell: ({ client }) => <Name text={client.kind} />,
  },
  {
    key: 'rate',
    label: 'Sent now',
    number: true,
    sortBy: ({ sentBytesPerSecond }) => sentBytesPerSecond,
    cell: ({ sentBytesPerSecond }) =>
      sentBytesPerSecond === null ? <Dash /> : showText(formatBytesPerSecond(sentBytesPerSecond)),
  },
  {
    key: 'bytes',
    label: 'In all',
    number: true,
    room: 'optional',
    sortBy: ({ client }) => client.sentBytes,
    cell: ({ client }) => showText(formatBytes(client.sentBytes)),
  },
  {
    key: 'frames',
    label: 'Messages',
    number: true,
    room: 'optional',
    sortBy: ({ client }) => client.sentFrames,
    cell: ({ client }) => showText(formatCount(client.sentFrames)),
  },
  {
    key: 'dropped',
    label: 'Left out',
    number: true,
    sortBy: ({ client }) => client.dropped,
    cell: ({ client: { dropped } }) => (
      <span className={dropped > 0 ? 'alarm' : undefined}>{showText(formatCount(dropped))}</span>
    ),
  },
];
