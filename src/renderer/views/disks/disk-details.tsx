import type { DiskHealth } from '../../../shared/series/raw/disk.ts';
import { formatBytes, formatBytesPerSecond, formatMeasured, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { diskSeries } from '../../charts/subject-series.ts';
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
import { formatTick } from '../../charts/format-tick.ts';
import type { DiskRow } from './disks-card.tsx';

/** One disk with all that is known of it. */
export function DiskDetails({ row: { device, rates, gap } }: { readonly row: DiskRow }) {
  const name = showName(device.name);
  const facts = [
    device.model,
    device.sizeBytes === null ? null : showText(formatBytes(device.sizeBytes)),
    device.rotational === null
      ? null
      : device.rotational
        ? t('disks:details.rotational')
        : t('disks:details.solid'),
    device.removable ? t('disks:details.removable') : null,
  ].filter((fact) => fact !== null);
  const orGap = (reason: string): string => (rates ? reason : gap);
  return (
    <article className="details" data-testid="disk-details" data-name={device.name} aria-label={name}>
      <header className="details__header">
        <h3>
          <Name text={device.name} />
        </h3>
        <span className="quiet" translate="no">
          {facts.map(showName).join(' · ')}
        </span>
        <Legend>
          <LegendEntry
            label={t('read')}
            color="series-read"
            shown={formatBytesPerSecond(rates?.readBytesPerSecond)}
            raw={rates?.readBytesPerSecond}
            testId="detail-read"
          />
          <LegendEntry
            label={t('write')}
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
        <RateTile
          label={t('disks:details.reads')}
          testId="reads"
          raw={rates?.readOperationsPerSecond}
          reason={gap}
        />
        <RateTile
          label={t('disks:details.writes')}
          testId="writes"
          raw={rates?.writeOperationsPerSecond}
          reason={gap}
        />
        <MillisecondsTile
          label={t('disks:details.readLatency')}
          testId="read-latency"
          raw={rates?.readLatencyMs}
          reason={orGap(t('disks:idle'))}
          note={t('disks:details.perOperation')}
        />
        <MillisecondsTile
          label={t('disks:details.writeLatency')}
          testId="write-latency"
          raw={rates?.writeLatencyMs}
          reason={orGap(t('disks:idle'))}
          note={t('disks:details.perOperation')}
        />
        <ShareTile
          label={t('busy')}
          testId="busy-share"
          raw={rates?.busy}
          reason={orGap(t('notTold'))}
          note={t('ofTheTime')}
          alarming={(rates?.busy ?? 0) > 0.9}
        />
        <FactTile
          label={t('disks:details.queue')}
          testId="queue"
          shown={formatMeasured(rates?.queueLength, '')}
          raw={rates?.queueLength}
          reason={orGap(t('notTold'))}
          note={t('disks:details.queueNote')}
        />
        <CountTile
          label={t('disks:details.inFlight')}
          testId="in-flight"
          raw={device.inFlight}
          note={t('disks:details.inFlightNote')}
        />
        <BytesPerSecondTile
          label={t('disks:details.discarded')}
          testId="discarded"
          raw={rates?.discardedBytesPerSecond}
          reason={orGap(t('disks:details.notCounted'))}
        />
        <RateTile
          label={t('disks:details.flushes')}
          testId="flushes"
          raw={rates?.flushOperationsPerSecond}
          reason={orGap(t('disks:details.notCounted'))}
        />
        <BytesTile label={t('disks:details.readTotal')} testId="read-total" raw={device.readBytes} />
        <BytesTile label={t('disks:details.writtenTotal')} testId="written-total" raw={device.writtenBytes} />
        <Health health={device.health} />
      </FactGrid>
    </article>
  );
}

/** Words of drivers for a disk that answers no more (scsi_device, nvme, md). */
const lostStates = new Set(['offline', 'transport-offline', 'dead', 'deleting', 'broken', 'inactive']);

function Health({ health }: { readonly health: DiskHealth | null }) {
  const reason = t('driverSilent');
  const state = health?.state ?? null;
  const isSound = state === null || !lostStates.has(state);
  const celsius = health?.temperatureCelsius;
  return (
    <>
      <div className={isSound ? 'fact' : 'fact is-alarming'}>
        <dt>{t('state')}</dt>
        <dd data-testid="disk-state">
          <span className="figure">{state === null ? '–' : <Name text={state} />}</span>
          <span className="fact__note">{state === null ? reason : t('byDriver')}</span>
        </dd>
      </div>
      <CountTile
        label={t('disks:details.errors')}
        testId="io-errors"
        raw={health?.ioErrors}
        reason={reason}
        alarming={(health?.ioErrors ?? 0) > 0}
      />
      <CountTile
        label={t('disks:details.timeouts')}
        testId="io-timeouts"
        raw={health?.ioTimeouts}
        reason={reason}
        alarming={(health?.ioTimeouts ?? 0) > 0}
      />
      <FactTile
        label={t('temperature')}
        testId="disk-temperature"
        shown={formatMeasured(celsius, '°C')}
        raw={celsius}
        reason={reason}
      />
      {/* Only arrays have members, and only some flash counts its life: of others these are no figures at all. */}
      {typeof health?.missingMembers === 'number' && (
        <CountTile
          label={t('disks:details.missing')}
          testId="missing-members"
          raw={health.missingMembers}
          alarming={health.missingMembers > 0}
        />
      )}
      {typeof health?.lifeUsed === 'number' && (
        <ShareTile
          label={t('disks:details.lifeUsed')}
          testId="life-used"
          raw={health.lifeUsed}
          note={t('disks:details.lifeNote')}
          alarming={health.lifeUsed >= 0.9}
        />
      )}
    </>
  );
}
