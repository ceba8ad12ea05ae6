import type { ContainerRaw } from '../../../shared/series/raw/container.ts';
import type { ContainerRates } from '../../../shared/series/rates/container.ts';
import { formatCount, formatMoment, formatShare, showText } from '../../../shared/series/units.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { deriveUsageColumns, type GroupRow } from '../group-usage-columns.tsx';
import { Name } from '../name.tsx';
import { Remedy } from '../remedy.tsx';
import { SectionCard } from '../section-card.tsx';

interface ContainerRow extends GroupRow<ContainerRaw> {
  readonly rates: ContainerRates | null;
}

/** Containers with what they use, as their control groups count it. */
export function ContainersPage() {
  const state = useTopic('container');
  const rated = state.rates?.status === 'ok' ? state.rates.containers : null;
  const gap = state.rates?.status === 'gap' ? state.rates.reason : 'missing';
  return (
    <div className="sheet">
      <SectionCard title={t('containers:title')} area="containers" state={state}>
        {({ containers, namesRemedy }) => (
          <>
            {namesRemedy !== null && containers.length > 0 && (
              <div className="notice notice--inline" role="status">
                <strong>{t('containers:noNames')}</strong>
                <Remedy text={namesRemedy} />
              </div>
            )}
            <DataTable
              label={t('containers:title')}
              testId="container-row"
              empty={t('containers:none')}
              columns={containerColumns()}
              rows={containers.map((group): ContainerRow => {
                const own = rated?.get(group.id);
                return {
                  group,
                  rates: own?.status === 'ok' ? own : null,
                  gap: describeGap(own?.status === 'gap' ? own.reason : gap),
                };
              })}
              filterBy={filterBy}
              rowKey={({ group }) => group.id}
            />
          </>
        )}
      </SectionCard>
    </div>
  );
}

/** What a row is found by. */
function filterBy({ group: { name, id, image, engine } }: ContainerRow): string {
  return `${name ?? ''} ${id} ${image ?? ''} ${engine}`;
}

const containerColumns = (): readonly DataColumn<ContainerRow>[] => [
  {
    key: 'name',
    label: t('containers:column.container'),
    sortBy: ({ group: { name, id } }) => name ?? id,
    cell: ({ group: { name, id, engine } }) => (
      <Name text={name ?? id.slice(0, 12)} title={`${name ?? ''} ${id} (${engine})`.trim()} />
    ),
  },
  {
    key: 'image',
    label: t('containers:column.image'),
    room: 'spare',
    sortBy: ({ group }) => group.image,
    cell: ({ group: { image } }) => (image === null ? <Dash /> : <Name text={image} />),
  },
  {
    key: 'engine',
    label: t('containers:column.engine'),
    room: 'ample',
    sortBy: ({ group }) => group.engine,
    cell: ({ group }) => <Name text={group.engine} />,
  },
  {
    key: 'course',
    label: 'CPU',
    room: 'optional',
    cell: ({ group: { id, limitCores } }) => (
      <span className="course">
        <Sparkline
          ringKey={`container/${id}`}
          column={columns.container.cpu}
          max={limitCores ?? 1}
          color="series-user"
        />
      </span>
    ),
  },
  ...deriveUsageColumns<ContainerRow>(),
  {
    key: 'throttled',
    label: t('containers:column.throttled'),
    number: true,
    room: 'optional',
    sortBy: ({ rates }) => rates && rates.throttledShare,
    cell: ({ rates, gap }) => {
      const share = rates && rates.throttledShare;
      if (share === null) return <Dash reason={rates ? t('containers:noLimit') : gap} />;
      return (
        <span className={share > 0 ? 'alarm' : undefined} title={t('containers:ofWanted')}>
          {showText(formatShare(share))}
        </span>
      );
    },
  },
  {
    key: 'oom',
    label: t('oomKills'),
    number: true,
    room: 'spare',
    sortBy: ({ group }) => group.oomKills,
    cell: ({ group: { oomKills } }) =>
      oomKills === null ? (
        <Dash />
      ) : (
        <span className={oomKills > 0 ? 'alarm' : undefined}>{showText(formatCount(oomKills))}</span>
      ),
  },
  {
    key: 'started',
    label: t('started'),
    room: 'ample',
    sortBy: ({ group }) => group.startedWallMs,
    cell: ({ group: { startedWallMs } }) => (startedWallMs === null ? <Dash /> : formatMoment(startedWallMs)),
  },
];
