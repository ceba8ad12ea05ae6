import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatCount, showText } from '../../../shared/series/units.ts';
import { useStatus, useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type ViewerCost = CostRaw['clients'][number];

/** What each viewer is sent. */
export function CostViewersCard() {
  const state = useTopic('cost');
  const { welcome } = useStatus();
  return (
    <SectionCard title="By viewer" area="cost-viewers" state={state}>
      {({ clients }) => (
        <DataTable
          label="Cost of each viewer"
          testId="cost-viewer-row"
          empty="Nobody looks."
          columns={viewerColumns}
          rows={clients}
          rowKey={({ id }) => id}
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
    sortBy: ({ name, id }) => name || id,
    cell: ({ name, id }) => <Name text={name || id} title={id} />,
  },
  { key: 'kind', label: 'Kind', sortBy: ({ kind }) => kind, cell: ({ kind }) => kind },
  {
    key: 'bytes',
    label: 'Sent',
    number: true,
    sortBy: ({ sentBytes }) => sentBytes,
    cell: ({ sentBytes }) => showText(formatBytes(sentBytes)),
  },
  {
    key: 'frames',
    label: 'Messages',
    number: true,
    room: 'optional',
    sortBy: ({ sentFrames }) => sentFrames,
    cell: ({ sentFrames }) => showText(formatCount(sentFrames)),
  },
  {
    key: 'dropped',
    label: 'Left out',
    number: true,
    sortBy: ({ dropped }) => dropped,
    cell: ({ dropped }) => (
      <span className={dropped > 0 ? 'alarm' : undefined}>{showText(formatCount(dropped))}</span>
    ),
  },
];
