import { useState } from 'react';
import { formatBytes, formatDuration, showText } from '../../../shared/series/units.ts';
import { scopeWords } from '../access/scope-words.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { BytesTile, CountTile, FactGrid, FactTile, MillisecondsTile } from '../facts.tsx';
import { Name } from '../name.tsx';
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
          {[
            kindWord(kind),
            address === null ? 'this machine' : showName(address),
            scopeWords[scope].label,
          ].join(' · ')}
          {isOwn && ' · this page'}
        </span>
        {disconnect && kind === 'socket' && (
          <button
            type="button"
            className="details__deed"
            data-testid="disconnect"
            onClick={() => setAsking(true)}
          >
            Disconnect
          </button>
        )}
      </div>
      <FactGrid>
        <MillisecondsTile
          label="Round trip"
          raw={connection.roundTripMs}
          testId="round-trip"
          reason="not measured yet"
        />
        <BytesTile
          label="Queued"
          raw={connection.queuedBytes}
          testId="queued"
          note={`${connection.unacknowledged} not acknowledged`}
        />
        <CountTile
          label="Samples sent"
          raw={connection.sent}
          testId="sent"
          note={`${showText(formatBytes(connection.sentBytes))} as ${encoding === 'json' ? 'JSON' : 'compact'}`}
        />
        <CountTile
          label="Dropped"
          raw={connection.dropped}
          testId="dropped"
          note="replaced by newer ones"
          alarming={connection.dropped > 0}
        />
        <CountTile
          label="Coalesced"
          raw={connection.coalesced}
          testId="coalesced"
          note="sent in their place"
        />
        <CountTile label="Subscriptions" raw={connection.subscriptions} testId="subscriptions" />
        <CountTile label="Tasks owned" raw={connection.tasks.length} testId="tasks" />
        <CountTile label="Resources" raw={connection.resources} testId="resources" note="that end with it" />
        <Held connection={connection} />
      </FactGrid>
      <div className="fact-groups">
        <Transitions connection={connection} />
        <Tasks tasks={connection.tasks} />
      </div>
      {lastError !== null && (
        <p className="notice notice--inline" data-testid="last-error">
          <strong>Last error:</strong> {showName(lastError)}
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
      label="Holds"
      shown={{ value: String(timers), unit: timers === 1 ? 'timer' : 'timers' }}
      raw={timers}
      testId="ledger"
      note={`${requests} requests, ${showText(formatBytes(bufferedBytes))} buffered`}
    />
  );
}

function Transitions({ connection: { state, transitions, ageMs } }: { readonly connection: Connection }) {
  const sinceMs = transitions.at(-1)?.agoMs ?? ageMs;
  return (
    <details className="transitions">
      <summary>
        State <strong>{state}</strong> for {formatDuration(sinceMs / 1_000)}
      </summary>
      {transitions.length === 0 ? (
        <p className="empty">Nothing has changed since it came.</p>
      ) : (
        <ol data-testid="transitions">
          {transitions.map(({ state: to, event, agoMs }, at) => (
            <li key={at}>
              <strong>{to}</strong>
              <span className="quiet">{showName(event)}</span>
              <span className="number">{formatDuration(agoMs / 1_000)} ago</span>
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
      <summary>
        <strong>{tasks.length}</strong> {tasks.length === 1 ? 'task' : 'tasks'} of its own
      </summary>
      <ol>
        {tasks.map(({ name, ageMs, errors, lastError }) => (
          <li key={name}>
            <strong>{showName(name)}</strong>
            <span className={errors > 0 ? 'alarm' : 'quiet'}>
              {errors > 0 ? `${errors} errors: ${showName(lastError ?? '')}` : 'no error'}
            </span>
            <span className="number">{formatDuration(ageMs / 1_000)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
