import type { NetworkRaw } from '../../../shared/series/raw/network.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type Route = NetworkRaw['defaultRoutes'][number];

/** Where packets go that no other route takes. */
export function RoutesCard() {
  const state = useTopic('network');
  return (
    <SectionCard title="Default route" area="routes" width="half" state={state}>
      {({ defaultRoutes }) => (
        <DataTable
          label="Default routes"
          testId="route-row"
          empty="There is no default route: nothing outside this machine's own networks can be reached."
          columns={routeColumns}
          rows={defaultRoutes}
          rowKey={({ family, interfaceName, gateway }) => `${family} ${interfaceName} ${gateway ?? ''}`}
        />
      )}
    </SectionCard>
  );
}

const routeColumns: readonly DataColumn<Route>[] = [
  { key: 'interface', label: 'Interface', cell: ({ interfaceName }) => <Name text={interfaceName} /> },
  { key: 'family', label: 'Family', cell: ({ family }) => (family === 'ipv4' ? 'IPv4' : 'IPv6') },
  {
    key: 'gateway',
    label: 'Through',
    cell: ({ gateway }) =>
      gateway === null ? <span className="quiet">directly</span> : <Name text={gateway} />,
  },
];
