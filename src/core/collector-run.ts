import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { RawOf, Topic } from '../shared/series/raw.ts';
import type { Section } from '../shared/series/sample.ts';
import type { AnyCollector, Collector, Probe } from './collector.ts';
import { roundToMicros } from './round-to-micros.ts';
import { hasOutline } from './usable.ts';

type Raw = RawOf<Topic>;
type AnySection = Section<Raw>;

/** From then on what was known is called stale, however patient the collector's own deadline is. */
const staleAfterMs = 3_000;
/** What to do where nothing better is known. */
const generalRemedy = 'Run Pulsewire as a user who may read it.';

/** How a collector is doing, for diagnostics. */
export interface CollectorStatus {
  readonly id: Topic;
  readonly state: 'idle' | 'active' | 'unsupported' | 'needsPermission' | 'late' | 'stale' | 'failed';
  /** How often it is read, and how often it would be if the governor let it; null while nobody wants it. */
  readonly intervalMs: number | null;
  readonly wantedIntervalMs: number | null;
  /** How long the last read took. */
  readonly lastReadMs: number | null;
  readonly reads: number;
  readonly failures: number;
  /** How long all reads and the slowest one held the host's thread. */
  readonly busyMs: number;
  readonly slowestMs: number;
  readonly message: string | null;
}

/**
 * One collector under the sampler: at most one read at a time, a deadline past which it counts as late, and
 * its result kept until the sampler takes it. A read that never ends costs one task and no more reads.
 */
export class CollectorRun {
  readonly collector: Collector;
  /** Monotonic time at which the last read began; null before the first. */
  lastStartMs: number | null = null;
  /** How often it is read now, and how often it would be if the governor let it; null while nobody wants it. */
  intervalMs: number | null = null;
  wantedIntervalMs: number | null = null;
  readonly #clock: Clock;
  readonly #scope: TaskScope;
  #probe: Probe | null = null;
  /** For the next read. Those that are done at once leave it as it was: it is made anew for the others only. */
  #controller: AbortController | null = null;
  #busy: Promise<void> | null = null;
  #result: AnySection | null = null;
  #last: AnySection | null = null;
  #lastReadMs: number | null = null;
  #reads = 0;
  #failures = 0;
  #busyMs = 0;
  #slowestMs = 0;

  constructor(collector: AnyCollector, clock: Clock, scope: TaskScope) {
    this.collector = collector;
    this.#clock = clock;
    this.#scope = scope;
  }

  /** Whether a read is under way. */
  get busy(): boolean {
    return this.#busy !== null;
  }

  /** Whether a result waits to be taken. */
  get ready(): boolean {
    return this.#result !== null;
  }

  /** Begins a read unless one is under way. Null where it is done at once, as those of kept descriptors are. */
  start(): Promise<void> | null {
    if (this.#busy) return this.#busy;
    const startMs = this.#clock.monotonic();
    this.lastStartMs = startMs;
    if (this.#probe && this.#probe.status !== 'ok') {
      this.#settle(startMs, this.#probe);
      return null;
    }
    const controller = (this.#controller ??= new AbortController());
    const noteBusy = this.#countBusy();
    try {
      const reading = this.#probe
        ? this.collector.read(controller.signal, noteBusy)
        : this.#probeAndRead(controller.signal, noteBusy);
      noteBusy(this.#clock.monotonic() - startMs);
      if (!isPromiseLike(reading)) {
        this.#settle(startMs, this.#deriveSection(startMs, reading));
        return null;
      }
      this.#controller = null;
      this.#busy = this.#follow(reading, controller, startMs);
      return this.#busy;
    } catch (thrown) {
      noteBusy(this.#clock.monotonic() - startMs);
      this.#settle(startMs, deriveFailure(thrown));
      return null;
    }
  }

  /** Takes what the last read brought; a `late` section once its deadline has passed; null where there is nothing new. */
  take(): AnySection | null {
    const result = this.#result;
    this.#result = null;
    if (result || !this.#busy || this.lastStartMs === null) return result;
    const waitedMs = this.#clock.monotonic() - this.lastStartMs;
    if (waitedMs < Math.min(this.collector.deadlineMs, staleAfterMs)) return null;
    const message = `No answer for ${Math.round(waitedMs / 100) / 10} s.`;
    this.#last = { status: waitedMs < staleAfterMs ? 'late' : 'stale', message };
    return this.#last;
  }

  status(): CollectorStatus {
    const { id } = this.collector;
    const failed = this.#last && this.#last.status !== 'ok' ? this.#last : null;
    return {
      id,
      state: failed ? failed.status : this.intervalMs === null ? 'idle' : 'active',
      intervalMs: this.intervalMs,
      wantedIntervalMs: this.wantedIntervalMs,
      lastReadMs: this.#lastReadMs,
      reads: this.#reads,
      failures: this.#failures,
      busyMs: this.#busyMs,
      slowestMs: this.#slowestMs,
      message: failed?.message ?? null,
    };
  }

  async #probeAndRead(signal: AbortSignal, noteBusy: (ms: number) => void): Promise<Raw> {
    const probe = await this.collector.probe();
    if (probe.status !== 'ok') {
      // What a machine lacks it may get: asked again after each start of demand, not at each reading.
      this.#probe = probe;
      throw new MonitorError(probe.status, probe.message, 'remedy' in probe ? { remedy: probe.remedy } : {});
    }
    this.#probe = probe;
    const startMs = this.#clock.monotonic();
    const reading = this.collector.read(signal, noteBusy);
    noteBusy(this.#clock.monotonic() - startMs);
    return reading;
  }

  /** Lets the collector let go of what it keeps, at once or when the read that is under way has ended. */
  rest(): void {
    if (!this.#busy && this.intervalMs === null) this.collector.rest?.();
  }

  /** For a new demand: asks again where a probe has refused, and drops what came after nobody wanted it any more. */
  renew(): void {
    if (this.#probe?.status !== 'ok') this.#probe = null;
    this.#result = null;
  }

  async #follow(reading: PromiseLike<Raw>, controller: AbortController, startMs: number): Promise<void> {
    let section: AnySection | null = null;
    const task = this.#scope.spawn(`read ${this.collector.id}`, async (signal) => {
      const forward = (): void => controller.abort(signal.reason);
      signal.addEventListener('abort', forward, { once: true });
      try {
        section = this.#deriveSection(startMs, await reading);
      } catch (thrown) {
        section = deriveFailure(thrown);
      } finally {
        signal.removeEventListener('abort', forward);
      }
    });
    await task.done;
    this.#busy = null;
    this.#settle(
      startMs,
      section ?? { status: 'failed', code: 'aborted', message: 'The read was cancelled.' },
    );
    this.rest();
  }

  #deriveSection(readMs: number, data: Raw): AnySection {
    const { id } = this.collector;
    if (hasOutline(id, data)) return { status: 'ok', readMs: roundToMicros(readMs), data };
    return {
      status: 'failed',
      code: 'internal',
      message: `The collector of ${id} returned no usable figures.`,
    };
  }

  /** Adds up the turns of one read. */
  #countBusy(): (ms: number) => void {
    let readMs = 0;
    return (ms) => {
      this.#busyMs += ms;
      readMs += ms;
      this.#slowestMs = Math.max(this.#slowestMs, readMs);
    };
  }

  #settle(startMs: number, section: AnySection): void {
    this.#reads++;
    if (section.status !== 'ok') this.#failures++;
    this.#lastReadMs = this.#clock.monotonic() - startMs;
    this.#result = section;
    this.#last = section;
  }
}

function isPromiseLike<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}

function deriveFailure(thrown: unknown): AnySection {
  const { code, message, remedy } = MonitorError.from(thrown);
  if (code === 'unsupported') return { status: code, message };
  if (code === 'needsPermission') return { status: code, message, remedy: remedy ?? generalRemedy };
  return { status: 'failed', code, message };
}
