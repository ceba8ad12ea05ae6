import type { TcpStates } from '../../../shared/series/raw/socket.ts';
import { formatCount, formatDuration, formatShare, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { BytesTile, CountTile, FactGrid, RateTile, ShareTile } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { formatTick } from '../../charts/format-tick.ts';

const tcpStateNames: readonly (keyof TcpStates)[] = [
  'established',
  'listen',
  'timeWait',
  'closeWait',
  'synSent',
  'synReceived',
  'finWait1',
  'finWait2',
  'lastAck',
  'closing',
  'closed',
];

const retransmitSeries = (): readonly ChartSeries[] => [
  { label: t('network:sockets.sentAgain'), column: columns.socket.retransmitted, color: 'series-out' },
];

/** Connections by state, and how well they get through. */
export function SocketsCard() {
  const state = useTopic('socket');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard
      title={t('network:sockets.title')}
      area="sockets"
      width="tall"
      state={state}
      aside={<ChartSpan />}
    >
      {({ tcpStates, tablesAgeMs, udpSockets, unixSockets, tcpMemoryBytes }) => (
        <>
          {tcpStates === null ? (
            <p className="quiet">{t('network:sockets.noStates')}</p>
          ) : (
            <ul className="chips" aria-label={t('network:sockets.byState')} data-testid="tcp-states">
              {tcpStateNames.map((key) => (
                <li
                  key={key}
                  className={tcpStates[key] === 0 ? 'chip is-none' : 'chip'}
                  data-value={tcpStates[key]}
                >
                  <span>{t(`network:tcp.${key}`)}</span>
                  <strong>{showText(formatCount(tcpStates[key]))}</strong>
                </li>
              ))}
            </ul>
          )}
          {tablesAgeMs !== null && tablesAgeMs > 2_000 && (
            <p className="quiet">
              {t('network:sockets.counted', { age: formatDuration(tablesAgeMs / 1_000) })}
            </p>
          )}
          <TimeChart
            label={t('network:sockets.chart')}
            size="medium"
            ringKey="socket"
            series={retransmitSeries()}
            stacked={false}
            max={{ kind: 'decimal', least: 0.01 }}
            measure="share"
            formatTick={(value) => formatTick(formatShare(value))}
          />
          <FactGrid>
            <RateTile
              label={t('network:sockets.segmentsSent')}
              testId="segments-sent"
              raw={rates?.sentSegmentsPerSecond}
            />
            <RateTile
              label={t('network:sockets.segmentsReceived')}
              testId="segments-received"
              raw={rates?.receivedSegmentsPerSecond}
            />
            <ShareTile
              label={t('network:sockets.sentAgain')}
              testId="retransmitted"
              color="series-out"
              raw={rates?.retransmittedShare}
              reason={rates ? t('network:sockets.nothingSent') : t('notTold')}
              note={t('network:sockets.ofSent')}
              alarming={(rates?.retransmittedShare ?? 0) > 0.05}
            />
            <RateTile
              label={t('network:sockets.opened')}
              testId="active-opens"
              raw={rates?.activeOpensPerSecond}
            />
            <RateTile
              label={t('network:sockets.accepted')}
              testId="passive-opens"
              raw={rates?.passiveOpensPerSecond}
            />
            <RateTile
              label={t('network:sockets.failed')}
              testId="failed-attempts"
              raw={rates?.failedAttemptsPerSecond}
            />
            <RateTile
              label={t('network:sockets.resets')}
              testId="resets"
              raw={rates?.establishedResetsPerSecond}
              note={t('network:sockets.resetsNote')}
            />
            <RateTile
              label={t('network:sockets.overflows')}
              testId="listen-overflows"
              raw={rates?.listenOverflowsPerSecond}
              alarming={(rates?.listenOverflowsPerSecond ?? 0) > 0}
            />
            <CountTile label={t('network:sockets.udp')} testId="udp-sockets" raw={udpSockets} />
            <RateTile
              label={t('network:sockets.udpErrors')}
              testId="udp-errors"
              raw={rates?.udpErrorsPerSecond}
            />
            <CountTile label={t('network:sockets.unix')} testId="unix-sockets" raw={unixSockets} />
            <BytesTile label={t('network:sockets.buffers')} testId="tcp-memory" raw={tcpMemoryBytes} />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}
