import { useEffect } from 'react';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';
import { formatTime } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Icon } from '../../design/components/icon.tsx';
import { useSession, useStatus } from '../../session-context.ts';

/** A connection that was ended for good is begun anew with the page: a host that was updated serves another one. */
const reloadAfterMs = 60_000;

/** That nothing new comes, since when, and that it is tried for ever; large. Nothing while all is well. */
export function KioskNotice() {
  const { clock } = useSession();
  const { connection, lastSampleWallMs, welcome } = useStatus();
  const { phase } = connection;
  const isClosed = phase === 'closed';

  useEffect(() => {
    if (!isClosed) return undefined;
    const scope = new TaskScope('kiosk reload', { clock });
    scope.spawn('wait', async (signal) => {
      await clock.sleep(reloadAfterMs, signal);
      location.reload();
    });
    return () => void scope.close('there is a connection again');
  }, [isClosed, clock]);

  const isBeginning = lastSampleWallMs === null && (phase === 'idle' || phase === 'connecting');
  if (phase === 'live' || isBeginning || (lastSampleWallMs === null && phase === 'handshaking')) return null;
  const host = welcome?.host.name ?? t('kiosk:theHost');
  return (
    <div className="kiosk__notice" role="alert" data-testid="kiosk-notice">
      <Icon name="connection-lost" size={24} />
      <div>
        <p className="kiosk__notice-title">
          {phase === 'stale' ? t('kiosk:nothingNew', { host }) : t('kiosk:noConnection', { host })}
        </p>
        <p>
          {lastSampleWallMs !== null && t('kiosk:since', { time: formatTime(lastSampleWallMs) })}{' '}
          {t('kiosk:trying')}
        </p>
      </div>
    </div>
  );
}
