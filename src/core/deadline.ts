import type { Clock } from '../shared/lifecycle/clock.ts';

/** At most one timer at a time, which calls `onPassed` unless it is disarmed or armed anew before. */
export class Deadline {
  readonly #clock: Clock;
  readonly #onPassed: () => void;
  #timer: AbortController | null = null;

  constructor(clock: Clock, onPassed: () => void) {
    this.#clock = clock;
    this.#onPassed = onPassed;
  }

  /** Whether a timer runs. */
  get isArmed(): boolean {
    return this.#timer !== null;
  }

  arm(ms: number): void {
    this.disarm();
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(ms, timer.signal).then(
      () => {
        if (this.#timer !== timer) return;
        this.#timer = null;
        this.#onPassed();
      },
      // Disarmed.
      () => undefined,
    );
  }

  disarm(): void {
    this.#timer?.abort();
    this.#timer = null;
  }
}
