import type { GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import { formatMeasured, formatShare, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { BytesTile, FactGrid, FactTile, ShareTile } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';

const busySeries = (): readonly ChartSeries[] => [
  { label: t('busy'), column: columns.gpu.busy, color: 'series-user' },
];
/** Machines with more than that have them for computing: a chart of each would cost more than it tells. */
const mostCharts = 4;

/** Graphics processors: how busy, how full, how warm. */
export function GraphicsPage() {
  const state = useTopic('gpu');
  return (
    <div className="sheet">
      <SectionCard title={t('graphics:title')} area="graphics" state={state} aside={<ChartSpan />}>
        {({ devices }) => (
          <>
            {devices.length === 0 && <p className="empty">{t('graphics:none')}</p>}
            {devices.map((device, at) => (
              <Device key={device.id} device={device} withChart={at < mostCharts} />
            ))}
          </>
        )}
      </SectionCard>
    </div>
  );
}

function Device({ device, withChart }: { readonly device: GpuDeviceRaw; readonly withChart: boolean }) {
  const { id, name, vendor, driver, memoryUsedBytes, memoryTotalBytes } = device;
  const full = memoryUsedBytes !== null && memoryTotalBytes ? memoryUsedBytes / memoryTotalBytes : null;
  return (
    <article className="details" data-testid="gpu" data-name={id} aria-label={showName(name)}>
      <header className="details__header">
        <h3>
          <Name text={name} />
        </h3>
        <span className="quiet" translate="no">
          {[driver ?? vendor, id].map(showName).join(' · ')}
        </span>
      </header>
      {withChart && device.busy !== null && (
        <TimeChart
          label={showName(name)}
          size="medium"
          ringKey={`gpu/${id}`}
          series={busySeries()}
          stacked={false}
          max={1}
          measure="share"
          formatTick={(value) => formatTick(formatShare(value))}
        />
      )}
      <FactGrid>
        <ShareTile
          label={t('busy')}
          testId="gpu-busy-share"
          raw={device.busy}
          reason={t('driverSilent')}
          note={t('ofTheTime')}
        />
        <BytesTile
          label={t('graphics:memoryUsed')}
          testId="gpu-memory"
          raw={memoryUsedBytes}
          note={full !== null && t('graphics:ofMemory', { share: showText(formatShare(full)) })}
        />
        <BytesTile label={t('graphics:memory')} testId="gpu-memory-total" raw={memoryTotalBytes} />
        <FactTile
          label={t('temperature')}
          testId="gpu-temperature"
          shown={formatMeasured(device.temperatureCelsius, '°C')}
          raw={device.temperatureCelsius}
        />
        <FactTile
          label={t('power')}
          testId="gpu-power"
          shown={formatMeasured(device.powerWatts, 'W')}
          raw={device.powerWatts}
          note={
            device.powerLimitWatts !== null &&
            t('ofWhole', { whole: showText(formatMeasured(device.powerLimitWatts, 'W')) })
          }
        />
        <FactTile
          label={t('frequency')}
          testId="gpu-frequency"
          shown={formatWithPrefix(device.frequencyHz, 'Hz')}
          raw={device.frequencyHz}
          note={
            device.maxFrequencyHz !== null &&
            t('ofWhole', { whole: showText(formatWithPrefix(device.maxFrequencyHz, 'Hz')) })
          }
        />
        <FactTile
          label={t('graphics:memoryFrequency')}
          testId="gpu-memory-frequency"
          shown={formatWithPrefix(device.memoryFrequencyHz, 'Hz')}
          raw={device.memoryFrequencyHz}
        />
        <ShareTile label={t('graphics:fan')} testId="gpu-fan" raw={device.fan} reason={t('graphics:noFan')} />
      </FactGrid>
    </article>
  );
}
