import type { ListenerRaw } from '../../../shared/series/raw/socket.ts';
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
    <SectionCard title="Listening ports" area="listeners" width="half" state={state}>
      {({ listeners, listenersOmitted, listenersRemedy }) => (
        <>
          {listenersRemedy !== null && (
            <div className="notice notice--inline" role="status">
              <strong>Some belong to processes of other users</strong>
              <Remedy text={listenersRemedy} />
            </div>
          )}
          <DataTable
            label="Listening ports"
            testId="listener-row"
            empty="Nobody listens."
            columns={listenerColumns}
            rows={listeners}
            rowKey={({ protocol, address, port, pid }) => `${protocol} ${address} ${port} ${pid ?? ''}`}
          />
          {listenersOmitted > 0 && <p className="quiet">{listenersOmitted} more are not listed.</p>}
        </>
      )}
    </SectionCard>
  );
}

const listenerColumns: readonly DataColumn<ListenerRaw>[] = [
  { key: 'port', label: 'Port', number: true, sortBy: ({ port }) => port, cell: ({ port }) => port },
  {
    key: 'protocol',
    label: 'Protocol',
    sortBy: ({ protocol }) => protocol,
    cell: ({ protocol }) => protocol.toUpperCase(),
  },
  {
    key: 'address',
    label: 'Address',
    sortBy: ({ address }) => address,
    cell: ({ address }) => <Address address={address} />,
  },
  {
    key: 'process',
    label: 'Process',
    sortBy: ({ processName }) => processName,
    cell: ({ processName, pid }) =>
      processName === null ? (
        <Dash reason="not told to this user" />
      ) : (
        <Name text={processName} title={`${processName}, process ${pid}`} />
      ),
  },
  {
    key: 'pid',
    label: 'Number',
    number: true,
    room: 'optional',
    sortBy: ({ pid }) => pid,
    cell: ({ pid }) => pid ?? <Dash reason="not told to this user" />,
  },
  {
    key: 'user',
    label: 'User',
    room: 'optional',
    sortBy: ({ user }) => user,
    cell: ({ user }) => (user === null ? <Dash /> : <Name text={user} />),
  },
];

/** Every address of the machine is not an address that one would look for. */
function Address({ address }: { readonly address: string }) {
  const isEvery = address === '0.0.0.0' || address === '::' || address === '*';
  return isEvery ? <span title={address}>every address</span> : <Name text={address} />;
}
