import { formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ColorToken } from './chart-colors.ts';
import { pressChartKey } from './chart-keys.ts';
import { drawOverlay, type OverlayMarks } from './chart-overlay.ts';
import { followPointer } from './chart-pointer.ts';
import { ChartReadout, type ReadoutLine } from './chart-readout.ts';
import type { Reading } from './chart-readings.ts';
import { describeChart } from './describe-chart.ts';
import type { LiveChart } from './live-chart.ts';
import { formatValue } from './measures.ts';

/** The parts of a chart on the page, besides the canvas that it is drawn on. */
export interface ChartParts {
  readonly overlay: HTMLCanvasElement;
  /** Takes pointer and focus. */
  readonly surface: HTMLElement;
  readonly readout: HTMLElement;
  /** Where the chart is told in words. */
  readonly words: HTMLElement;
}

export interface InteractionOptions {
  readonly openTable: () => void;
  readonly openMenu: () => void;
  /** Hears what the lines read at the crosshair; null where there is none. */
  readonly onCrosshair?: (reading: Reading | null) => void;
}

/** The words are written anew no more often. */
const wordsEveryMs = 15_000;
/** More lines than this are not told beside the crosshair: the first of those that are drawn in colour are. */
const mostReadoutLines = 8;

/**
 * What pointer and keys do on a chart, and what the crosshair says, whichever chart of the page moved it. Ended by
 * `destroy`.
 */
export class ChartInteraction {
  readonly #chart: LiveChart;
  readonly #parts: ChartParts;
  readonly #readout: ChartReadout;
  readonly #options: InteractionOptions;
  readonly #stops: (() => void)[] = [];
  #selection: OverlayMarks['selection'] = null;
  /** Where the pointer rests on this chart, whose crosshair stays under it while readings pass below. */
  #pointerPx: number | null = null;
  #wordsAtMs = -Infinity;

  constructor(chart: LiveChart, parts: ChartParts, options: InteractionOptions) {
    this.#chart = chart;
    this.#parts = parts;
    this.#options = options;
    this.#readout = new ChartReadout(parts.readout);
    const { session } = chart;
    const { surface } = parts;
    const target = {
      view: session.timeView,
      nowX: () => session.store.nowX,
      range: () => chart.view().range,
      toX: (px: number) => this.#toX(px),
      pixelMs: () => this.#pixelMs(),
      point: (px: number | null) => this.#point(px),
      select: (selection: OverlayMarks['selection']) => {
        this.#selection = selection;
        session.viewTicker.mark(['view']);
      },
      step: (count: number) => this.#moveTo(chart.stepFrom(this.#crosshairInSight(), count)),
      stepToEnd: (end: 'first' | 'last') => {
        const { fromX, toX } = chart.view().range;
        const outside = end === 'first' ? chart.stepFrom(fromX, 0) : chart.stepFrom(toX, 0);
        this.#moveTo(outside);
      },
      openTable: options.openTable,
      openMenu: options.openMenu,
    };
    const press = (event: KeyboardEvent): void => {
      if (!pressChartKey(event, target)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const focus = (): void => {
      session.charts.touch(chart);
      this.#writeWords();
    };
    // Keys that ask for a menu are heard as keys; with the pointer it is asked for by the other button.
    const askMenu = (event: MouseEvent): void => {
      event.preventDefault();
      if (event.button === 2) options.openMenu();
    };
    surface.addEventListener('contextmenu', askMenu);
    surface.addEventListener('keydown', press);
    surface.addEventListener('focus', focus);
    this.#stops.push(
      followPointer(surface, target),
      () => surface.removeEventListener('contextmenu', askMenu),
      () => surface.removeEventListener('keydown', press),
      () => surface.removeEventListener('focus', focus),
      session.charts.add(chart, surface),
      session.ticker.onFrame(() => this.#onReading()),
      session.viewTicker.onFrame(() => this.#show()),
    );
  }

  /** Writes the words anew: the chart shows something else. */
  refresh(): void {
    this.#wordsAtMs = -Infinity;
    this.#show();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  #onReading(): void {
    const { session, isOnScreen } = this.#chart;
    if (!isOnScreen) return;
    if (session.clock.monotonic() - this.#wordsAtMs >= wordsEveryMs) this.#writeWords();
    const { crosshairX } = session.timeView.state();
    if (this.#pointerPx !== null) this.#point(this.#pointerPx);
    else if (crosshairX === null) return;
    else if (crosshairX < this.#chart.view().range.fromX) session.timeView.setCrosshair(null);
    this.#show();
  }

  /** Draws the crosshair and what is dragged over, and says what was read there. */
  #show(): void {
    const { isOnScreen, plot, session } = this.#chart;
    if (!isOnScreen) return;
    const { crosshairX } = session.timeView.state();
    const reading = crosshairX === null ? null : this.#chart.readAt(crosshairX);
    const crosshairPx = crosshairX === null ? null : this.#toPx(reading?.x ?? crosshairX);
    const isSeen =
      crosshairPx !== null && crosshairPx >= plot.area.left - 1 && crosshairPx <= plot.area.right + 1;
    drawOverlay(this.#parts.overlay, {
      width: plot.width,
      height: plot.height,
      area: plot.area,
      crosshairPx,
      dots: reading && isSeen ? this.#dots(reading, crosshairPx) : [],
      selection: this.#selection,
    });
    if (reading && isSeen) {
      const time = formatTime(reading.x);
      this.#readout.show({ time, lines: this.#lines(reading), crosshairPx, width: plot.width });
    } else this.#readout.hide();
    this.#options.onCrosshair?.(isSeen ? reading : null);
    this.#tell(isSeen ? reading : null);
  }

  #lines({ values }: Reading): ReadoutLine[] {
    const { series } = this.#chart.options;
    const told = series.map((one, at) => ({ ...one, value: values[at]! }));
    const colored = told.filter(({ emphasis }) => emphasis === undefined);
    return (colored.length > 0 ? colored : told.filter(({ emphasis }) => emphasis !== 'grey'))
      .slice(0, mostReadoutLines)
      .map(({ label, color, value }) => ({ label, color, text: this.#format(value) }));
  }

  #dots({ values }: Reading, px: number): { px: number; py: number; color: ColorToken }[] {
    const { series, stacked } = this.#chart.options;
    let under = 0;
    return series.flatMap(({ color, emphasis }, at) => {
      under = stacked ? under + values[at]! : values[at]!;
      return emphasis !== undefined || Number.isNaN(under)
        ? []
        : [{ px, py: this.#chart.plot.pixelY(under), color }];
    });
  }

  /** For those who do not see it: where the crosshair is, and what was read there. */
  #tell(reading: Reading | null): void {
    const { surface } = this.#parts;
    const { fromX, toX } = this.#chart.view().range;
    if (document.activeElement !== surface) return;
    const at = reading ? Math.round(((reading.x - fromX) / (toX - fromX)) * 100) : 100;
    surface.setAttribute('aria-valuenow', String(Math.min(100, Math.max(0, at))));
    const lines = reading ? this.#lines(reading).map(({ label, text }) => `${label} ${text}`) : [];
    const text = reading ? `${formatTime(reading.x)}: ${lines.join(', ')}` : t('charts:noCrosshair');
    surface.setAttribute('aria-valuetext', text);
  }

  #writeWords(): void {
    const { clock } = this.#chart.session;
    this.#wordsAtMs = clock.monotonic();
    const { range, isLive } = this.#chart.view();
    if (Number.isNaN(range.toX)) return;
    this.#parts.words.textContent = describeChart({
      labels: this.#chart.options.series.map(({ label }) => label),
      readings: this.#chart.readings(),
      range,
      isLive,
      format: (value) => this.#format(value),
    });
    this.#tell(null);
  }

  #format(value: number): string {
    const { measure, formatTick } = this.#chart.options;
    return formatValue(measure, formatTick, value);
  }

  #point(px: number | null): void {
    this.#pointerPx = px;
    if (px !== null) this.#chart.session.charts.touch(this.#chart);
    const x = px === null ? null : this.#toX(px);
    this.#moveTo(x === null ? null : (this.#chart.readAt(x)?.x ?? x), px === null);
  }

  #moveTo(x: number | null, mayGo = false): void {
    if (x !== null || mayGo) this.#chart.session.timeView.setCrosshair(x);
  }

  #crosshairInSight(): number | null {
    const { crosshairX } = this.#chart.session.timeView.state();
    const { fromX, toX } = this.#chart.view().range;
    return crosshairX !== null && crosshairX >= fromX && crosshairX <= toX ? crosshairX : null;
  }

  #toX(px: number): number {
    const { left, right } = this.#chart.plot.area;
    const { fromX, toX } = this.#chart.view().range;
    const part = (Math.min(right, Math.max(left, px)) - left) / Math.max(1, right - left);
    return fromX + part * (toX - fromX);
  }

  #toPx(x: number): number {
    const { left, right } = this.#chart.plot.area;
    const { fromX, toX } = this.#chart.view().range;
    return left + ((x - fromX) / (toX - fromX)) * (right - left);
  }

  #pixelMs(): number {
    const { left, right } = this.#chart.plot.area;
    const { fromX, toX } = this.#chart.view().range;
    return (toX - fromX) / Math.max(1, right - left);
  }
}
