import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartDataset,
} from 'chart.js';
import type { MetricsStore } from '../../shared/series/rings/metrics-store.ts';
import type { RingBuffer } from '../../shared/series/rings/ring-buffer.ts';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { readColor, withAlpha, type ColorToken } from './chart-colors.ts';
import { decimate, greatest, type Point } from './decimate.ts';
import { niceCeiling } from './scale.ts';
import { drawUnseenSpans } from './draw-unseen-spans.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** One line or band of a chart. */
export interface ChartSeries {
  readonly label: string;
  /** Column of the ring. */
  readonly column: number;
  readonly color: ColorToken;
}

/** Where a chart's rows come from: a ring of the store, which may come and go, or one that a page keeps for itself. */
export type ChartSource =
  | { readonly ringKey: RingKey; readonly ring?: undefined }
  | { readonly ringKey?: undefined; readonly ring: RingBuffer };

export type StreamingChartOptions = ChartSource & ChartStyle;

export interface ChartStyle {
  /** In a stack, from the bottom up. */
  readonly series: readonly ChartSeries[];
  readonly stacked: boolean;
  /** Top of the scale; where it is a kind, the scale follows what is drawn, from `least` up. */
  readonly max: number | { readonly kind: 'decimal' | 'bytes' | 'traffic'; readonly least: number };
  readonly windowMs: number;
  /** Grid and scale; `time` adds how long ago each grid line was. */
  readonly axis: 'none' | 'value' | 'time';
  readonly formatTick: (value: number) => string;
}

type LineChart = Chart<'line', Point[]>;

/**
 * A chart.js line chart that is fed from a ring and drawn once a frame. It never animates and never parses:
 * its points are made here, peaks and gaps kept. Owned by whoever made it, and ended by `destroy`.
 */
export class StreamingChart {
  readonly #chart: LineChart;
  readonly #store: MetricsStore;
  #options: StreamingChartOptions;
  readonly #points: Point[][];

  constructor(canvas: HTMLCanvasElement, store: MetricsStore, options: StreamingChartOptions) {
    this.#store = store;
    this.#options = options;
    this.#points = options.series.map(() => []);
    const axis = options.axis !== 'none';
    const font = { size: 10, family: 'system-ui, sans-serif' };
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: options.series.map((series) => this.#dataset(series)) },
      plugins: [
        {
          id: 'unseen',
          beforeDatasetsDraw: ({ ctx, chartArea, scales: { x } }) => {
            const spans = x ? this.#store.unseenSince(x.min, this.#ring) : [];
            drawUnseenSpans(ctx, chartArea, (value) => x!.getPixelForValue(value), spans, {
              words: options.axis !== 'none',
            });
          },
        },
      ],
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        spanGaps: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: 0, autoPadding: false },
        elements: { point: { radius: 0, hitRadius: 0 }, line: { borderWidth: 1.5, tension: 0 } },
        scales: {
          x: {
            type: 'linear',
            display: axis,
            border: { display: false },
            ticks: {
              display: options.axis === 'time',
              padding: 4,
              font,
              align: 'inner',
              maxRotation: 0,
              autoSkip: false,
              callback: (value) => this.#formatAgo(Number(value)),
            },
            grid: { drawTicks: false },
            afterBuildTicks: (scale) => {
              const quarter = (scale.max - scale.min) / 4;
              scale.ticks = [0, 1, 2, 3, 4].map((step) => ({ value: scale.min + step * quarter }));
            },
          },
          y: {
            type: 'linear',
            display: axis,
            position: 'right',
            min: 0,
            border: { display: false },
            grid: { drawTicks: false },
            ticks: {
              padding: 8,
              font,
              callback: (value) => this.#options.formatTick(Number(value)),
            },
            afterBuildTicks: (scale) => {
              scale.ticks = [0, 0.5, 1].map((part) => ({ value: part * scale.max }));
            },
            // Charts that stand under one another keep one right edge, whatever their labels say.
            afterFit: (scale) => void (scale.width = axis ? 64 : 0),
          },
        },
      },
    });
    this.recolor();
  }

  /** Draws what the ring holds now. */
  draw(): void {
    const { series, stacked, max, windowMs } = this.#options;
    const ring = this.#ring;
    const toX = this.#store.nowX;
    if (Number.isNaN(toX)) return;
    const range = { fromX: toX - windowMs, toX, maxPoints: Math.max(60, this.#chart.width * 2) };
    let most = NaN;
    series.forEach(({ column }, at) => {
      const columns = stacked ? series.slice(0, at + 1).map((under) => under.column) : [column];
      const points = this.#points[at]!;
      if (ring) decimate(ring, columns, range, points);
      else points.length = 0;
      this.#chart.data.datasets[at]!.data = points;
      const top = greatest(points);
      if (!(top <= most) && !Number.isNaN(top)) most = top;
    });
    const { x, y } = this.#chart.options.scales!;
    x!.min = range.fromX;
    x!.max = range.toX;
    y!.max = typeof max === 'number' ? max : niceCeiling(most, max.kind, max.least);
    this.#chart.update('none');
  }

  /** Takes up what may change while it lives: the top of the scale and the width of the window. */
  setOptions(options: StreamingChartOptions): void {
    this.#options = options;
    this.draw();
  }

  /** Reads the colours anew, after the theme has changed. */
  recolor(): void {
    const { series, stacked } = this.#options;
    series.forEach(({ color: token }, at) => {
      const dataset = this.#chart.data.datasets[at]!;
      const color = readColor(token);
      dataset.borderColor = color;
      dataset.backgroundColor = stacked ? color : withAlpha(color, 0.14);
    });
    const { x, y } = this.#chart.options.scales!;
    const grid = readColor('grid');
    x!.grid!.color = grid;
    y!.grid!.color = grid;
    x!.ticks!.color = readColor('text-faint');
    y!.ticks!.color = readColor('text-faint');
    this.#chart.update('none');
    this.draw();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  get #ring(): RingBuffer | undefined {
    const { ringKey, ring } = this.#options;
    return ringKey === undefined ? ring : this.#store.ring(ringKey);
  }

  #formatAgo(x: number): string {
    const seconds = Math.round((this.#store.nowX - x) / 1_000);
    return seconds < 1 ? 'now' : `${seconds} s`;
  }

  #dataset({ label }: ChartSeries): ChartDataset<'line', Point[]> {
    const { stacked } = this.#options;
    // The first is painted last: in a stack each band covers the foot of the one above it.
    return { label, data: [], fill: 'origin', borderWidth: stacked ? 0 : 1.5 };
  }
}
