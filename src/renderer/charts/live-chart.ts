import { isStale } from '../views/connection-banner.tsx';
import type { Session } from '../session.ts';
import { onThemeChange } from '../theme.ts';
import { listReadings, readAt, stepReading, type ReadSeries, type Reading } from './chart-readings.ts';
import { watchOnScreen } from './on-screen.ts';
import { StreamingChart, type DrawnView, type StreamingChartOptions } from './streaming-chart.ts';

/**
 * A chart that follows the readings of a session, and the page's time axis, or a window of its own that never stands
 * still (`windowMs`). Where it is off the screen it draws nothing. Owned by whoever made it, and ended by `destroy`.
 */
export class LiveChart {
  readonly session: Session;
  readonly plot: StreamingChart;
  readonly #windowMs: number | undefined;
  readonly #stops: (() => void)[] = [];
  #options: StreamingChartOptions;
  #isOnScreen = false;

  constructor(
    canvas: HTMLCanvasElement,
    session: Session,
    options: StreamingChartOptions,
    windowMs: number | undefined,
  ) {
    this.session = session;
    this.#options = options;
    this.#windowMs = windowMs;
    this.plot = new StreamingChart(canvas, session.store, options, {
      onResize: () => session.viewTicker.mark(['view']),
    });
    const draw = (): void => this.#draw(false);
    this.#stops.push(
      session.ticker.onFrame(draw),
      session.viewTicker.onFrame(draw),
      session.onStatus(draw),
      onThemeChange(() => this.plot.recolor()),
      watchOnScreen(canvas, (isIn) => {
        this.#isOnScreen = isIn;
        draw();
      }),
    );
  }

  get options(): StreamingChartOptions {
    return this.#options;
  }

  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  /** What it shows now. */
  view(): DrawnView {
    const { store, timeView } = this.session;
    const { nowX } = store;
    const isFixed = this.#windowMs !== undefined;
    const isFollowing = isFixed || timeView.state().held === null;
    return {
      range: isFixed ? { fromX: nowX - this.#windowMs, toX: nowX } : timeView.range(nowX),
      // What arrived last is not now once nothing arrives.
      isLive: isFollowing && !isStale(this.session.status()),
    };
  }

  /** Its lines, as their readings are looked up. */
  series(): readonly ReadSeries[] {
    return this.#options.series.map((one) => ({
      label: one.label,
      column: one.column,
      ring: this.plot.ringOf(one),
    }));
  }

  /** What each line read at the reading nearest to `x`; null where there is none. */
  readAt(x: number): Reading | null {
    return readAt(this.series(), x);
  }

  /** The moment some readings from `x`; see `stepReading`. */
  stepFrom(x: number | null, count: number): number | null {
    return stepReading(this.series(), this.view().range, x, count);
  }

  /** All readings of what it shows. */
  readings(): Reading[] {
    return listReadings(this.series(), this.view().range);
  }

  /** Takes up other series, another top of the scale. */
  setOptions(options: StreamingChartOptions): void {
    this.#options = options;
    this.plot.setOptions(options);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.plot.destroy();
  }

  #draw(isForced: boolean): void {
    if (this.#isOnScreen) this.plot.draw(this.view(), isForced);
  }
}
