import { formatDuration, formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';
import { useSecondsTick, useSession, useStatus } from '../session-context.ts';
import type { SessionStatus } from '../session.ts';
import { HostText } from './host-text.tsx';

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
  const { phase } = connection;
  const since = lastSampleWallMs !== null && (
    <> {t('states:staleSince', { time: formatTime(lastSampleWallMs) })}</>
  );
  if (phase === 'live') {
    if (refusal === null) return null;
    return (
      <Banner>
        <HostText text={refusal} />
      </Banner>
    );
  }
  if (phase === 'backoff') {
    const seconds = Math.max(0, Math.ceil(((retryAtMs ?? nowMs) - nowMs) / 1_000));
    const button = <Button onClick={() => session.retryNow()}>{t('states:tryNow')}</Button>;
    return (
      <Banner button={button}>
        <HostText text={connection.reason.message} />
        {since} {t('states:reconnecting', { time: formatDuration(seconds) })}
      </Banner>
    );
  }
  if (phase === 'stale') {
    return (
      <Banner>
        {t('states:nothingNew')}
        {since}
      </Banner>
    );
  }
  if (phase === 'closed') {
    const button = <Button onClick={() => location.reload()}>{t('states:reload')}</Button>;
    return (
      <Banner button={button}>
        <HostText text={connection.reason.message} />
        {since}
      </Banner>
    );
  }
  if (!since) return null;
  return (
    <Banner>
      {t('states:connectingAgain')}
      {since}
    </Banner>
  );
}

function Banner({
  button,
  children,
}: {
  readonly button?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  return (
    <section className="banner" aria-label={t('keys:landmarks.connection')} data-testid="connection-banner">
      <span>{children}</span>
      {button}
    </section>
  );
}
