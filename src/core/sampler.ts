import type { Clock } from '../shared/lifecycle/clock.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Discontinuity, Sample } from '../shared/series/sample.ts';
import type { AnyCollector } from './collector.ts';
import { CollectorRun, type CollectorStatus } from './collector-run.ts';
import { deriveStretched } from './governor.ts';
import { roundToMicros } from './round-to-micros.ts';
import { deriveNextDue } from './schedule.ts';

/** How often each topic is wanted, in milliseconds; a topic that is absent is not read. */
export type Demand = ReadonlyMap<Topic, number>;

export interface SamplerOptions {
  readonly clock: Clock;
  readonly scope: TaskScope;
  readonly collectors: readonly AnyCollector[];
  /** Is handed every sample; the next is not begun before it has returned. */
  readonly publish: (sample: Sample) => Promise<void>;
  /** Time since boot with suspension counted, which tells sleep from a stepped clock. */
  readonly uptimeMs?: () => number;
}

/** How long a sample waits for slow reads. What comes later goes out as soon as it has come. */
const patienceMs = 40;
/** Readings due this soon are done now: one wake-up instead of two. */
const togetherMs = 5;
/** For how long a tick may hold the event loop before others get their turn. */
const sliceMs = 2;
/** By how much wall and monotonic time may drift apart between two ticks before it is called a step. */
const stepMs = 2_000;

/**
 * The sole caller of collectors. Sleeps for as long as nobody demands anything; else reads each topic at the
 * fastest rate that anybody demands, on one grid, each tick planned after the last has ended.
 */
export class Sampler {
  readonly #options: SamplerOptions;
  readonly #runs: ReadonlyMap<Topic, CollectorRun>;
  #demand: Demand = new Map();
  #stretch: ReadonlyMap<Topic, number> = new Map();
  #leastIntervalMs = 0;
  #seq = 0;
  #originMs = 0;
  #wake: AbortController | null = null;
  /** Whether nobody wanted anything since the last tick. */
  #wasIdle = false;
  #last: { monotonicMs: number; wallMs: number; uptimeMs: number | null } | null = null;
  #plannedMs: number | null = null;
  /** When the last sample had gone out, or the first was wanted, and how soon the next was due. */
  #progress = { atMs: 0, withinMs: 0 };

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#runs = new Map(
      options.collectors.map((collector) => [
        collector.id,
        new CollectorRun(collector, options.clock, options.scope),
      ]),
    );
    for (const collector of options.collectors) {
      const dispose = collector[Symbol.asyncDispose];
      if (dispose) options.scope.adopt(`collector ${collector.id}`, () => dispose.call(collector));
    }
    options.scope.spawn('sampler', (signal) => this.#run(signal));
  }

  /** The number of the last sample published; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** Where the grid of readings starts, in monotonic time. */
  get originMs(): number {
    return this.#originMs;
  }

  /**
   * Whether it does what is wanted of it: nobody wants anything, or the last sample went out as lately as it should have, give
   * or take `patienceMs`. Once this is false the sampler hangs, and so does whoever waits for its figures.
   */
  isTicking(patienceMs: number): boolean {
    if (this.#demand.size === 0) return true;
    const { atMs, withinMs } = this.#progress;
    return this.#options.clock.monotonic() - atMs <= Math.max(withinMs, this.#fastestMs()) + patienceMs;
  }

  get demands(): number {
    return this.#demand.size;
  }

  /** Topics that there is a collector for. */
  get topics(): readonly Topic[] {
    return [...this.#runs.keys()];
  }

  /** The shortest interval at which a topic is read, whatever is demanded. */
  minIntervalMs(topic: Topic): number {
    return Math.max(this.#runs.get(topic)?.collector.minIntervalMs ?? 0, this.#leastIntervalMs);
  }

  statuses(): CollectorStatus[] {
    return [...this.#runs.values()].map((run) => run.status());
  }

  /** Says what is wanted from now on. A topic without a fresh reading is read at once. */
  setDemand(demand: Demand): void {
    const { clock } = this.#options;
    if (this.#demand.size === 0 && demand.size > 0) {
      this.#originMs = clock.monotonic();
      this.#plannedMs = null;
    }
    const wasIdle = this.#demand.size === 0;
    this.#demand = demand;
    this.#plan();
    if (wasIdle) this.#noteProgress();
  }

  /** Multiplies the intervals of topics from now on, whatever is demanded; those that are absent by one. */
  setStretch(stretch: ReadonlyMap<Topic, number>): void {
    this.#stretch = stretch;
    this.#plan();
  }

  /** From now on no topic is read more often than this, whatever is demanded. */
  setLeastInterval(intervalMs: number): void {
    if (intervalMs === this.#leastIntervalMs) return;
    this.#leastIntervalMs = intervalMs;
    this.#plan();
  }

  /** What a topic's interval is multiplied by. */
  stretchOf(topic: Topic): number {
    return this.#stretch.get(topic) ?? 1;
  }

  /** Topics that somebody wants. */
  get wanted(): Iterable<Topic> {
    return this.#demand.keys();
  }

  #plan(): void {
    for (const [topic, run] of this.#runs) {
      const wanted = this.#demand.get(topic);
      if (wanted !== undefined && run.intervalMs === null) run.renew();
      const wasWanted = run.intervalMs !== null;
      run.wantedIntervalMs = wanted === undefined ? null : Math.max(wanted, this.minIntervalMs(topic));
      run.intervalMs =
        run.wantedIntervalMs === null ? null : deriveStretched(run.wantedIntervalMs, this.stretchOf(topic));
      if (wasWanted) run.rest();
    }
    if (this.#demand.size === 0) this.#wasIdle = true;
    this.#wake?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const dueMs = this.#nextDueMs();
      const waitMs = dueMs - this.#options.clock.monotonic();
      if (waitMs > 0) {
        await this.#pause(waitMs, signal);
        if (this.#options.clock.monotonic() < dueMs - togetherMs) continue;
      }
      this.#plannedMs = waitMs > 0 ? dueMs : null;
      await this.#tick();
    }
  }

  #nextDueMs(): number {
    let firstMs = Infinity;
    for (const run of this.#runs.values()) firstMs = Math.min(firstMs, this.#dueMs(run));
    return firstMs;
  }

  #dueMs(run: CollectorRun): number {
    if (run.intervalMs === null) return Infinity;
    if (run.lastStartMs === null || run.ready) return -Infinity;
    const nowMs = this.#options.clock.monotonic();
    if (!run.busy && nowMs - run.lastStartMs > 2 * run.intervalMs) return -Infinity;
    const nextMs = deriveNextDue(run.lastStartMs, run.intervalMs, this.#originMs);
    // A stuck read is not begun again; its topic still ticks, to say that it is late.
    return run.busy && nextMs <= nowMs ? deriveNextDue(nowMs, run.intervalMs, this.#originMs) : nextMs;
  }

  async #tick(): Promise<void> {
    const { clock } = this.#options;
    const nowMs = clock.monotonic();
    const pending: Promise<void>[] = [];
    let sliceStartMs = nowMs;
    const giveWay = async (): Promise<void> => {
      await clock.sleep(0);
      sliceStartMs = clock.monotonic();
    };
    for (const run of this.#runs.values()) {
      // What has come late goes out first: it is read again when its turn comes.
      if (run.busy || run.ready || this.#dueMs(run) > nowMs + togetherMs) continue;
      const reading = run.start();
      if (reading) pending.push(reading);
      if (clock.monotonic() - sliceStartMs >= sliceMs) await giveWay();
    }
    if (pending.length > 0) await this.#waitFor(pending);
    // Who wanted it left meanwhile: a sample of nothing would be a number that nobody can get.
    if (this.#demand.size === 0) return;
    const sections: Record<string, unknown> = {};
    for (const [topic, run] of this.#runs) {
      if (run.intervalMs === null) continue;
      const section = run.take();
      if (section) sections[topic] = section;
    }
    const discontinuity = this.#deriveDiscontinuity(nowMs);
    this.#seq++;
    await this.#options.publish({
      seq: this.#seq,
      wallMs: clock.wall(),
      monotonicMs: roundToMicros(nowMs),
      ...(discontinuity && { discontinuity }),
      sections: sections,
    });
    this.#noteProgress();
  }

  #noteProgress(): void {
    this.#progress = { atMs: this.#options.clock.monotonic(), withinMs: this.#fastestMs() };
  }

  /** Waits for reads, but not for long; those that take longer wake the sampler when they have come. */
  async #waitFor(pending: readonly Promise<void>[]): Promise<void> {
    const patience = new AbortController();
    const inTime = await Promise.race([
      Promise.all(pending).then(() => true),
      this.#options.clock.sleep(patienceMs, patience.signal).then(
        () => false,
        () => true,
      ),
    ]);
    patience.abort();
    if (!inTime) for (const late of pending) void late.then(() => this.#wake?.abort());
  }

  #deriveDiscontinuity(nowMs: number): Discontinuity | null {
    const { clock, uptimeMs } = this.#options;
    const last = this.#last;
    const wasIdle = this.#wasIdle;
    this.#wasIdle = false;
    const now = { monotonicMs: nowMs, wallMs: clock.wall(), uptimeMs: uptimeMs?.() ?? null };
    this.#last = now;
    if (!last) return null;
    const passedMs = now.monotonicMs - last.monotonicMs;
    const driftMs = now.wallMs - last.wallMs - passedMs;
    if (Math.abs(driftMs) > stepMs) {
      if (driftMs < 0) return 'clockStepped';
      const bothKnown = now.uptimeMs !== null && last.uptimeMs !== null;
      const sleptMs = bothKnown ? now.uptimeMs! - last.uptimeMs! - passedMs : driftMs;
      return sleptMs > stepMs / 2 ? 'slept' : 'clockStepped';
    }
    const unseenMs = this.#plannedMs === null ? passedMs - 2 * this.#fastestMs() : nowMs - this.#plannedMs;
    // While nobody wanted anything it did not look, which is no pause of the host.
    return !wasIdle && unseenMs > stepMs ? 'paused' : null;
  }

  #fastestMs(): number {
    let fastestMs = Infinity;
    for (const run of this.#runs.values()) fastestMs = Math.min(fastestMs, run.intervalMs ?? Infinity);
    return fastestMs === Infinity ? 0 : fastestMs;
  }

  /** Waits until the time has passed, the demand has changed, or the scope closes, which throws. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController();
    const stop = (): void => wake.abort();
    signal.addEventListener('abort', stop, { once: true });
    this.#wake = wake;
    try {
      if (ms === Infinity) await untilAborted(wake.signal);
      else await this.#options.clock.sleep(ms, wake.signal);
    } catch {
      // Woken early: by a change of demand, after which the loop plans anew, or by the close told of next.
      signal.throwIfAborted();
    } finally {
      this.#wake = null;
      signal.removeEventListener('abort', stop);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
