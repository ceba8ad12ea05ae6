import type { CostRaw } from '../shared/series/raw/cost.ts';

/** What the budget is held against: host and helper, without the windows that draw. Counters since the start. */
export interface GovernedUse {
  readonly cpuMs: number;
  readonly residentBytes: number | null;
  readonly forks: number;
}

/** What the monitor itself uses. Its host knows, and gives it to the core. */
export interface OwnUse {
  /** Cheap: asked every few seconds. */
  governed(): GovernedUse;
  /** Everything, for whoever watches the topic. */
  all(): Pick<CostRaw, 'processes' | 'cpuMs' | 'forks' | 'writtenBytes' | 'heapUsedBytes'>;
  /** How late the event loop ran since the last call; null on the first, which begins to watch. */
  takeDelays(): CostRaw['eventLoop'];
  /** Watches the event loop no more. */
  rest(): void;
  onBattery(): boolean;
}
