import type { ServiceRaw } from '../../../shared/series/raw/service.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { deriveUsageColumns, type GroupRow } from '../group-usage-columns.tsx';
import { Name } from '../name.tsx';
import { Remedy } from '../remedy.tsx';
import { RichText } from '../rich-text.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** In the order in which they want to be looked at. */
const stateOrder: readonly ServiceRaw['state'][] = [
  'failed',
  'activating',
  'deactivating',
  'reloading',
  'active',
  'unknown',
  'inactive',
];

/** Units of the service manager, those that failed first. */
export function ServicesPage() {
  const state = useTopic('service');
  const systemState = state.data?.systemState ?? null;
  const rated = state.rates?.status === 'ok' ? state.rates.services : null;
  const gap = state.rates?.status === 'gap' ? state.rates.reason : 'missing';
  return (
    <div className="sheet">
      <SectionCard
        title={t('services:title')}
        area="services-list"
        state={state}
        aside={
          systemState !== null && (
            <RichText text={t('services:whole')} parts={{ state: () => <Name text={systemState} /> }} />
          )
        }
      >
        {({ services, remedy }) => (
          <>
            {remedy !== null && (
              <div className="notice notice--inline" role="status">
                <strong>{t('services:onlyRunning')}</strong>
                <Remedy text={remedy} />
              </div>
            )}
            <Counts services={services} />
            <DataTable
              label={t('services:title')}
              testId="service-row"
              empty={t('services:none')}
              columns={serviceColumns()}
              rows={[...services].sort(byState).map((group): ServiceRow => {
                const own = rated?.get(group.name);
                return {
                  group,
                  rates: own?.status === 'ok' ? own : null,
                  gap: describeGap(own?.status === 'gap' ? own.reason : gap),
                };
              })}
              filterBy={filterBy}
              rowKey={({ group }) => group.name}
              rowState={({ group: { state: of } }) =>
                of === 'failed' ? 'bad' : of === 'inactive' ? 'quiet' : undefined
              }
            />
          </>
        )}
      </SectionCard>
    </div>
  );
}

/** What a row is found by. */
function filterBy({ group: { name, description, state } }: ServiceRow): string {
  return `${name} ${description ?? ''} ${state}`;
}

function Counts({ services }: { readonly services: readonly ServiceRaw[] }) {
  const counts = new Map<ServiceRaw['state'], number>();
  for (const { state } of services) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    <ul className="chips" aria-label={t('services:byState')}>
      {stateOrder
        .filter((state) => counts.has(state) || state === 'failed')
        .map((state) => {
          const count = counts.get(state) ?? 0;
          const tone = state === 'failed' && count > 0 ? ' is-alarming' : count === 0 ? ' is-none' : '';
          return (
            <li key={state} className={`chip${tone}`} data-testid={`services-${state}`} data-value={count}>
              <span>{t(`services:state.${state}`)}</span>
              <strong>{count}</strong>
            </li>
          );
        })}
    </ul>
  );
}

function byState(a: ServiceRaw, b: ServiceRaw): number {
  return (
    stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
    a.name.localeCompare(b.name, 'en', { numeric: true })
  );
}

type ServiceRow = GroupRow<ServiceRaw>;

const serviceColumns = (): readonly DataColumn<ServiceRow>[] => [
  {
    key: 'name',
    label: t('services:column.service'),
    sortBy: ({ group }) => group.name,
    cell: ({ group: { name, description } }) => (
      <Name text={name} title={description ? `${name}: ${description}` : name} />
    ),
  },
  {
    key: 'state',
    label: t('state'),
    sortBy: ({ group }) => stateOrder.indexOf(group.state),
    cell: ({ group: { state, detail } }) => (
      <span className={state === 'failed' ? 'alarm' : undefined}>
        {t(`services:state.${state}`)}
        {detail !== null && detail !== state && (
          <span className="quiet" translate="no">
            {' '}
            {showName(detail)}
          </span>
        )}
      </span>
    ),
  },
  ...deriveUsageColumns<ServiceRow>(),
  {
    key: 'description',
    label: t('services:column.description'),
    room: 'spare',
    sortBy: ({ group }) => group.description,
    cell: ({ group: { description } }) => (description === null ? <Dash /> : <Name text={description} />),
  },
];
