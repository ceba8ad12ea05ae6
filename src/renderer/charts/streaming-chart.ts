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
import { deriveChartConfig } from './chart-config.ts';
import { readColor, withAlpha, type ColorToken } from './chart-colors.ts';
import { DecimatedLine, greatest, type Point } from './decimated-line.ts';
import { drawGreyLines, type GreyLine } from './draw-grey-lines.ts';
import { drawUnseenSpans, type ChartArea } from './draw-unseen-spans.ts';
import type { MeasureName } from './measures.ts';
import { niceCeiling } from './scale.ts';
import { chooseTimeTicks, type TimeTick } from './time-ticks.ts';
import type { TimeRange } from './time-view.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** One line or band of a chart. */
export interface ChartSeries {
  readonly label: string;
  /** Column of the ring. */
  readonly column: number;
  readonly color: ColorToken;
  /** The ring that it is of, where that is not the chart's. */
  readonly ringKey?: RingKey;
  /** `grey` is drawn behind the others without a colour of its own, `faint` is not the one that is looked at. */
  readonly emphasis?: 'grey' | 'faint';
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
  /** Grid and scale; `time` adds when each grid line was. */
  readonly axis: 'none' | 'value' | 'time';
  readonly formatTick: (value: number) => string;
  /** What the values are, to write them out exactly and to export them with their unit. */
  readonly measure?: MeasureName;
}

export interface StreamingChartHooks {
  /** For a picture that stands on no page: pixels of it for one of the page. Default: as large as its place, and the screen's. */
  readonly pixelRatio?: number;
  /** Its place has another size: it has to be drawn anew. */
  readonly onResize?: () => void;
}

/** What is drawn, and whether its right edge is now. */
export interface DrawnView {
  readonly range: TimeRange;
  readonly isLive: boolean;
}

/** More points than this tell no more to the eye, and cost. */
const mostPoints = 900;
/** Of all lines that are drawn in grey together. */
const mostGreyPoints = 12_000;

/**
 * A chart.js line chart that is fed from rings and drawn when it is told to. It never animates and never parses: its
 * points are made here, peaks and gaps kept. Owned by whoever made it, and ended by `destroy`.
 */
export class StreamingChart {
  readonly #chart: Chart<'line', Point[]>;
  readonly #store: MetricsStore;
  #options: StreamingChartOptions;
  #lines: DecimatedLine[] = [];
  #lineKeys: string[] = [];
  #grey: GreyLine[] = [];
  #ticks: TimeTick[] = [];
  #drawn: DrawnView | null = null;
  #range: TimeRange | null = null;
  /** Of the scale, as it was drawn last. */
  #top = 1;
  /** What the library looked at everything for last; null where size, series or colours are others since. */
  #settled: (DrawnView & { readonly top: number }) | null = null;
  #drawnRowX = NaN;
  #drawnRing: RingBuffer | undefined;

  constructor(
    canvas: HTMLCanvasElement,
    store: MetricsStore,
    options: StreamingChartOptions,
    hooks: StreamingChartHooks = {},
  ) {
    this.#store = store;
    this.#options = options;
    const { axis } = options;
    const { pixelRatio, onResize } = hooks;
    const config = deriveChartConfig({
      axis,
      ...(pixelRatio !== undefined && { pixelRatio }),
      onResize: () => {
        // The library draws it at once, and then we do: it must not show what was told it long ago.
        if (this.#drawn) this.#tellRange(this.#drawn);
        this.#drawn = null;
        this.#settled = null;
        onResize?.();
      },
      range: () => this.#range,
      timeTicks: () => this.#ticks,
      formatTick: (value) => this.#options.formatTick(value),
      plugins: [
        {
          id: 'beneath',
          beforeDatasetsDraw: ({ ctx, chartArea, scales: { x, y } }) => {
            const toPixelX = (value: number): number => x!.getPixelForValue(value);
            const spans = this.#store.unseenSince(x!.min, this.#anyRing);
            drawUnseenSpans(ctx, chartArea, toPixelX, spans, { words: axis !== 'none' });
            drawGreyLines(ctx, chartArea, this.#grey, toPixelX, (value) => y!.getPixelForValue(value));
          },
        },
      ],
    });
    this.#chart = new Chart<'line', Point[]>(canvas, config);
    this.#takeSeries();
    this.#paint();
  }

  /** Where lines are drawn, in pixels of the page from the canvas's corner. */
  get area(): ChartArea {
    return this.#chart.chartArea ?? { left: 0, top: 0, right: 0, bottom: 0 };
  }

  get width(): number {
    return this.#chart.width;
  }

  get height(): number {
    return this.#chart.height;
  }

  /** Where a value stands, from the top. */
  pixelY(value: number): number {
    return this.#chart.scales['y']?.getPixelForValue(value) ?? NaN;
  }

  /** The ring of a series; undefined before its first reading. */
  ringOf({ ringKey: own }: ChartSeries): RingBuffer | undefined {
    const { ringKey, ring } = this.#options;
    if (own !== undefined) return this.#store.ring(own);
    return ringKey === undefined ? ring : this.#store.ring(ringKey);
  }

  /**
   * Draws what the rings hold of the view now. Where nothing would move by half a pixel, as most of the time where an
   * hour is shown, it draws nothing; `isForced` draws whatever moved. Returns whether it drew.
   */
  draw(view: DrawnView, isForced = false): boolean {
    const { range } = view;
    if (Number.isNaN(range.toX) || this.#chart.width === 0) return false;
    if (!isForced && !this.#isWorthDrawing(view)) return false;
    this.#drawn = view;
    this.#drawnRowX = this.#newestRowX();
    this.#drawnRing = this.#anyRing;
    const { series, max, axis } = this.#options;
    const maxPoints = Math.min(mostPoints, Math.max(120, this.#chart.width * 2));
    const greys = this.#grey.length;
    const maxGrey = Math.min(maxPoints, Math.max(120, mostGreyPoints / Math.max(1, greys)));
    let [most, colored, grey] = [NaN, 0, 0];
    series.forEach((one, at) => {
      const isGrey = one.emphasis === 'grey';
      const points = this.#lines[at]!.update(this.ringOf(one), {
        ...range,
        maxPoints: isGrey ? maxGrey : maxPoints,
      });
      if (isGrey) this.#grey[grey++]!.points = points;
      else this.#chart.data.datasets[colored++]!.data = points as Point[];
      // Of what comes after the range only a line's way there is seen, and it is not to move what stands still.
      const top = greatest(points, range.toX + 0.5);
      if (!(top <= most) && !Number.isNaN(top)) most = top;
    });
    this.#top = typeof max === 'number' ? max : niceCeiling(most, max.kind, max.least);
    if (axis === 'none' ? this.#settled !== null : this.#isLabelledFor(view)) this.#move(range);
    else this.#update(view);
    return true;
  }

  /** Takes up other series, another top of the scale. Draws again what it drew. */
  setOptions(options: StreamingChartOptions): void {
    const isOther = options.series !== this.#options.series;
    this.#options = options;
    if (isOther) {
      this.#takeSeries();
      this.#paint();
    }
    this.#redraw();
  }

  /** Reads the colours anew, after the theme has changed. */
  recolor(): void {
    this.#paint();
    if (this.#drawn) this.#redraw();
    else this.#update(null);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** Has the library look at everything anew: options, scales, layout, lines. */
  #update(view: DrawnView | null): void {
    if (view) this.#tellRange(view);
    this.#chart.update('none');
    this.#settled = view && { ...view, top: this.#top };
  }

  /** Whether all labels of the scales stand where they stood: a line that is ten seconds ago stays where it is. */
  #isLabelledFor({ range, isLive }: DrawnView): boolean {
    const settled = this.#settled;
    if (!settled?.isLive || !isLive || settled.top !== this.#top) return false;
    return Math.abs(settled.range.toX - settled.range.fromX - (range.toX - range.fromX)) < 1;
  }

  #tellRange({ range, isLive }: DrawnView): void {
    const { x, y } = this.#chart.options.scales!;
    this.#range = range;
    y!.max = this.#top;
    if (this.#options.axis === 'none') return;
    const widthPx = this.area.right - this.area.left || this.#chart.width;
    this.#ticks = chooseTimeTicks({ range, widthPx, isLive });
    (x!.ticks as { align: string }).align = isLive ? 'inner' : 'center';
  }

  /**
   * Has the library draw other points in another range, and nothing else: mostly that is all that happens in a second.
   * To look at everything costs five times as much.
   */
  #move({ fromX, toX }: TimeRange): void {
    const { x, y } = this.#chart.scales;
    Object.assign(x!, { min: fromX, max: toX }).configure();
    Object.assign(y!, { max: this.#top }).configure();
    this.#chart.data.datasets.forEach((_dataset, at) => {
      const { controller } = this.#chart.getDatasetMeta(at);
      controller.buildOrUpdateElements();
      controller.update('none');
    });
    this.#chart.draw();
  }

  #redraw(): void {
    if (this.#drawn) this.draw(this.#drawn, true);
  }

  get #anyRing(): RingBuffer | undefined {
    return this.#options.series.map((one) => this.ringOf(one)).find((ring) => ring !== undefined);
  }

  #newestRowX(): number {
    let newest = NaN;
    for (const one of this.#options.series) {
      const lastX = this.ringOf(one)?.lastX ?? NaN;
      if (!(lastX <= newest) && !Number.isNaN(lastX)) newest = lastX;
    }
    return newest;
  }

  #isWorthDrawing({ range, isLive }: DrawnView): boolean {
    const drawn = this.#drawn;
    if (!drawn || drawn.isLive !== isLive || this.#anyRing !== this.#drawnRing) return true;
    const halfPixelMs = (range.toX - range.fromX) / this.#chart.width / 2;
    const isMoved = (from: number, to: number): boolean =>
      !Object.is(from, to) && !(Math.abs(to - from) < halfPixelMs);
    return (
      isMoved(drawn.range.fromX, range.fromX) ||
      isMoved(drawn.range.toX, range.toX) ||
      isMoved(this.#drawnRowX, this.#newestRowX())
    );
  }

  #takeSeries(): void {
    this.#settled = null;
    const { series, stacked } = this.#options;
    // Lines of their own are kept while others come and go, and what they hold of their slices with them.
    const kept = new Map(this.#lineKeys.map((key, at) => [key, this.#lines[at]!]));
    this.#lineKeys = series.map(({ ringKey, column }, at) => (stacked ? `${at}` : `${ringKey} ${column}`));
    this.#lines = series.map(({ column }, at) => {
      if (stacked) return new DecimatedLine(series.slice(0, at + 1).map((under) => under.column));
      return kept.get(this.#lineKeys[at]!) ?? new DecimatedLine([column]);
    });
    this.#grey = series.filter(({ emphasis }) => emphasis === 'grey').map(() => ({ points: [] }));
    this.#chart.data.datasets = this.#colored.map((one) => this.#dataset(one));
  }

  get #colored(): readonly ChartSeries[] {
    return this.#options.series.filter(({ emphasis }) => emphasis !== 'grey');
  }

  #paint(): void {
    this.#settled = null;
    const { stacked } = this.#options;
    const colored = this.#colored;
    colored.forEach(({ color: token, emphasis }, at) => {
      const dataset = this.#chart.data.datasets[at]!;
      const color = readColor(token);
      dataset.borderColor = emphasis === 'faint' ? withAlpha(color, 0.3) : color;
      // A filled area tells of one or two lines; under many it is mud.
      dataset.backgroundColor = stacked
        ? emphasis === 'faint'
          ? withAlpha(color, 0.3)
          : color
        : withAlpha(color, colored.length > 3 || emphasis === 'faint' ? 0 : 0.14);
    });
    const { x, y } = this.#chart.options.scales!;
    const grid = readColor('grid');
    x!.grid!.color = grid;
    y!.grid!.color = grid;
    x!.ticks!.color = readColor('text-faint');
    y!.ticks!.color = readColor('text-faint');
  }

  #dataset({ label }: ChartSeries): ChartDataset<'line', Point[]> {
    const { stacked } = this.#options;
    const isFilled = stacked || this.#colored.length <= 3;
    // The first is painted last: in a stack each band covers the foot of the one above it.
    return { label, data: [], fill: isFilled ? 'origin' : false, borderWidth: stacked ? 0 : 1.5 };
  }
}
