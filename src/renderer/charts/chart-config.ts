import { readFontFamily } from './chart-font.ts';
import type { ChartConfiguration, Plugin } from 'chart.js';
import type { Point } from './decimated-line.ts';
import type { TimeTick } from './time-ticks.ts';
import type { TimeRange } from './time-view.ts';

/** What the drawing library asks of a chart while it draws. */
export interface ChartConfigOptions {
  /** Whether there are grid and scale, and a time axis below. */
  readonly axis: 'none' | 'value' | 'time';
  /** What part of time is drawn; null before anything is. */
  readonly range: () => TimeRange | null;
  /** Lines of the time axis, as they were chosen for that range. */
  readonly timeTicks: () => readonly TimeTick[];
  readonly formatTick: (value: number) => string;
  readonly plugins: readonly Plugin<'line'>[];
  /** For a picture that stands on no page: pixels of it for one of the page. Default: as large as its place, and the screen's. */
  readonly pixelRatio?: number;
  readonly onResize: () => void;
}

/** Room for the labels of the scale, so that charts that stand under one another keep one right edge. */
const scaleWidthPx = 64;

/** A line chart that never animates, never parses, hears of no events, and is told its points, ranges and ticks. */
export function deriveChartConfig(options: ChartConfigOptions): ChartConfiguration<'line', Point[]> {
  const { axis, range, timeTicks, formatTick, plugins, pixelRatio, onResize } = options;
  const hasAxis = axis !== 'none';
  const font = { size: 10, family: readFontFamily() };
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [...plugins],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      spanGaps: false,
      responsive: pixelRatio === undefined,
      onResize,
      maintainAspectRatio: false,
      ...(pixelRatio !== undefined && { devicePixelRatio: pixelRatio }),
      events: [],
      layout: { padding: 0, autoPadding: false },
      elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.5, tension: 0 } },
      scales: {
        x: {
          type: 'linear',
          display: hasAxis,
          border: { display: false },
          // Not by `min` and `max`: beyond those of the last whole update the library draws no line, though the scale has moved on.
          bounds: 'data',
          afterDataLimits: (scale) => {
            const drawn = range();
            if (drawn) Object.assign(scale, { min: drawn.fromX, max: drawn.toX });
          },
          ticks: {
            display: axis === 'time',
            padding: 4,
            font,
            align: 'inner',
            maxRotation: 0,
            autoSkip: false,
            callback: (_value, at) => timeTicks()[at]?.label ?? '',
          },
          grid: { drawTicks: false },
          afterBuildTicks: (scale) => {
            scale.ticks = timeTicks().map(({ value }) => ({ value }));
          },
        },
        y: {
          type: 'linear',
          display: hasAxis,
          position: 'right',
          min: 0,
          border: { display: false },
          grid: { drawTicks: false },
          ticks: { padding: 8, font, callback: (value) => formatTick(Number(value)) },
          afterBuildTicks: (scale) => {
            scale.ticks = [0, 0.5, 1].map((part) => ({ value: part * scale.max }));
          },
          afterFit: (scale) => void (scale.width = hasAxis ? scaleWidthPx : 0),
        },
      },
    },
  };
}
