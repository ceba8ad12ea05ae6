import type { ContainerRaw } from '../../../shared/series/raw/container.ts';
import { formatCount } from '../../../shared/series/units.ts';
import { showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { formatMoment } from '../format-moment.ts';
import { deriveUsageColumns } from '../group-usage-columns.tsx';
import { Name } from '../name.tsx';
import { Remedy } from '../remedy.tsx';
import { SectionCard } from '../section-card.tsx';

/** Containers with what they use, as their control groups count it. */
export function ContainersPage() {
  const state = useTopic('container');
  return (
    <div className="sheet">
      <SectionCard title="Containers" area="containers" state={state}>
        {({ containers, namesRemedy }) => (
          <>
            {namesRemedy !== null && containers.length > 0 && (
              <div className="notice notice--inline" role="status">
                <strong>Their names are not known</strong>
                <Remedy text={namesRemedy} />
              </div>
            )}
            <DataTable
              label="Containers"
              testId="container-row"
              empty="No container runs here."
              columns={containerColumns}
              rows={containers}
              rowKey={({ id }) => id}
            />
          </>
        )}
      </SectionCard>
    </div>
  );
}

const containerColumns: readonly DataColumn<ContainerRaw>[] = [
  {
    key: 'name',
    label: 'Container',
    sortBy: ({ name, id }) => name ?? id,
    cell: ({ name, id }) => (
      <Name text={name ?? id.slice(0, 12)} title={name === null ? id : `${name}\n${id}`} />
    ),
  },
  {
    key: 'image',
    label: 'Image',
    optional: true,
    sortBy: ({ image }) => image,
    cell: ({ image }) => (image === null ? <Dash /> : <Name text={image} />),
  },
  {
    key: 'engine',
    label: 'Engine',
    optional: true,
    sortBy: ({ engine }) => engine,
    cell: ({ engine }) => engine,
  },
  ...deriveUsageColumns<ContainerRaw>(),
  {
    key: 'oom',
    label: 'Killed for memory',
    number: true,
    optional: true,
    sortBy: ({ oomKills }) => oomKills,
    cell: ({ oomKills }) =>
      oomKills === null ? (
        <Dash />
      ) : (
        <span className={oomKills > 0 ? 'alarm' : undefined}>{showText(formatCount(oomKills))}</span>
      ),
  },
  {
    key: 'started',
    label: 'Started',
    optional: true,
    sortBy: ({ startedWallMs }) => startedWallMs,
    cell: ({ startedWallMs }) => (startedWallMs === null ? <Dash /> : formatMoment(startedWallMs)),
  },
];
