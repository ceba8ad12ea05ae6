/** Somebody who sleeps until a time of a clock. */
export interface Sleeper {
  readonly dueMs: number;
  /** Ends the sleep, and has left when this returns. */
  wake(): void;
}

/** Who sleeps on a clock that does not run by itself, and who of them is due first. */
export class Sleepers {
  /** In the order in which they fell asleep. */
  readonly #sleepers = new Set<Sleeper>();
  readonly #changed: () => void;

  /** `changed` is called whenever somebody falls asleep, wakes or gives up. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  get size(): number {
    return this.#sleepers.size;
  }

  /** Resolves when woken; rejects with the signal's reason where that comes first. */
  sleepUntil(dueMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const leave = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
        this.#changed();
      };
      const onAbort = (): void => {
        leave();
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        dueMs,
        wake: () => {
          leave();
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#changed();
    });
  }

  /** Who is due first; of several at the same time, who fell asleep first. */
  first(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) if (!first || sleeper.dueMs < first.dueMs) first = sleeper;
    return first;
  }
}
