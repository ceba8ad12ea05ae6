import type { LoginRaw } from '../../../shared/series/raw/login.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { formatMoment } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';

type LoginSession = LoginRaw['sessions'][number];

/** Who is logged in, from where, and since when. */
export function LoginsCard() {
  const state = useTopic('login');
  return (
    <SectionCard title={t('host:login.title')} area="logins" state={state}>
      {({ sessions }) => (
        <DataTable
          label={t('host:login.title')}
          testId="login-row"
          empty={t('host:login.none')}
          columns={loginColumns()}
          rows={sessions}
          rowKey={({ id }) => id}
        />
      )}
    </SectionCard>
  );
}

const loginColumns = (): readonly DataColumn<LoginSession>[] => [
  { key: 'user', label: t('user'), sortBy: ({ user }) => user, cell: ({ user }) => <Name text={user} /> },
  {
    key: 'kind',
    label: t('kind'),
    room: 'optional',
    sortBy: ({ kind }) => kind,
    cell: ({ kind }) => t(`host:login.${kind}`),
  },
  {
    key: 'terminal',
    label: t('host:login.at'),
    sortBy: ({ terminal }) => terminal,
    cell: ({ terminal }) =>
      terminal === null ? <Dash reason={t('host:login.noTerminal')} /> : <Name text={terminal} />,
  },
  {
    key: 'from',
    label: t('host:login.from'),
    sortBy: ({ remoteHost }) => remoteHost,
    cell: ({ remoteHost }) =>
      remoteHost === null ? <span className="quiet">{t('thisMachine')}</span> : <Name text={remoteHost} />,
  },
  {
    key: 'since',
    label: t('since'),
    sortBy: ({ startedWallMs }) => startedWallMs,
    cell: ({ startedWallMs }) => (startedWallMs === null ? <Dash /> : formatMoment(startedWallMs)),
  },
  {
    key: 'leader',
    label: t('process'),
    number: true,
    room: 'optional',
    sortBy: ({ leaderPid }) => leaderPid,
    cell: ({ leaderPid }) => leaderPid ?? <Dash />,
  },
];
