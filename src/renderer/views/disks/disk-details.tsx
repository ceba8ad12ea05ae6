import type { DiskHealth } from '../../../shared/series/raw/disk.ts';
import { formatBytes, formatBytesPerSecond, formatMeasured, showText } from '../../../shared/series/units.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { diskSeries } from '../disk-card.tsx';
import {
  BytesPerSecondTile,
  BytesTile,
  CountTile,
  FactGrid,
  FactTile,
  MillisecondsTile,
  RateTile,
  ShareTile,
} from '../facts.tsx';
import { Legend, LegendEntry } from '../figure.tsx';
import { Name } from '../name.tsx';
import { showName } from '../show-name.ts';
import { formatTick } from '../traffic-item.tsx';
import type { DiskRow } from './disks-card.tsx';

const idle = 'no operation just now';

/** One disk with all that is known of it. */
export function DiskDetails({ row: { device, rates, gap } }: { readonly row: DiskRow }) {
  const name = showName(device.name);
  const facts = [
    device.model,
    device.sizeBytes === null ? null : showText(formatBytes(device.sizeBytes)),
    device.rotational === null ? null : device.rotational ? 'moving parts' : 'no moving parts',
    device.removable ? 'removable' : null,
  ].filter((fact) => fact !== null);
  const orGap = (reason: string): string => (rates ? reason : gap);
  return (
    <article className="details" data-testid="disk-details" data-name={device.name} aria-label={name}>
      <header className="details__header">
        <h3>
          <Name text={device.name} />
        </h3>
        <span className="quiet">{facts.map(showName).join(' · ')}</span>
        <Legend>
          <LegendEntry
            label="Read"
            color="series-read"
            shown={formatBytesPerSecond(rates?.readBytesPerSecond)}
            raw={rates?.readBytesPerSecond}
            testId="detail-read"
          />
          <LegendEntry
            label="Write"
            color="series-written"
            shown={formatBytesPerSecond(rates?.writtenBytesPerSecond)}
            raw={rates?.writtenBytesPerSecond}
            testId="detail-written"
          />
        </Legend>
      </header>
      <TimeChart
        label={name}
        size="large"
        ringKey={`disk/${device.name}`}
        series={diskSeries}
        stacked={false}
        max={{ kind: 'bytes', least: 1024 }}
        measure="bytesPerSecond"
        formatTick={(value) => formatTick(formatBytesPerSecond(value))}
      />
      <FactGrid>
        <RateTile label="Reads" testId="reads" raw={rates?.readOperationsPerSecond} reason={gap} />
        <RateTile label="Writes" testId="writes" raw={rates?.writeOperationsPerSecond} reason={gap} />
        <MillisecondsTile
          label="Read latency"
          testId="read-latency"
          raw={rates?.readLatencyMs}
          reason={orGap(idle)}
          note="an operation"
        />
        <MillisecondsTile
          label="Write latency"
          testId="write-latency"
          raw={rates?.writeLatencyMs}
          reason={orGap(idle)}
          note="an operation"
        />
        <ShareTile
          label="Busy"
          testId="busy-share"
          raw={rates?.busy}
          reason={orGap('not told here')}
          note="of the time"
          alarming={(rates?.busy ?? 0) > 0.9}
        />
        <FactTile
          label="Queue"
          testId="queue"
          shown={formatMeasured(rates?.queueLength, '')}
          raw={rates?.queueLength}
          reason={orGap('not told here')}
          note="operations, on average"
        />
        <CountTile label="Under way" testId="in-flight" raw={device.inFlight} note="operations now" />
        <BytesPerSecondTile
          label="Discarded"
          testId="discarded"
          raw={rates?.discardedBytesPerSecond}
          reason={orGap('not counted here')}
        />
        <RateTile
          label="Flushes"
          testId="flushes"
          raw={rates?.flushOperationsPerSecond}
          reason={orGap('not counted here')}
        />
        <BytesTile label="Read since boot" testId="read-total" raw={device.readBytes} />
        <BytesTile label="Written since boot" testId="written-total" raw={device.writtenBytes} />
        <Health health={device.health} />
      </FactGrid>
    </article>
  );
}

/** Words of drivers for a disk that answers no more (scsi_device, nvme, md). */
const lostStates = new Set(['offline', 'transport-offline', 'dead', 'deleting', 'broken', 'inactive']);

function Health({ health }: { readonly health: DiskHealth | null }) {
  const reason = 'its driver does not tell';
  const state = health?.state ?? null;
  const isSound = state === null || !lostStates.has(state);
  const celsius = health?.temperatureCelsius;
  return (
    <>
      <div className={isSound ? 'fact' : 'fact is-alarming'}>
        <dt>State</dt>
        <dd data-testid="disk-state">
          <span className="figure">{state === null ? '–' : <Name text={state} />}</span>
          <span className="fact__note">{state === null ? reason : 'by its driver'}</span>
        </dd>
      </div>
      <CountTile
        label="I/O errors"
        testId="io-errors"
        raw={health?.ioErrors}
        reason={reason}
        alarming={(health?.ioErrors ?? 0) > 0}
      />
      <CountTile
        label="Time-outs"
        testId="io-timeouts"
        raw={health?.ioTimeouts}
        reason={reason}
        alarming={(health?.ioTimeouts ?? 0) > 0}
      />
      <FactTile
        label="Temperature"
        testId="disk-temperature"
        shown={formatMeasured(celsius, '°C')}
        raw={celsius}
        reason={reason}
      />
      {/* Only arrays have members, and only some flash counts its life: of others these are no figures at all. */}
      {typeof health?.missingMembers === 'number' && (
        <CountTile
          label="Missing members"
          testId="missing-members"
          raw={health.missingMembers}
          alarming={health.missingMembers > 0}
        />
      )}
      {typeof health?.lifeUsed === 'number' && (
        <ShareTile
          label="Life used"
          testId="life-used"
          raw={health.lifeUsed}
          note="of what it is rated for"
          alarming={health.lifeUsed >= 0.9}
        />
      )}
    </>
  );
}
