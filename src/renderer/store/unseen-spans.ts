import type { Discontinuity } from '../../shared/series/sample.ts';

/** A span of the time axis in which nothing could be read, and why. */
export interface UnseenSpan {
  readonly fromX: number;
  readonly toX: number;
  readonly reason: Discontinuity;
}

/** Shorter ones are the time between two readings: the host calls nothing shorter a sleep. */
const shortestMs = 2_000;
/** The newest that are kept. */
const most = 16;

/**
 * Where the time axis has been slept or paused through. A stepped clock takes no time and leaves none. Each of a
 * host's subscriptions tells of the same sleep; the later ones find nothing left to add.
 */
export class UnseenSpans {
  readonly #spans: UnseenSpan[] = [];

  /** Takes in that before `toX` time passed unseen, `fromX` being the sample before. False where that is no span. */
  note(fromX: number, toX: number, reason: Discontinuity): boolean {
    if (reason === 'clockStepped' || !(toX - fromX > shortestMs)) return false;
    this.#spans.push({ fromX, toX, reason });
    if (this.#spans.length > most) this.#spans.shift();
    return true;
  }

  /** Those that reach past `fromX`, the oldest first. */
  since(fromX: number): readonly UnseenSpan[] {
    return this.#spans.filter(({ toX }) => toX > fromX);
  }
}

/** What to call such a span where it is drawn. */
export function nameUnseen(reason: Discontinuity): string {
  return reason === 'slept' ? 'asleep' : 'paused';
}
