/** How often a page may crash before it is left alone. */
export interface CrashLimits {
  readonly crashes: number;
  readonly withinMs: number;
}

/** A page that crashes for the third time within a minute is not brought back. */
const defaultCrashLimits: CrashLimits = { crashes: 3, withinMs: 60_000 };

/** Counts the crashes of one page, and says when to stop bringing it back. Takes times, has no clock. */
export class CrashBudget {
  readonly #limits: CrashLimits;
  #crashesMs: number[] = [];

  constructor(limits: CrashLimits = defaultCrashLimits) {
    this.#limits = limits;
  }

  /** Notes a crash at `nowMs` (monotonic). */
  note(nowMs: number): 'reload' | 'giveUp' {
    this.#crashesMs = this.#crashesMs.filter((atMs) => nowMs - atMs < this.#limits.withinMs);
    this.#crashesMs.push(nowMs);
    return this.#crashesMs.length < this.#limits.crashes ? 'reload' : 'giveUp';
  }

  /** Begins anew, as when a person asks for another try. */
  reset(): void {
    this.#crashesMs = [];
  }
}
