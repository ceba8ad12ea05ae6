import type { Clock } from '../../shared/lifecycle/clock.ts';
import { Slice } from './slice.ts';

interface Entry<Facts> {
  readonly facts: Facts;
  readonly readMs: number;
}

/**
 * Facts of each of many things, such as the links of a machine: those that are new are read first, then the oldest of
 * those read longest ago, and never for more than two milliseconds at a time.
 */
export class SpreadFacts<Facts> {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #read: (key: string, before: Facts | null) => Facts;
  /** In the order of their reading. */
  readonly #entries = new Map<string, Entry<Facts>>();

  constructor(clock: Clock, everyMs: number, read: (key: string, before: Facts | null) => Facts) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#read = read;
  }

  /**
   * Reads what is due of these keys and forgets all others. False where the time did not suffice for those that are
   * new: `complete` reads them.
   */
  refresh(keys: readonly string[]): boolean {
    const slice = new Slice(this.#clock);
    const startMs = this.#clock.monotonic();
    let unknown = 0;
    for (const key of keys) {
      if (this.#entries.has(key)) continue;
      if (slice.isOver) unknown++;
      else this.#renew(key, null, startMs);
    }
    if (this.#entries.size + unknown > keys.length) this.#forget(new Set(keys));
    for (const [key, { facts, readMs }] of this.#entries) {
      if (readMs + this.#everyMs > startMs || slice.isOver) break;
      this.#renew(key, facts, startMs);
    }
    return unknown === 0;
  }

  /** Reads what `refresh` left unread, with pauses. */
  async complete(keys: readonly string[], signal: AbortSignal): Promise<void> {
    do await this.#clock.sleep(0, signal);
    while (!this.refresh(keys));
  }

  get(key: string): Facts | undefined {
    return this.#entries.get(key)?.facts;
  }

  #renew(key: string, before: Facts | null, readMs: number): void {
    const facts = this.#read(key, before);
    this.#entries.delete(key);
    this.#entries.set(key, { facts, readMs });
  }

  #forget(keys: ReadonlySet<string>): void {
    for (const key of this.#entries.keys()) if (!keys.has(key)) this.#entries.delete(key);
  }
}
