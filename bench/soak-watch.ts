import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { deriveMedian, deriveSlopePerMinute } from './soak-checks.ts';
import type { SoakHost } from './soak-host.ts';

const everyMs = 1_000;
/** Every so many looks garbage is collected first and the heap is measured. */
const collectEvery = 10;
/** What the 99th hundredth of the event loop's delays within a second may be in the median second. */
const loopDelayMedianMs = 50;
/** What a session may leave of the heap, as in the bench of churn. */
const heapBytesPerSession = 50;
/**
 * What memory may grow by for no reason that matters: the larger of a rate, and an amount over the whole run; the heap by
 * its share for each session besides.
 */
const flat = {
  heap: { bytesPerMinute: 32 * 1024, bytes: 1024 * 1024 },
  rss: { bytesPerMinute: 256 * 1024, bytes: 12 * 1024 * 1024 },
};

interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** Looks at the host once a second, and complains about what must not be. */
export class SoakWatch {
  readonly #host: SoakHost;
  readonly #complain: (what: string) => void;
  readonly #rss: Point[] = [];
  readonly #heap: Point[] = [];
  readonly #delays: number[] = [];
  #longestDelayMs = 0;
  #mostSessions = 0;
  #closed: Readonly<Record<string, number>> = {};

  constructor(host: SoakHost, complain: (what: string) => void) {
    this.#host = host;
    this.#complain = complain;
  }

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (let look = 1; !signal.aborted; look++) {
      await systemClock.sleep(everyMs, signal).catch(() => undefined);
      const atMs = systemClock.monotonic();
      const state = await this.#host.state(look % collectEvery === 0);
      for (const message of state.logged) this.#complain(`The host logged: ${message}`);
      for (const left of state.leftovers) this.#complain(`A closed session left something: ${left}`);
      for (const scope of state.orphanScopes) this.#complain(`A scope without a client: ${scope}`);
      this.#rss.push({ atMs, value: state.rssBytes });
      if (state.heapBytes !== null) this.#heap.push({ atMs, value: state.heapBytes });
      // The look after one that collected garbage has that pause in its figures.
      if (look % collectEvery !== 1) {
        this.#delays.push(state.eventLoopDelayMsP99);
        this.#longestDelayMs = Math.max(this.#longestDelayMs, state.eventLoopDelayMsMax);
      }
      this.#mostSessions = Math.max(this.#mostSessions, state.sessions);
      this.#closed = state.closed;
    }
  }

  /** Judges memory and the event loop over the whole run but its first third, and gives the figures. */
  conclude(): Readonly<Record<string, unknown>> {
    const heap = this.#judge('heap', this.#heap);
    const rss = this.#judge('rss', this.#rss);
    const eventLoopDelayMsP99Median = deriveMedian(this.#delays);
    if (eventLoopDelayMsP99Median > loopDelayMedianMs)
      this.#complain(
        `The event loop is late by ${eventLoopDelayMsP99Median.toFixed(1)} ms in the median second.`,
      );
    return {
      mostSessions: this.#mostSessions,
      sessionsClosed: this.#closed,
      heapKbPerMinute: kilobytes(heap),
      rssKbPerMinute: kilobytes(rss),
      rssMbAtEnd: Math.round((this.#rss.at(-1)?.value ?? 0) / 1e5) / 10,
      eventLoopDelayMsP99Median: Math.round(eventLoopDelayMsP99Median * 10) / 10,
      eventLoopDelayMsLongest: Math.round(this.#longestDelayMs),
    };
  }

  #judge(name: keyof typeof flat, all: readonly Point[]): number {
    const points = all.slice(Math.floor(all.length / 3));
    const slope = deriveSlopePerMinute(thinned(points));
    const minutes = Math.max(0.1, ((points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0)) / 60_000);
    const closed = Object.values(this.#closed).reduce((total, count) => total + count, 0);
    const share = name === 'heap' ? (heapBytesPerSession * closed) / (1.5 * minutes) : 0;
    const most = share + Math.max(flat[name].bytesPerMinute, flat[name].bytes / minutes);
    if (slope > most)
      this.#complain(
        `${name} grows by ${kilobytes(slope)} KB a minute; ${kilobytes(most)} is the most over this time.`,
      );
    return slope;
  }
}

/** At most some hundreds, since every pair of them is looked at. */
function thinned(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / 300);
  return points.filter((_, index) => index % step === 0);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
