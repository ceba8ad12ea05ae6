import type { ChartWindowMs } from '../../shared/preferences/preferences.ts';

/** Part of the time axis, in milliseconds. */
export interface TimeRange {
  readonly fromX: number;
  readonly toX: number;
}

/** What the charts of a page show of time. A new object whenever it changed. */
export interface TimeViewState {
  /** How much is shown while the charts follow what arrives. */
  readonly windowMs: ChartWindowMs;
  /** What is shown instead, standing still: paused, zoomed or panned. Null while the charts follow. */
  readonly held: TimeRange | null;
  /** Where all charts show their crosshair; null where there is none. */
  readonly crosshairX: number | null;
}

/** Shortest span that can be zoomed to: fewer readings would be no line. */
const leastSpanMs = 5_000;

/**
 * The one time axis of all charts of a page: how far back they look, whether they stand still, and where the crosshair
 * is. Pure of drawing; charts hear of changes and draw.
 */
export class TimeView {
  readonly #listeners = new Set<() => void>();
  #state: TimeViewState;

  constructor(windowMs: ChartWindowMs) {
    this.#state = { windowMs, held: null, crosshairX: null };
  }

  /** The same object until something changes. */
  readonly state = (): TimeViewState => this.#state;

  /** Hears of every change. Returns the unsubscribe. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** What is shown, where `nowX` is the newest reading. */
  range(nowX: number): TimeRange {
    const { held, windowMs } = this.#state;
    return held ?? { fromX: nowX - windowMs, toX: nowX };
  }

  /** Looks this far back, and follows again. */
  setWindow(windowMs: ChartWindowMs): void {
    this.#update({ windowMs, held: null });
  }

  /** Stands still at what is shown now. */
  pause(nowX: number): void {
    if (!this.#state.held && Number.isFinite(nowX)) this.#update({ held: this.range(nowX) });
  }

  /** Shows just this, standing still. Its ends may come in either order. */
  zoomTo(oneX: number, otherX: number): void {
    const [fromX, toX] = [Math.min(oneX, otherX), Math.max(oneX, otherX)];
    const more = Math.max(0, leastSpanMs - (toX - fromX)) / 2;
    this.#update({ held: { fromX: fromX - more, toX: toX + more } });
  }

  /** Moves what is shown, standing still: earlier where `ms` is negative, and never past the newest reading. */
  panBy(ms: number, nowX: number): void {
    const { fromX, toX } = this.range(nowX);
    const by = Math.min(ms, nowX - toX);
    this.#update({ held: { fromX: fromX + by, toX: toX + by } });
  }

  /** Follows again, as wide as was chosen. */
  follow(): void {
    this.#update({ held: null });
  }

  /** Null takes the crosshair away. */
  setCrosshair(crosshairX: number | null): void {
    this.#update({ crosshairX });
  }

  #update(change: Partial<TimeViewState>): void {
    const next = { ...this.#state, ...change };
    const isSame = (Object.keys(next) as (keyof TimeViewState)[]).every(
      (key) => next[key] === this.#state[key],
    );
    if (isSame) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
