import type { ServiceRaw } from '../../../shared/series/raw/service.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { deriveUsageColumns, type GroupRow } from '../group-usage-columns.tsx';
import { Name } from '../name.tsx';
import { Remedy } from '../remedy.tsx';
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
        title="Services"
        area="services-list"
        state={state}
        aside={systemState !== null && `the whole is ${showName(systemState)}`}
      >
        {({ services, remedy }) => (
          <>
            {remedy !== null && (
              <div className="notice notice--inline" role="status">
                <strong>Only running services are listed</strong>
                <Remedy text={remedy} />
              </div>
            )}
            <Counts services={services} />
            <DataTable
              label="Services"
              testId="service-row"
              empty="The service manager knows of no service."
              columns={serviceColumns}
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
    <ul className="chips" aria-label="Services by state">
      {stateOrder
        .filter((state) => counts.has(state) || state === 'failed')
        .map((state) => {
          const count = counts.get(state) ?? 0;
          const tone = state === 'failed' && count > 0 ? ' is-alarming' : count === 0 ? ' is-none' : '';
          return (
            <li key={state} className={`chip${tone}`} data-testid={`services-${state}`} data-value={count}>
              <span>{state}</span>
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

const serviceColumns: readonly DataColumn<ServiceRow>[] = [
  {
    key: 'name',
    label: 'Service',
    sortBy: ({ group }) => group.name,
    cell: ({ group: { name, description } }) => (
      <Name text={name} title={description ? `${name}: ${description}` : name} />
    ),
  },
  {
    key: 'state',
    label: 'State',
    sortBy: ({ group }) => stateOrder.indexOf(group.state),
    cell: ({ group: { state, detail } }) => (
      <span className={state === 'failed' ? 'alarm' : undefined}>
        {state}
        {detail !== null && detail !== state && <span className="quiet"> {showName(detail)}</span>}
      </span>
    ),
  },
  ...deriveUsageColumns<ServiceRow>(),
  {
    key: 'description',
    label: 'What it is',
    room: 'spare',
    sortBy: ({ group }) => group.description,
    cell: ({ group: { description } }) => (description === null ? <Dash /> : <Name text={description} />),
  },
];
