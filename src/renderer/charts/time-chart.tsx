import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { useSession } from '../session-context.ts';
import { ChartInteraction } from './chart-interaction.ts';
import { ChartMenu } from './chart-menu.tsx';
import type { Reading } from './chart-readings.ts';
import './charts.css';
import { ChartTable } from './chart-table.tsx';
import { LiveChart } from './live-chart.ts';
import type { ChartSource, ChartStyle, StreamingChartOptions } from './streaming-chart.ts';

export type TimeChartProps = ChartSource & TimeChartStyle;

export interface TimeChartStyle extends Omit<ChartStyle, 'axis'> {
  /** What the chart shows, for those who do not see it: “Processor, now 7 % busy”. */
  readonly label: string;
  /** The same without figures, for its menu, its table and its picture. Default: the label. */
  readonly name?: string;
  readonly size: 'large' | 'medium' | 'small';
  /** How far back it looks, always following, untouched by what the page's other charts show. Default: as they do. */
  readonly windowMs?: number;
  /** Hears what the lines read at the page's crosshair; null where there is none. */
  readonly onCrosshair?: (reading: Reading | null) => void;
}

const axes = { large: 'time', medium: 'value', small: 'none' } as const;

/**
 * A live chart of one ring or several. The chart instance stays outside of React; props only tell it what to draw. All
 * charts of a page share one time axis and one crosshair, unless one has a window of its own.
 */
export function TimeChart(props: TimeChartProps) {
  const { label, name = label, size, windowMs, onCrosshair, ...style } = props;
  const session = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const chart = useRef<LiveChart | null>(null);
  const interaction = useRef<ChartInteraction | null>(null);
  const wordsId = useId();
  const [table, setTable] = useState<LiveChart | null>(null);
  const all: StreamingChartOptions = { ...style, axis: axes[size] };
  const latest = useRef({ options: all, onCrosshair });
  const openTable = useCallback(() => setTable(chart.current), [setTable]);
  const { ringKey, ring, series, max } = style;
  const isFixed = windowMs !== undefined;
  const shape = [
    typeof max === 'number' ? max : `${max.kind} ${max.least}`,
    ...series.map((one) => `${one.label} ${one.column} ${one.color} ${one.ringKey} ${one.emphasis}`),
  ].join('|');
  const shown = useRef(shape);

  useEffect(() => {
    latest.current = { options: all, onCrosshair };
  });

  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new LiveChart(canvas.current, session, latest.current.options, windowMs);
    chart.current = made;
    const parts = {
      overlay: overlay.current!,
      surface: surface.current!,
      readout: readout.current!,
      words: words.current!,
    };
    const touched = isFixed
      ? null
      : new ChartInteraction(made, parts, {
          openTable,
          openMenu: () => frame.current?.querySelector('button')?.click(),
          onCrosshair: (reading) => latest.current.onCrosshair?.(reading),
        });
    interaction.current = touched;
    return () => {
      touched?.destroy();
      made.destroy();
      chart.current = null;
      interaction.current = null;
    };
  }, [session, ringKey, ring, windowMs, isFixed, openTable]);

  useEffect(() => {
    if (shown.current === shape) return;
    shown.current = shape;
    chart.current?.setOptions(latest.current.options);
    interaction.current?.refresh();
  }, [shape]);

  if (isFixed) {
    return (
      <div className={`chart chart--${size}`} data-testid="chart">
        <canvas ref={canvas} className="chart__plot" role="img" aria-label={label} />
      </div>
    );
  }
  return (
    <div ref={frame} className={`chart chart--${size}`} data-testid="chart" data-label={label}>
      <canvas ref={canvas} className="chart__plot" aria-hidden="true" />
      <canvas ref={overlay} className="chart__overlay" width={0} height={0} aria-hidden="true" />
      {/* A slider over time: its keys and what it reads out are what a chart with a crosshair needs. */}
      <div
        ref={surface}
        className="chart__surface"
        data-testid="chart-surface"
        role="slider"
        tabIndex={0}
        aria-roledescription={t('charts:role')}
        aria-label={label}
        aria-describedby={wordsId}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={100}
        aria-valuetext={t('charts:noCrosshair')}
      />
      <div ref={readout} className="chart__readout" data-testid="chart-readout" aria-hidden="true" hidden />
      <p ref={words} id={wordsId} className="visually-hidden" data-testid="chart-words" />
      <ChartMenu chart={chart} title={name} onTable={openTable} />
      {table && <ChartTable chart={table} title={name} onClose={() => setTable(null)} />}
    </div>
  );
}
