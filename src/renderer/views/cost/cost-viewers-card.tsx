import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatCount, formatTrafficPerSecond, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useStatus, useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { kindWord } from '../viewers/connection-words.ts';

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
    <SectionCard title={t('cost:byViewer')} area="cost-viewers" state={state}>
      {({ clients }) => (
        <DataTable
          label={t('cost:viewers.label')}
          testId="cost-viewer-row"
          empty={t('cost:viewers.none')}
          columns={viewerColumns()}
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

const viewerColumns = (): readonly DataColumn<ViewerCost>[] => [
  {
    key: 'name',
    label: t('viewer'),
    sortBy: ({ client: { name, id } }) => name || id,
    cell: ({ client: { name, id } }) => <Name text={name || id} title={id} />,
  },
  {
    key: 'kind',
    label: t('kind'),
    room: 'optional',
    sortBy: ({ client }) => kindWord(client.kind),
    cell: ({ client }) => kindWord(client.kind),
  },
  {
    key: 'rate',
    label: t('cost:viewers.sentNow'),
    number: true,
    sortBy: ({ sentBytesPerSecond }) => sentBytesPerSecond,
    cell: ({ sentBytesPerSecond }) =>
      sentBytesPerSecond === null ? <Dash /> : showText(formatTrafficPerSecond(sentBytesPerSecond)),
  },
  {
    key: 'bytes',
    label: t('cost:column.inAll'),
    number: true,
    room: 'optional',
    sortBy: ({ client }) => client.sentBytes,
    cell: ({ client }) => showText(formatBytes(client.sentBytes)),
  },
  {
    key: 'frames',
    label: t('cost:viewers.messages'),
    number: true,
    room: 'optional',
    sortBy: ({ client }) => client.sentFrames,
    cell: ({ client }) => showText(formatCount(client.sentFrames)),
  },
  {
    key: 'dropped',
    label: t('cost:viewers.leftOut'),
    number: true,
    sortBy: ({ client }) => client.dropped,
    cell: ({ client: { dropped } }) => (
      <span className={dropped > 0 ? 'alarm' : undefined}>{showText(formatCount(dropped))}</span>
    ),
  },
];
