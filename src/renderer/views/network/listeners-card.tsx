import type { ListenerRaw } from '../../../shared/series/raw/socket.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { Remedy } from '../remedy.tsx';
import { SectionCard } from '../section-card.tsx';

/** Ports that somebody listens on, and who. */
export function ListenersCard() {
  const state = useTopic('socket');
  return (
    <SectionCard title={t('network:listeners.title')} area="listeners" width="half" state={state}>
      {({ listeners, listenersOmitted, listenersRemedy }) => (
        <>
          {listenersRemedy !== null && (
            <div className="notice notice--inline" role="status">
              <strong>{t('network:listeners.others')}</strong>
              <Remedy text={listenersRemedy} />
            </div>
          )}
          <DataTable
            label={t('network:listeners.title')}
            testId="listener-row"
            empty={t('network:listeners.none')}
            columns={listenerColumns()}
            rows={listeners}
            rowKey={({ protocol, address, port, pid }) => `${protocol} ${address} ${port} ${pid ?? ''}`}
          />
          {listenersOmitted > 0 && (
            <p className="quiet">{t('network:listeners.omitted', { count: listenersOmitted })}</p>
          )}
        </>
      )}
    </SectionCard>
  );
}

const listenerColumns = (): readonly DataColumn<ListenerRaw>[] => [
  {
    key: 'port',
    label: t('network:listeners.port'),
    number: true,
    sortBy: ({ port }) => port,
    cell: ({ port }) => port,
  },
  {
    key: 'protocol',
    label: t('network:listeners.protocol'),
    sortBy: ({ protocol }) => protocol,
    cell: ({ protocol }) => protocol.toUpperCase(),
  },
  {
    key: 'address',
    label: t('address'),
    sortBy: ({ address }) => address,
    cell: ({ address }) => <Address address={address} />,
  },
  {
    key: 'process',
    label: t('process'),
    sortBy: ({ processName }) => processName,
    cell: ({ processName, pid }) =>
      processName === null ? (
        <Dash reason={t('network:listeners.notTold')} />
      ) : (
        <Name text={processName} title={t('processOf', { name: processName, pid })} />
      ),
  },
  {
    key: 'pid',
    label: 'PID',
    number: true,
    room: 'optional',
    sortBy: ({ pid }) => pid,
    cell: ({ pid }) => pid ?? <Dash reason={t('network:listeners.notTold')} />,
  },
  {
    key: 'user',
    label: t('user'),
    room: 'optional',
    sortBy: ({ user }) => user,
    cell: ({ user }) => (user === null ? <Dash /> : <Name text={user} />),
  },
];

/** Every address of the machine is not an address that one would look for. */
function Address({ address }: { readonly address: string }) {
  const isEvery = address === '0.0.0.0' || address === '::' || address === '*';
  return isEvery ? (
    <span title={address}>{t('network:listeners.everyAddress')}</span>
  ) : (
    <Name text={address} />
  );
}
