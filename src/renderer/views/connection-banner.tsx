import { t } from '../../shared/texts/texts.ts';
import { useSecondsTick, useSession, useStatus } from '../session-context.ts';
import type { SessionStatus } from '../session.ts';

/** Whether what is shown may be old. */
export function isStale({ connection, lastSampleWallMs }: SessionStatus): boolean {
  return lastSampleWallMs !== null && connection.phase !== 'live';
}

/** One word on the connection. */
export function ConnectionPill() {
  const { connection } = useStatus();
  const { phase } = connection;
  return (
    <span className={`pill pill--${phase}`} data-testid="connection-state" data-phase={phase} role="status">
      <span className="pill__dot" aria-hidden="true" />
      {t(`connection.${phase}`)}
    </span>
  );
}

/** What happened to the connection, since when, and what comes next; nothing while all is well. Covers no layout. */
export function ConnectionBanner() {
  const session = useSession();
  const status = useStatus();
  const { connection, retryAtMs, lastSampleWallMs, refusal } = status;
  const nowMs = useSecondsTick(connection.phase === 'backoff');
  const since =
    lastSampleWallMs === null
      ? ''
      : ` Stale since ${new Date(lastSampleWallMs).toLocaleTimeString(undefined, { timeStyle: 'medium' })}.`;
  const { phase } = connection;
  if (phase === 'live') return refusal === null ? null : <Banner text={refusal} />;
  if (phase === 'backoff') {
    const seconds = Math.max(0, Math.ceil(((retryAtMs ?? nowMs) - nowMs) / 1_000));
    return (
      <Banner text={`${connection.reason.message}${since} Reconnecting in ${seconds} s.`}>
        <button type="button" onClick={() => session.retryNow()}>
          Try now
        </button>
      </Banner>
    );
  }
  if (phase === 'stale') return <Banner text={`Nothing new arrives.${since}`} />;
  if (phase === 'closed') {
    return (
      <Banner text={`${connection.reason.message}${since}`}>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </Banner>
    );
  }
  return since === '' ? null : <Banner text={`Connecting again.${since}`} />;
}

function Banner({ text, children }: { readonly text: string; readonly children?: React.ReactNode }) {
  return (
    <div className="banner" data-testid="connection-banner">
      <span>{text}</span>
      {children}
    </div>
  );
}
