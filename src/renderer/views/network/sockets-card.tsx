import type { TcpStates } from '../../../shared/series/raw/socket.ts';
import { formatCount, formatDuration, formatShare, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { BytesTile, CountTile, FactGrid, notTold, RateTile, ShareTile } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { formatTick } from '../traffic-item.tsx';

const stateNames: readonly (readonly [keyof TcpStates, string])[] = [
  ['established', 'Established'],
  ['listen', 'Listening'],
  ['timeWait', 'Time-wait'],
  ['closeWait', 'Close-wait'],
  ['synSent', 'SYN sent'],
  ['synReceived', 'SYN received'],
  ['finWait1', 'FIN-wait 1'],
  ['finWait2', 'FIN-wait 2'],
  ['lastAck', 'Last ACK'],
  ['closing', 'Closing'],
  ['closed', 'Closed'],
];

const retransmitSeries: readonly ChartSeries[] = [
  { label: 'Sent again', column: columns.socket.retransmitted, color: 'series-out' },
];

/** Connections by state, and how well they get through. */
export function SocketsCard() {
  const state = useTopic('socket');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard title="Connections" area="sockets" width="tall" state={state} aside={<ChartSpan />}>
      {({ tcpStates, tablesAgeMs, udpSockets, unixSockets, tcpMemoryBytes }) => (
        <>
          {tcpStates === null ? (
            <p className="quiet">TCP states are {notTold}.</p>
          ) : (
            <ul className="chips" aria-label="TCP connections by state" data-testid="tcp-states">
              {stateNames.map(([key, label]) => (
                <li
                  key={key}
                  className={tcpStates[key] === 0 ? 'chip is-none' : 'chip'}
                  data-value={tcpStates[key]}
                >
                  <span>{label}</span>
                  <strong>{showText(formatCount(tcpStates[key]))}</strong>
                </li>
              ))}
            </ul>
          )}
          {tablesAgeMs !== null && tablesAgeMs > 2_000 && (
            <p className="quiet">
              States and listeners were counted {formatDuration(tablesAgeMs / 1_000)} ago.
            </p>
          )}
          <TimeChart
            label="Sent again by TCP"
            size="medium"
            ringKey="socket"
            series={retransmitSeries}
            stacked={false}
            max={{ kind: 'decimal', least: 0.01 }}
            measure="share"
            formatTick={(value) => formatTick(formatShare(value))}
          />
          <FactGrid>
            <RateTile label="Segments sent" testId="segments-sent" raw={rates?.sentSegmentsPerSecond} />
            <RateTile
              label="Segments received"
              testId="segments-received"
              raw={rates?.receivedSegmentsPerSecond}
            />
            <ShareTile
              label="Sent again"
              testId="retransmitted"
              color="series-out"
              raw={rates?.retransmittedShare}
              reason={rates ? 'nothing sent just now' : notTold}
              note="of what is sent"
              alarming={(rates?.retransmittedShare ?? 0) > 0.05}
            />
            <RateTile label="Opened from here" testId="active-opens" raw={rates?.activeOpensPerSecond} />
            <RateTile label="Opened to here" testId="passive-opens" raw={rates?.passiveOpensPerSecond} />
            <RateTile label="Failed attempts" testId="failed-attempts" raw={rates?.failedAttemptsPerSecond} />
            <RateTile
              label="Resets"
              testId="resets"
              raw={rates?.establishedResetsPerSecond}
              note="of open ones"
            />
            <RateTile
              label="Not accepted in time"
              testId="listen-overflows"
              raw={rates?.listenOverflowsPerSecond}
              alarming={(rates?.listenOverflowsPerSecond ?? 0) > 0}
            />
            <CountTile label="UDP sockets" testId="udp-sockets" raw={udpSockets} />
            <RateTile label="UDP errors" testId="udp-errors" raw={rates?.udpErrorsPerSecond} />
            <CountTile label="Unix sockets" testId="unix-sockets" raw={unixSockets} />
            <BytesTile label="TCP buffers" testId="tcp-memory" raw={tcpMemoryBytes} />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}
