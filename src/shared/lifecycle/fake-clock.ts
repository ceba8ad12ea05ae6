import type { Clock } from './clock.ts';
import { Sleepers } from './sleepers.ts';

/**
 * A clock that stands still until a test moves it. `advance` wakes sleepers in the order in which they are
 * due, letting everything that each one started settle before the next.
 */
export class FakeClock implements Clock {
  #monotonicMs = 0;
  #wallOffsetMs: number;
  readonly #sleepers = new Sleepers();

  constructor(wallStartMs = Date.UTC(2026, 0, 1)) {
    this.#wallOffsetMs = wallStartMs;
  }

  monotonic(): number {
    return this.#monotonicMs;
  }

  wall(): number {
    return this.#monotonicMs + this.#wallOffsetMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#sleepers.sleepUntil(this.#monotonicMs + Math.max(0, ms), signal);
  }

  giveWay(): Promise<void> {
    return Promise.resolve();
  }

  /** How many sleeps are under way: zero when nothing waits any more. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** Moves both clocks by `ms`, waking what falls due on the way. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.first();
      if (!next || next.dueMs > endMs) break;
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#monotonicMs = endMs;
  }

  /** What suspending the machine does on Linux: wall time passes, monotonic time does not. */
  suspend(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  /** What SIGSTOP does: time passes, but no timer fires until the next `advance`. */
  freeze(ms: number): void {
    this.#monotonicMs += ms;
  }
}

/** Lets promise reactions run to their end: more turns than any chain of awaits in the project is long. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 64; turn++) await Promise.resolve();
}
