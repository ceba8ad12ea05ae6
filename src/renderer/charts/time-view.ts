import type { ChartWindowMs } from '../../shared/preferences/preferences.ts';

/** Part of the time axis, in milliseconds. */
export interface TimeRange {
  readonly fromX: number;
  readonly toX: number;
}

/** Whether charts follow what arrives, stand still as they were, or show a part that somebody chose. */
export type TimeViewMode = 'following' | 'paused' | 'zoomed';

/** What the charts of a page show of time. A new object whenever it changed. */
export interface TimeViewState {
  /** How much is shown while the charts follow what arrives. */
  readonly windowMs: ChartWindowMs;
  readonly mode: TimeViewMode;
  /** What is shown instead, standing still: paused, zoomed or panned. Null while the charts follow. */
  readonly held: TimeRange | null;
  /** Where all charts show their crosshair; null where there is none. */
  readonly crosshairX: number | null;
}

/** Shortest span that can be zoomed to: fewer readings would be no line. */
const leastSpanMs = 5_000;
/** Longest: no more is kept. */
const mostSpanMs = 3_600_000;

/**
 * The one time axis of all charts of a page: how far back they look, whether they stand still, and where the crosshair
 * is. Pure of drawing; charts hear of changes and draw.
 */
export class TimeView {
  readonly #listeners = new Set<() => void>();
  #state: TimeViewState;
  /** What `reset` goes back to: where the charts were paused, or null to follow. */
  #paused: TimeRange | null = null;

  constructor(windowMs: ChartWindowMs) {
    this.#state = { windowMs, mode: 'following', held: null, crosshairX: null };
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

  /** Looks this far back: from where the charts were paused, else from now on, following. */
  setWindow(windowMs: ChartWindowMs): void {
    if (this.#paused) this.#paused = { fromX: this.#paused.toX - windowMs, toX: this.#paused.toX };
    this.#update({ windowMs, ...this.#resting() });
  }

  /** Stands still at what is shown now. */
  pause(nowX: number): void {
    if (this.#state.held || !Number.isFinite(nowX)) return;
    this.#paused = this.range(nowX);
    this.#update(this.#resting());
  }

  /** Shows just this, standing still. Its ends may come in either order. */
  zoomTo(oneX: number, otherX: number): void {
    const [fromX, toX] = [Math.min(oneX, otherX), Math.max(oneX, otherX)];
    const more = Math.max(0, leastSpanMs - (toX - fromX)) / 2;
    this.#update({ mode: 'zoomed', held: { fromX: fromX - more, toX: toX + more } });
  }

  /** Shows `factor` times as much, `aroundX` staying where it is, and never more than is kept nor the future. */
  zoomBy(factor: number, aroundX: number, nowX: number): void {
    const { fromX, toX } = this.range(nowX);
    const spanMs = Math.min(mostSpanMs, Math.max(leastSpanMs, (toX - fromX) * factor));
    const part = Math.min(1, Math.max(0, (aroundX - fromX) / (toX - fromX)));
    const endX = Math.min(nowX, aroundX + spanMs * (1 - part));
    if (Number.isFinite(endX)) this.zoomTo(endX - spanMs, endX);
  }

  /**
   * Moves what is shown, standing still: earlier where `ms` is negative, never past what is kept nor past the newest
   * reading. What was only moved follows again once it is moved back there.
   */
  panBy(ms: number, nowX: number): void {
    const { windowMs } = this.#state;
    const { fromX, toX } = this.range(nowX);
    const earliest = Math.min(0, nowX - mostSpanMs - fromX);
    const by = Math.max(earliest, Math.min(ms, nowX - toX));
    if (!Number.isFinite(by) || by === 0) return;
    const isBack = toX + by >= nowX && Math.abs(toX - fromX - windowMs) < 1 && !this.#paused;
    if (isBack) this.follow();
    else this.#update({ mode: 'zoomed', held: { fromX: fromX + by, toX: toX + by } });
  }

  /** As it was before zooming and panning: paused where it was paused, else following. */
  reset(): void {
    this.#update(this.#resting());
  }

  /** Follows again, as wide as was chosen. */
  follow(): void {
    this.#paused = null;
    this.#update(this.#resting());
  }

  /** Null takes the crosshair away. */
  setCrosshair(crosshairX: number | null): void {
    this.#update({ crosshairX });
  }

  #resting(): Pick<TimeViewState, 'mode' | 'held'> {
    return { mode: this.#paused ? 'paused' : 'following', held: this.#paused };
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
