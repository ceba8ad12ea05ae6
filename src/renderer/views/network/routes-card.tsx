import type { NetworkRaw } from '../../../shared/series/raw/network.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type Route = NetworkRaw['defaultRoutes'][number];

/** Where packets go that no other route takes. */
export function RoutesCard() {
  const state = useTopic('network');
  return (
    <SectionCard title={t('network:routes.title')} area="routes" width="half" state={state}>
      {({ defaultRoutes }) => (
        <DataTable
          label={t('network:routes.list')}
          testId="route-row"
          empty={t('network:routes.none')}
          columns={routeColumns()}
          rows={defaultRoutes}
          rowKey={({ family, interfaceName, gateway }) => `${family} ${interfaceName} ${gateway ?? ''}`}
        />
      )}
    </SectionCard>
  );
}

const routeColumns = (): readonly DataColumn<Route>[] => [
  {
    key: 'interface',
    label: t('network:column.interface'),
    cell: ({ interfaceName }) => <Name text={interfaceName} />,
  },
  { key: 'family', label: 'IP', cell: ({ family }) => (family === 'ipv4' ? 'IPv4' : 'IPv6') },
  {
    key: 'gateway',
    label: t('network:routes.through'),
    cell: ({ gateway }) =>
      gateway === null ? (
        <span className="quiet">{t('network:routes.directly')}</span>
      ) : (
        <Name text={gateway} />
      ),
  },
];
