import type { Clock } from '../../shared/lifecycle/clock.ts';
import { Sleepers, type Sleeper } from '../../shared/lifecycle/sleepers.ts';

export interface ReplayClockOptions {
  /** Real time, by which this one is paced. */
  readonly clock: Clock;
  readonly startedWallMs: number;
  /** How many of its seconds pass in one of the real ones. */
  readonly speed: number;
}

/**
 * The time of a replay. It goes from one sleeper's end to the next and stands still between them, so that whoever wakes
 * finds it to be exactly when it asked to be woken: what is read then is the same in every replay, at every speed and on
 * every machine. A host that is too slow for the speed falls behind and leaves nothing out. Nobody sleeps: time stands.
 */
export class ReplayClock implements Clock {
  readonly #options: ReplayClockOptions;
  readonly #sleepers = new Sleepers(() => this.#pace());
  #nowMs = 0;
  /** The real time that belongs to `#nowMs`. */
  #reachedMs: number;
  #pacing: AbortController | null = null;

  constructor(options: ReplayClockOptions) {
    this.#options = options;
    this.#reachedMs = options.clock.monotonic();
  }

  monotonic(): number {
    return this.#nowMs;
  }

  wall(): number {
    return this.#options.startedWallMs + this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#sleepers.size === 0) this.#reachedMs = this.#options.clock.monotonic();
    return this.#sleepers.sleepUntil(this.#nowMs + Math.max(0, ms), signal);
  }

  giveWay(): Promise<void> {
    return this.#options.clock.giveWay();
  }

  /** Waits, in real time, for whoever is due next. */
  #pace(): void {
    this.#pacing?.abort();
    this.#pacing = null;
    const next = this.#sleepers.first();
    if (!next) return;
    const pacing = new AbortController();
    this.#pacing = pacing;
    const { clock, speed } = this.#options;
    const atMs = this.#reachedMs + (next.dueMs - this.#nowMs) / speed;
    clock.sleep(Math.max(0, atMs - clock.monotonic()), pacing.signal).then(
      () => this.#wake(next, atMs),
      () => undefined,
    );
  }

  #wake(next: Sleeper, atMs: number): void {
    this.#pacing = null;
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    // A timer that fired late is made up for by the next; a host that cannot follow is not driven.
    this.#reachedMs = Math.max(atMs, this.#options.clock.monotonic() - catchUpMs);
    next.wake();
  }
}

/** How much lateness is made up for. */
const catchUpMs = 100;
