import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Budget, CostRaw } from '../shared/series/raw/cost.ts';
import {
  decide,
  deriveHighestLevel,
  deriveStretch,
  initialGovernorState,
  isLimiting,
  type GovernorState,
} from './governor.ts';
import type { GovernedUse, OwnUse } from './own-use.ts';

/** What the user allows, and what instead while the machine runs on its battery. */
export interface BudgetSettings extends Budget {
  readonly onBattery: Partial<Budget> | null;
}

export interface CostGovernorOptions {
  readonly clock: Clock;
  readonly budget: BudgetSettings;
  readonly ownUse: Pick<OwnUse, 'governed' | 'onBattery'>;
  /** Topics that somebody wants now. */
  readonly wanted: () => Iterable<Topic>;
  /** For how long after its start what a host costs is no sign of what it will: it loads, compiles, opens windows. Default 10 s. */
  readonly warmUpMs?: number;
  /** Is told by what each interval is to be multiplied, whenever that changes. */
  readonly apply: (stretch: ReadonlyMap<Topic, number>) => void;
}

const defaultWarmUpMs = 10_000;
/** How far apart its readings are at least: long enough that one sample more or less is no matter. */
const readingMs = 3_000;
/** A longer silence than this many readings is not one reading: nobody watched, or the machine slept. */
const mostReadingsApart = 20;

/**
 * Holds the monitor to its budget. It has no timer: the sampler's own samples drive it, so that it costs nothing while
 * nobody watches.
 */
export class CostGovernor {
  readonly #options: CostGovernorOptions;
  #state: GovernorState = initialGovernorState;
  #last: { readonly use: GovernedUse; readonly atMs: number } | null = null;
  readonly #warmAtMs: number;
  #settings: BudgetSettings;
  #budget: Budget;
  #stretch: ReadonlyMap<Topic, number> = new Map();

  constructor(options: CostGovernorOptions) {
    this.#options = options;
    this.#settings = options.budget;
    this.#budget = options.budget;
    this.#warmAtMs = options.clock.monotonic() + (options.warmUpMs ?? defaultWarmUpMs);
  }

  status(): CostRaw['governor'] {
    const { cpuShare, memoryBytes, forksPerSecond } = this.#budget;
    return {
      budget: { cpuShare, memoryBytes, forksPerSecond },
      onBattery: this.#options.ownUse.onBattery(),
      level: this.#state.level,
      over: [...this.#state.over],
      slowedTopics: [...this.#stretch.keys()],
    };
  }

  /** After a sample: takes a reading where it is time for one, and acts on it. */
  observe(): void {
    const { clock, ownUse, wanted } = this.#options;
    const settings = this.#settings;
    const nowMs = clock.monotonic();
    if (nowMs < this.#warmAtMs) return;
    const last = this.#last;
    if (last && nowMs - last.atMs < readingMs) return;
    this.#budget = deriveBudget(settings, settings.onBattery !== null && ownUse.onBattery());
    if (!isLimiting(this.#budget)) return this.rest();
    const use = ownUse.governed();
    this.#last = { use, atMs: nowMs };
    if (!last || nowMs - last.atMs > mostReadingsApart * readingMs) return;
    const seconds = (nowMs - last.atMs) / 1_000;
    const measured = {
      cpuShare: Math.max(0, use.cpuMs - last.use.cpuMs) / 1_000 / seconds,
      memoryBytes: use.residentBytes,
      forksPerSecond: Math.max(0, use.forks - last.use.forks) / seconds,
    };
    const topics = [...wanted()];
    this.#state = decide(this.#state, measured, this.#budget, deriveHighestLevel(topics));
    this.#apply(deriveStretch(this.#state.level, topics));
  }

  /** Allows another amount from now on. What is held back already comes back, or not, reading by reading. */
  setBudget(settings: BudgetSettings): void {
    this.#settings = settings;
    this.#budget = deriveBudget(settings, settings.onBattery !== null && this.#options.ownUse.onBattery());
    if (!isLimiting(this.#budget)) this.rest();
  }

  /** Nobody wants anything: whoever comes next begins with nothing held back. */
  rest(): void {
    this.#last = null;
    this.#state = initialGovernorState;
    this.#apply(new Map());
  }

  #apply(stretch: ReadonlyMap<Topic, number>): void {
    const isSame =
      stretch.size === this.#stretch.size &&
      [...stretch].every(([topic, factor]) => this.#stretch.get(topic) === factor);
    if (isSame) return;
    this.#stretch = stretch;
    this.#options.apply(stretch);
  }
}

/** The budget that is in force. */
export function deriveBudget({ onBattery, ...budget }: BudgetSettings, isOnBattery: boolean): Budget {
  return isOnBattery ? { ...budget, ...onBattery } : budget;
}
