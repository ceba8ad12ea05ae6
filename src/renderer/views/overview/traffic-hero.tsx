import { showText, type Shown } from '../../../shared/series/units.ts';
import type { RingKey } from '../../../shared/series/rings/ring-set.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { Figure } from '../figure.tsx';
import { formatTick } from '../../charts/format-tick.ts';
import { useTileRoom } from './tile.tsx';

export interface TrafficHeroProps {
  /** What both ways are of. */
  readonly name: string;
  readonly ringKey: RingKey;
  readonly series: readonly [ChartSeries, ChartSeries];
  /** The words for the two ways. */
  readonly ways: readonly [string, string];
  /** Bytes a second, of the two ways; null where they are not known. */
  readonly rates: readonly [number | null, number | null];
  readonly testIds: readonly [string, string];
  /** By which round numbers the scale goes. */
  readonly kind: 'bytes' | 'traffic';
  readonly format: (bytesPerSecond: number | null) => Shown;
}

/** What goes two ways: both figures, equally large, and both lines. */
export function TrafficHero(props: TrafficHeroProps) {
  const { name, ringKey, series, ways, rates, testIds, kind, format } = props;
  const { chart } = useTileRoom();
  return (
    <>
      <dl className="tile__pair">
        {ways.map((way, at) => (
          <div key={way}>
            <dt>
              <span className={`swatch swatch--${series[at]!.color}`} aria-hidden="true" />
              {way}
            </dt>
            <dd>
              <Figure shown={format(rates[at] ?? null)} raw={rates[at]} testId={testIds[at]} size="hero" />
            </dd>
          </div>
        ))}
      </dl>
      <TimeChart
        key={chart}
        label={ways.map((way, at) => `${way} ${showText(format(rates[at] ?? null))}`).join(', ')}
        name={name}
        size={chart}
        ringKey={ringKey}
        series={series}
        stacked={false}
        max={{ kind, least: 1024 }}
        measure={kind === 'traffic' ? 'traffic' : 'bytesPerSecond'}
        formatTick={(value) => formatTick(format(value))}
      />
    </>
  );
}
