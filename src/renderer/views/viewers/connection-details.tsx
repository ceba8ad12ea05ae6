import { useState } from 'react';
import { formatBytes, formatDuration, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { scopeWords } from '../access/scope-words.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { BytesTile, CountTile, FactGrid, FactTile, MillisecondsTile } from '../facts.tsx';
import { HostText } from '../host-text.tsx';
import { Name } from '../name.tsx';
import { RichText } from '../rich-text.tsx';
import { showName } from '../show-name.ts';
import { kindWord, nameConnection } from './connection-words.ts';
import type { Connection } from './connections-card.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';

export interface ConnectionDetailsProps {
  readonly connection: Connection;
  /** Whether it is this page's own. */
  readonly isOwn: boolean;
}

/** Everything that the host knows of one connection, and its end. */
export function ConnectionDetails({ connection, isOwn }: ConnectionDetailsProps) {
  const disconnect = useAccessMethod('client.disconnect');
  const [isAsking, setAsking] = useState(false);
  const { id, kind, address, scope, encoding, lastError } = connection;
  return (
    <div className="details" data-testid="connection-details" data-name={id}>
      <div className="details__header">
        <h3>
          <Name text={nameConnection(connection)} />
        </h3>
        <span className="quiet">
          {kindWord(kind)} · {address === null ? t('thisMachine') : <Name text={address} />} ·{' '}
          {scopeWords(scope).label}
          {isOwn && ` · ${t('viewers:thisPage')}`}
        </span>
        {disconnect && kind === 'socket' && (
          <span className="details__deed">
            <Button data-testid="disconnect" onClick={() => setAsking(true)}>
              {t('viewers:disconnect.verb')}
            </Button>
          </span>
        )}
      </div>
      <FactGrid>
        <MillisecondsTile
          label={t('viewers:roundTrip')}
          raw={connection.roundTripMs}
          testId="round-trip"
          reason={t('notMeasured')}
        />
        <BytesTile
          label={t('viewers:queued')}
          raw={connection.queuedBytes}
          testId="queued"
          note={t('viewers:details.unacknowledged', { count: connection.unacknowledged })}
        />
        <CountTile
          label={t('viewers:details.samples')}
          raw={connection.sent}
          testId="sent"
          note={t(`viewers:details.as.${encoding === 'json' ? 'json' : 'compact'}`, {
            size: showText(formatBytes(connection.sentBytes)),
          })}
        />
        <CountTile
          label={t('viewers:dropped')}
          raw={connection.dropped}
          testId="dropped"
          note={t('viewers:details.droppedNote')}
          alarming={connection.dropped > 0}
        />
        <CountTile
          label={t('viewers:coalesced')}
          raw={connection.coalesced}
          testId="coalesced"
          note={t('viewers:details.coalescedNote')}
        />
        <CountTile
          label={t('viewers:details.subscriptions')}
          raw={connection.subscriptions}
          testId="subscriptions"
        />
        <CountTile label={t('viewers:details.tasks')} raw={connection.tasks.length} testId="tasks" />
        <CountTile
          label={t('viewers:details.resources')}
          raw={connection.resources}
          testId="resources"
          note={t('viewers:details.resourcesNote')}
        />
        <Held connection={connection} />
      </FactGrid>
      <div className="fact-groups">
        <Transitions connection={connection} />
        <Tasks tasks={connection.tasks} />
      </div>
      {lastError !== null && (
        <p className="notice notice--inline" data-testid="last-error">
          <strong>{t('viewers:details.lastError')}</strong> <HostText text={lastError} />
        </p>
      )}
      {isAsking && disconnect && (
        <DisconnectDialog
          connection={connection}
          isOwn={isOwn}
          onDisconnect={() => disconnect({ id })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

/** What it holds of the host, of which nothing may be left at its end. */
function Held({ connection: { ledger } }: { readonly connection: Connection }) {
  const { timers, requests, bufferedBytes } = ledger;
  return (
    <FactTile
      label={t('viewers:details.holds')}
      shown={{ value: t('viewers:details.timers', { count: timers }), unit: '' }}
      raw={timers}
      testId="ledger"
      note={t('viewers:details.holdsNote', {
        count: requests,
        size: showText(formatBytes(bufferedBytes)),
      })}
    />
  );
}

function Transitions({ connection: { state, transitions, ageMs } }: { readonly connection: Connection }) {
  const sinceMs = transitions.at(-1)?.agoMs ?? ageMs;
  return (
    <details className="transitions">
      <summary>
        <RichText
          text={t('viewers:details.stateFor', { time: formatDuration(sinceMs / 1_000) })}
          parts={{ state: () => <strong>{t(`viewers:state.${state}`)}</strong> }}
        />
      </summary>
      {transitions.length === 0 ? (
        <p className="empty">{t('viewers:details.unchanged')}</p>
      ) : (
        <ol data-testid="transitions">
          {transitions.map(({ state: to, event, agoMs }, at) => (
            <li key={at}>
              <strong>{t(`viewers:state.${to}`)}</strong>
              <span className="quiet" lang="en">
                {showName(event)}
              </span>
              <span className="number">{t('ago', { time: formatDuration(agoMs / 1_000) })}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function Tasks({ tasks }: Pick<Connection, 'tasks'>) {
  return (
    <details className="transitions">
      <summary>{t('viewers:details.ownTasks', { count: tasks.length })}</summary>
      <ol>
        {tasks.map(({ name, ageMs, errors, lastError }) => (
          <li key={name}>
            <strong translate="no">{showName(name)}</strong>
            <span className={errors > 0 ? 'alarm' : 'quiet'}>
              {errors === 0 ? (
                t('viewers:details.noError')
              ) : (
                <>
                  {t('errors', { count: errors })}: <HostText text={lastError ?? ''} />
                </>
              )}
            </span>
            <span className="number">{formatDuration(ageMs / 1_000)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
