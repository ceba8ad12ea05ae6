import {
  formatMeasured,
  formatMinutes,
  formatShare,
  formatTemperature,
  showText,
} from '../../../shared/series/units.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useSession, useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { judgeSensor } from '../sensors/describe-sensor.ts';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';
import { pickHottest } from './pick-hottest.ts';
import { Tile, TileHero, TileLine, useTileRoom } from './tile.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

type Reading = SensorRaw['sensors'][number];

const series: readonly ChartSeries[] = [
  {
    get label() {
      return t('overview:sensor.title');
    },
    column: columns.sensor.value,
    color: 'series-system',
  },
];

/** How warm it gets where it is warmest, the fastest fan, and the battery; whatever of these a machine has. */
export function SensorTile() {
  const sensors = useTopic('sensor');
  const power = useTopic('power');
  const { store } = useSession();
  const hottest = pickHottest(sensors.data?.sensors ?? [], (id) => store.ring(`sensor/${id}`));
  const battery = power.data?.batteries.find(({ charge }) => charge !== null);
  const range = useRangeText(
    useExtent(hottest ? [{ ringKey: `sensor/${hottest.id}`, columns: [columns.sensor.value] }] : []),
    formatTemperature,
  );
  const title = t('overview:sensor.title');
  const seconds = battery?.status === 'charging' ? battery.secondsToFull : battery?.secondsToEmpty;
  const ofBattery = battery && (
    <span data-testid="battery-charge" data-value={battery.charge ?? undefined}>
      {t('overview:sensor.battery', { share: showText(formatShare(battery.charge)) })}
      {typeof seconds === 'number' && ` · ${t('overview:sensor.left', { span: formatMinutes(seconds) })}`}
    </span>
  );
  // A laptop without sensors is one of its battery alone.
  if (!hottest && battery) {
    return (
      <Tile title={title} area="sensor" page="sensors" state={power}>
        {() => (
          <>
            <TileHero note={t('overview:sensor.batteryNote')}>
              <Figure shown={formatShare(battery.charge)} raw={battery.charge} size="hero" />
            </TileHero>
            <TileLine>{ofBattery}</TileLine>
          </>
        )}
      </Tile>
    );
  }
  return (
    <Tile title={title} area="sensor" page="sensors" state={sensors} range={range}>
      {(data) => {
        const fan = fastestFan(data.sensors);
        return (
          <>
            {hottest && <Hottest sensor={hottest} />}
            <TileLine>
              {fan && (
                <span>
                  {t('overview:sensor.fan')} {showText(formatMeasured(fan.value, 'rpm'))}
                </span>
              )}
              {ofBattery}
            </TileLine>
          </>
        );
      }}
    </Tile>
  );
}

function Hottest({ sensor }: { readonly sensor: Reading }) {
  const { chart } = useTileRoom();
  const judged = judgeSensor(sensor);
  return (
    <>
      <TileHero
        note={
          <span className="clip" translate="no">
            {showName(`${sensor.chip} ${sensor.label}`)}
          </span>
        }
      >
        <span className={judged === 'sound' ? undefined : 'is-alarming'}>
          <Figure shown={formatTemperature(sensor.value)} raw={sensor.value} testId="hottest" size="hero" />
        </span>
      </TileHero>
      <TimeChart
        key={`${chart} ${sensor.id}`}
        name={showName(`${sensor.chip} ${sensor.label}`)}
        label={t('overview:sensor.chart', {
          name: showName(`${sensor.chip} ${sensor.label}`),
          now: showText(formatTemperature(sensor.value)),
        })}
        size={chart}
        ringKey={`sensor/${sensor.id}`}
        series={series}
        stacked={false}
        max={{ kind: 'decimal', least: 50 }}
        formatTick={(value) => formatTick(formatTemperature(value))}
      />
    </>
  );
}

function fastestFan(sensors: readonly Reading[]): Reading | null {
  let fastest: Reading | null = null;
  for (const sensor of sensors) {
    if (sensor.kind === 'fan' && (!fastest || sensor.value > fastest.value)) fastest = sensor;
  }
  return fastest;
}
