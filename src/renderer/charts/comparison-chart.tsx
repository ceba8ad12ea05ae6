import { useEffect, useMemo, useRef, useState } from 'react';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';
import { useSession } from '../session-context.ts';
import type { Reading } from './chart-readings.ts';
import { formatValue, type MeasureName } from './measures.ts';
import { isCrowd, lookOf, nothingPicked, press, solo } from './picking.ts';
import type { ChartSeries, ChartStyle } from './streaming-chart.ts';
import { TimeChart } from './time-chart.tsx';

/** One of the many that are compared. */
export interface Compared {
  readonly key: string;
  readonly label: string;
  readonly ringKey: RingKey;
}

export interface ComparisonChartProps extends Pick<ChartStyle, 'max' | 'formatTick'> {
  readonly label: string;
  readonly compared: readonly Compared[];
  /** Column of each of their rings. */
  readonly column: number;
  readonly measure: MeasureName;
}

/**
 * Lines of many of one kind (cores, disks, interfaces) on one scale, with a legend by which they are hidden, shown alone and
 * told apart. Beyond eight they are grey until they are picked. The legend has their values at the crosshair, else now.
 */
export function ComparisonChart({ label, compared, column, measure, max, formatTick }: ComparisonChartProps) {
  const [picking, setPicking] = useState(nothingPicked);
  const crosshair = useRef<Reading | null>(null);
  const legend = useRef<HTMLUListElement>(null);
  const names = compared.map(({ key, label: name }) => `${key} ${name}`).join('|');
  // A machine tells its cores anew with each reading; the lines are others only when their names are.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const kept = useMemo(() => compared, [names]);
  const keys = useMemo(() => kept.map(({ key }) => key), [kept]);
  const series = useMemo(
    () =>
      kept.flatMap(({ key, label: name, ringKey }): ChartSeries[] => {
        const look = lookOf(picking, key, keys);
        return look ? [{ label: name, column, ringKey, ...look }] : [];
      }),
    [kept, keys, picking, column],
  );
  useLegendValues(legend, kept, column, crosshair, (value) => formatValue(measure, formatTick, value));
  const crowd = isCrowd(keys);
  const isChanged = crowd ? picking.picked.size > 0 : picking.hidden.size > 0;
  const leading = kept[0];
  if (!leading) return null;
  return (
    <div className="comparison">
      <TimeChart
        label={label}
        size="large"
        ringKey={leading.ringKey}
        series={series}
        stacked={false}
        max={max}
        measure={measure}
        formatTick={formatTick}
        onCrosshair={(reading) => {
          crosshair.current = reading;
        }}
      />
      <div className="comparison__legend">
        <ul
          ref={legend}
          className="picker"
          aria-label={t(crowd ? 'charts:compare.pick' : 'charts:compare.hide')}
          onPointerLeave={() => setPicking((before) => ({ ...before, highlighted: null }))}
        >
          {kept.map(({ key, label: name }) => {
            const look = lookOf({ ...picking, highlighted: null }, key, keys);
            const color = look && look.emphasis !== 'grey' ? look.color : null;
            const highlight = (highlighted: string | null): void =>
              setPicking((before) => ({ ...before, highlighted }));
            return (
              <li key={key}>
                <button
                  type="button"
                  className={look ? 'picker__entry' : 'picker__entry is-hidden'}
                  aria-pressed={crowd ? color !== null : look !== null}
                  title={t('charts:compare.tip')}
                  data-testid="picker-entry"
                  data-name={key}
                  onPointerEnter={() => highlight(key)}
                  onFocus={() => highlight(key)}
                  onBlur={() => highlight(null)}
                  onClick={({ shiftKey }) =>
                    setPicking((before) => (shiftKey ? solo : press)(before, key, keys))
                  }
                >
                  <span className={`swatch swatch--${color ?? 'none'}`} aria-hidden="true" />
                  <span className="picker__name" translate="no">
                    {name}
                  </span>
                  <span className="picker__value" data-value-of={key} />
                </button>
              </li>
            );
          })}
        </ul>
        <div className="comparison__tools">
          {crowd && (
            <Button
              size="small"
              variant="quiet"
              isPressed={picking.onlyPicked}
              disabled={picking.picked.size === 0}
              data-testid="picker-only"
              onClick={() => setPicking((before) => ({ ...before, onlyPicked: !before.onlyPicked }))}
            >
              {t('charts:compare.onlyPicked')}
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            disabled={!isChanged}
            data-testid="picker-all"
            onClick={() => setPicking(nothingPicked)}
          >
            {t('charts:compare.all')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Writes the values into the legend, outside of React: they change with each reading and with the crosshair. */
function useLegendValues(
  legend: React.RefObject<HTMLUListElement | null>,
  compared: readonly Compared[],
  column: number,
  crosshair: React.RefObject<Reading | null>,
  format: (value: number) => string,
): void {
  const { store, ticker, viewTicker } = useSession();
  const latest = useRef(format);
  useEffect(() => {
    latest.current = format;
  });
  useEffect(() => {
    const write = (): void => {
      const places = legend.current?.querySelectorAll<HTMLElement>('[data-value-of]') ?? [];
      const x = crosshair.current?.x ?? NaN;
      compared.forEach(({ ringKey }, at) => {
        const ring = store.ring(ringKey);
        const row = ring ? (Number.isNaN(x) ? ring.length - 1 : ring.rowAt(x - 0.5)) : -1;
        const isThere = ring && (Number.isNaN(x) || Math.abs(ring.x(row) - x) < 1_500);
        const text = latest.current(isThere ? ring.value(row, column) : NaN);
        const place = places[at];
        if (place && place.textContent !== text) place.textContent = text;
      });
    };
    write();
    const stops = [ticker.onFrame(write), viewTicker.onFrame(write)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, ticker, viewTicker, legend, crosshair, compared, column]);
}
