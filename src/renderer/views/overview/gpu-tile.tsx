import {
  formatBytes,
  formatMeasured,
  formatShare,
  formatTemperature,
  showText,
} from '../../../shared/series/units.ts';
import type { GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { showName } from '../show-name.ts';
import { formatWholeShare } from './processor-tile.tsx';
import { Tile, TileHero, TileLine, useTileRoom } from './tile.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const series: readonly ChartSeries[] = [
  {
    get label() {
      return t('overview:gpu.busy');
    },
    column: columns.gpu.busy,
    color: 'series-user',
  },
];

/** The busiest graphics processor of those that tell how busy they are. */
export function GpuTile() {
  const state = useTopic('gpu');
  const device = pickBusiest(state.data?.devices ?? []);
  const range = useRangeText(
    useExtent(device ? [{ ringKey: `gpu/${device.id}`, columns: [columns.gpu.busy] }] : []),
    formatWholeShare,
  );
  return (
    <Tile title={t('overview:gpu.title')} area="gpu" page="graphics" state={state} range={range}>
      {() => device && <Device device={device} />}
    </Tile>
  );
}

function Device({ device }: { readonly device: GpuDeviceRaw }) {
  const { chart } = useTileRoom();
  const { id, name, busy, memoryUsedBytes, memoryTotalBytes, temperatureCelsius, powerWatts } = device;
  return (
    <>
      <TileHero
        note={
          <span className="clip" translate="no">
            {showName(name)}
          </span>
        }
      >
        <Figure shown={formatShare(busy)} raw={busy} testId="gpu-busy" size="hero" />
      </TileHero>
      <TimeChart
        key={`${chart} ${id}`}
        name={showName(name)}
        label={t('overview:gpu.chart', { name: showName(name), share: showText(formatShare(busy)) })}
        size={chart}
        ringKey={`gpu/${id}`}
        series={series}
        stacked={false}
        max={1}
        measure="share"
        formatTick={(value) => `${Math.round(value * 100)} %`}
      />
      <TileLine>
        {memoryUsedBytes !== null && memoryTotalBytes !== null && (
          <span>
            {t('overview:gpu.memory', {
              used: showText(formatBytes(memoryUsedBytes)),
              total: showText(formatBytes(memoryTotalBytes)),
            })}
          </span>
        )}
        {temperatureCelsius !== null && <span>{showText(formatTemperature(temperatureCelsius))}</span>}
        {powerWatts !== null && (
          <span className="tile__optional">{showText(formatMeasured(powerWatts, 'W'))}</span>
        )}
      </TileLine>
    </>
  );
}

/** Of several the one that is busiest; the first of those that do not tell. */
function pickBusiest(devices: readonly GpuDeviceRaw[]): GpuDeviceRaw | null {
  let busiest = devices[0] ?? null;
  for (const device of devices) if ((device.busy ?? -1) > (busiest?.busy ?? -1)) busiest = device;
  return busiest;
}
