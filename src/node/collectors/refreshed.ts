import type { Clock } from '../../shared/lifecycle/clock.ts';

/** A fact that changes seldom, read anew at most every `everyMs`, or when its key changes. */
export class Refreshed<Value> {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #read: () => Value;
  #known: { readonly key: string; readonly value: Value; readonly atMs: number } | null = null;

  constructor(clock: Clock, everyMs: number, read: () => Value) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#read = read;
  }

  get(key = ''): Value {
    const nowMs = this.#clock.monotonic();
    if (this.#known?.key !== key || nowMs - this.#known.atMs >= this.#everyMs) {
      this.#known = { key, value: this.#read(), atMs: nowMs };
    }
    return this.#known.value;
  }
}
