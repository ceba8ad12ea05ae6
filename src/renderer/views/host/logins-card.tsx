import type { LoginRaw } from '../../../shared/series/raw/login.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { formatMoment } from '../format-moment.ts';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type LoginSession = LoginRaw['sessions'][number];

/** Who is logged in, from where, and since when. */
export function LoginsCard() {
  const state = useTopic('login');
  return (
    <SectionCard title="Logged in" area="logins" state={state}>
      {({ sessions }) => (
        <DataTable
          label="Logged in"
          testId="login-row"
          empty="Nobody is logged in."
          columns={loginColumns}
          rows={sessions}
          rowKey={({ id }) => id}
        />
      )}
    </SectionCard>
  );
}

const kinds: Readonly<Record<LoginSession['kind'], string>> = {
  graphical: 'Desktop',
  terminal: 'Terminal',
  other: 'Other',
};

const loginColumns: readonly DataColumn<LoginSession>[] = [
  { key: 'user', label: 'User', sortBy: ({ user }) => user, cell: ({ user }) => <Name text={user} /> },
  {
    key: 'kind',
    label: 'Kind',
    room: 'optional',
    sortBy: ({ kind }) => kind,
    cell: ({ kind }) => kinds[kind],
  },
  {
    key: 'terminal',
    label: 'At',
    sortBy: ({ terminal }) => terminal,
    cell: ({ terminal }) =>
      terminal === null ? <Dash reason="without a terminal" /> : <Name text={terminal} />,
  },
  {
    key: 'from',
    label: 'From',
    sortBy: ({ remoteHost }) => remoteHost,
    cell: ({ remoteHost }) =>
      remoteHost === null ? <span className="quiet">this machine</span> : <Name text={remoteHost} />,
  },
  {
    key: 'since',
    label: 'Since',
    sortBy: ({ startedWallMs }) => startedWallMs,
    cell: ({ startedWallMs }) => (startedWallMs === null ? <Dash /> : formatMoment(startedWallMs)),
  },
  {
    key: 'leader',
    label: 'Process',
    number: true,
    room: 'optional',
    sortBy: ({ leaderPid }) => leaderPid,
    cell: ({ leaderPid }) => leaderPid ?? <Dash />,
  },
];
