import type { DiagnosticsRaw } from '../../../shared/series/raw/diagnostics.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMilliseconds,
  showText,
} from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useStatus, useTopic } from '../../session-context.ts';
import { scopeWords } from '../access/scope-words.ts';
import { ChooseButton, useChosen } from '../chosen.tsx';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { StateWord } from '../state-word.tsx';
import { ConnectionDetails } from './connection-details.tsx';
import { kindWord, nameConnection } from './connection-words.ts';

export type Connection = DiagnosticsRaw['clients'][number];

/** Every live connection in a table, and one of them closely. */
export function ConnectionsCard() {
  const state = useTopic('diagnostics');
  const { welcome } = useStatus();
  const rows = state.data?.clients ?? [];
  const [chosen, choose] = useChosen(rows, ({ id }) => id);
  return (
    <SectionCard
      title={t('viewers:title')}
      area="connections"
      state={state}
      aside={t('viewers:live', { count: rows.length })}
    >
      {() => (
        <>
          {chosen && (
            <ConnectionDetails key={chosen.id} connection={chosen} isOwn={chosen.id === welcome?.sessionId} />
          )}
          <DataTable
            label={t('viewers:title')}
            testId="connection-row"
            empty={t('viewers:none')}
            columns={deriveColumns(chosen?.id, choose)}
            rows={rows}
            rowKey={({ id }) => id}
            rowState={({ state: phase }) => (phase === 'live' ? undefined : 'quiet')}
            chosenKey={chosen?.id}
          />
        </>
      )}
    </SectionCard>
  );
}

function deriveColumns(
  chosen: string | undefined,
  choose: (id: string) => void,
): readonly DataColumn<Connection>[] {
  const count = (
    key: 'dropped' | 'coalesced' | 'sent',
    label: string,
    room: DataColumn<Connection>['room'],
    isTrouble: boolean,
  ): DataColumn<Connection> => ({
    key,
    label,
    number: true,
    ...(room && { room }),
    sortBy: (of) => of[key],
    cell: (of) => (
      <span className={isTrouble && of[key] > 0 ? 'alarm' : undefined}>{showText(formatCount(of[key]))}</span>
    ),
  });
  return [
    {
      key: 'name',
      label: t('viewer'),
      sortBy: nameConnection,
      cell: (of) => (
        <ChooseButton name={of.id} label={nameConnection(of)} isChosen={of.id === chosen} onChoose={choose} />
      ),
    },
    {
      key: 'kind',
      label: t('kind'),
      room: 'spare',
      sortBy: ({ kind }) => kindWord(kind),
      cell: ({ kind }) => kindWord(kind),
    },
    {
      key: 'address',
      label: t('address'),
      room: 'optional',
      sortBy: ({ address }) => address,
      cell: ({ address }) => (address === null ? t('thisMachine') : <Name text={address} />),
    },
    {
      key: 'scope',
      label: t('viewers:maySee'),
      room: 'spare',
      sortBy: ({ scope }) => scopeWords(scope).label,
      cell: ({ scope }) => <span title={scopeWords(scope).meaning}>{scopeWords(scope).label}</span>,
    },
    {
      key: 'state',
      label: t('state'),
      sortBy: ({ state }) => state,
      cell: ({ state }) => <StateWord state={t(`viewers:state.${state}`)} good={state === 'live'} />,
    },
    {
      key: 'age',
      label: t('since'),
      number: true,
      room: 'ample',
      sortBy: ({ ageMs }) => ageMs,
      cell: ({ ageMs }) => formatDuration(ageMs / 1_000),
    },
    {
      key: 'roundTrip',
      label: t('viewers:roundTrip'),
      number: true,
      room: 'optional',
      sortBy: ({ roundTripMs }) => roundTripMs,
      cell: ({ roundTripMs }) =>
        roundTripMs === null ? <Dash reason={t('notMeasured')} /> : showText(formatMilliseconds(roundTripMs)),
    },
    {
      key: 'queued',
      label: t('viewers:queued'),
      number: true,
      room: 'spare',
      sortBy: ({ queuedBytes }) => queuedBytes,
      cell: ({ queuedBytes }) => showText(formatBytes(queuedBytes)),
    },
    count('sent', t('viewers:sent'), 'optional', false),
    count('coalesced', t('viewers:coalesced'), 'ample', false),
    count('dropped', t('viewers:dropped'), undefined, true),
  ];
}
