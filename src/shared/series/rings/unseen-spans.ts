import type { Discontinuity } from '../sample.ts';

/**
 * Why nothing is known of a time: the host slept or was stopped, its samples were lost on the way, it began anew, or
 * nobody watched the page.
 */
export type UnseenReason = Discontinuity | 'lost' | 'restarted' | 'unwatched';

/** A span of the time axis of which nothing is known, and why. */
export interface UnseenSpan {
  readonly fromX: number;
  readonly toX: number;
  readonly reason: UnseenReason;
}

/** Shorter ones are the time between two readings: the host calls nothing shorter a sleep. */
const shortestMs = 2_000;
/** The newest that are kept. Topics that are read at other times have spans of their own for one and the same seam. */
const most = 256;

/**
 * Where the time axis has a span of which nothing is known. A stepped clock takes no time and leaves none. Each of a
 * host's subscriptions tells of the same sleep; the later ones find nothing left to add.
 */
export class UnseenSpans {
  readonly #spans: UnseenSpan[] = [];

  /** Takes in that before `toX` time passed unseen, `fromX` being the sample before. False where that is no span. */
  note(fromX: number, toX: number, reason: UnseenReason): boolean {
    if (reason === 'clockStepped' || !(toX - fromX > shortestMs)) return false;
    if (this.#spans.some((span) => span.fromX === fromX && span.toX === toX)) return false;
    this.#spans.push({ fromX, toX, reason });
    if (this.#spans.length > most) this.#spans.shift();
    return true;
  }

  /** Those that reach past `fromX`, the oldest first. */
  since(fromX: number): readonly UnseenSpan[] {
    return this.#spans.filter(({ toX }) => toX > fromX);
  }
}
