import type { Clock } from '../../shared/lifecycle/clock.ts';

/** An editor writes a file in several steps, which are over this long after the last. */
export const settleMs = 100;

/** Turns a burst of events into one call after the last of them; never two at a time. Dispose of it with its source. */
export class Burst implements Disposable {
  readonly #clock: Clock;
  readonly #onOver: () => Promise<void>;
  #waiting: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #isDisposed = false;

  /** `onOver` must not reject. */
  constructor(clock: Clock, onOver: () => Promise<void>) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** One more event. */
  note(): void {
    this.#waiting?.abort();
    if (this.#isDisposed) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#clock.sleep(settleMs, waiting.signal).then(
      () => {
        this.#running = this.#running.then(this.#onOver);
      },
      // Another event came, or it is over for good.
      () => undefined,
    );
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#waiting?.abort();
  }
}
