import type { Topic } from '../shared/series/raw.ts';
import type { Budget, CostRaw } from '../shared/series/raw/cost.ts';

export type GovernedResource = CostRaw['governor']['over'][number];

/** What the monitor took since the last reading. Null is not known, and is never over a budget. */
export interface MeasuredCost {
  readonly cpuShare: number;
  readonly memoryBytes: number | null;
  readonly forksPerSecond: number;
}

/** Where the governor stands. A value: `decide` makes the next from it. */
export interface GovernorState {
  /** 0: nothing is held back. */
  readonly level: number;
  readonly over: readonly GovernedResource[];
  /** Readings in a row that were over, and that left room for a step back. */
  readonly overFor: number;
  readonly roomFor: number;
  /** How many readings with room a step back takes: doubled each time one has proved too early. */
  readonly patience: number;
  /** Readings since the last step back; null before the first, or once it has proved right. */
  readonly sinceRelease: number | null;
}

/** Readings in a row over the budget until more is held back. One may be an accident: a garbage collection. */
export const climbAfter = 2;
/** Readings in a row with room until less is held back. */
export const releaseAfter = 4;
/** However often a step back has proved too early, it is tried again after so many. */
const longestPatience = 64;

/**
 * What share of the budget leaves room. A step back at most doubles how often a topic is read, and so at most doubles
 * processor time and forks: from under half it cannot lead over the whole. Memory does not follow the cadence.
 */
const roomShare: Readonly<Record<GovernedResource, number>> = { cpu: 0.5, memory: 0.9, forks: 0.5 };

export const initialGovernorState: GovernorState = {
  level: 0,
  over: [],
  overFor: 0,
  roomFor: 0,
  patience: releaseAfter,
  sinceRelease: null,
};

/** The state after a reading. `highestLevel` is the last that still holds back more; see `deriveHighestLevel`. */
export function decide(
  state: GovernorState,
  measured: MeasuredCost,
  budget: Budget,
  highestLevel: number,
): GovernorState {
  const level = Math.min(state.level, highestLevel);
  const uses = listUses(measured, budget);
  const over = uses.filter(({ share }) => share > 1).map(({ resource }) => resource);
  const hasRoom = uses.every(({ resource, share }) => share < roomShare[resource]);
  const overFor = over.length > 0 ? state.overFor + 1 : 0;
  const roomFor = hasRoom ? state.roomFor + 1 : 0;
  const sinceRelease = state.sinceRelease === null ? null : state.sinceRelease + 1;
  const wasTooEarly = sinceRelease !== null && sinceRelease <= state.patience;
  if (overFor >= climbAfter && level < highestLevel) {
    const patience = wasTooEarly ? Math.min(longestPatience, 2 * state.patience) : releaseAfter;
    return { level: level + 1, over, overFor: 0, roomFor: 0, patience, sinceRelease: null };
  }
  if (roomFor >= state.patience && level > 0) {
    return { level: level - 1, over, overFor: 0, roomFor: 0, patience: state.patience, sinceRelease: 0 };
  }
  // A step back that has held for as long as it was waited for was right.
  const patience = sinceRelease !== null && !wasTooEarly ? releaseAfter : state.patience;
  return { level, over, overFor, roomFor, patience, sinceRelease: wasTooEarly ? sinceRelease : null };
}

/** Whether a budget limits anything. */
export function isLimiting(budget: Budget): boolean {
  return budget.cpuShare !== null || budget.memoryBytes !== null || budget.forksPerSecond !== null;
}

function listUses(
  measured: MeasuredCost,
  budget: Budget,
): { readonly resource: GovernedResource; readonly share: number }[] {
  const uses: { resource: GovernedResource; share: number }[] = [];
  const add = (resource: GovernedResource, used: number | null, allowed: number | null): void => {
    if (used === null || allowed === null) return;
    // Nothing at all may be allowed, of forks say: using none of it leaves room, using any is over.
    uses.push({ resource, share: used === 0 ? 0 : used / allowed });
  };
  add('cpu', measured.cpuShare, budget.cpuShare);
  add('memory', measured.memoryBytes, budget.memoryBytes);
  add('forks', measured.forksPerSecond, budget.forksPerSecond);
  return uses;
}

/**
 * Which topics are held back first: what is looked at least, or changes least, for what it costs. Processor and memory
 * come last: they are what a monitor is for. Every topic stands in it once.
 */
export const leastValuableFirst: readonly (readonly Topic[])[] = [
  ['gpu', 'container'],
  ['service', 'socket'],
  ['sensor', 'login', 'diagnostics'],
  ['process'],
  ['filesystem', 'power', 'host'],
  ['disk', 'network'],
  ['memory', 'cpu', 'cost', 'access'],
];

/** A topic is stretched to eight times its interval at most, and by itself never past a minute. */
const mostDoublings = 3;
const longestIntervalMs = 60_000;

/** The highest level that still holds back more of what is wanted. */
export function deriveHighestLevel(wanted: Iterable<Topic>): number {
  const tiers = listWantedTiers(wanted).length;
  return tiers === 0 ? 0 : tiers - 1 + mostDoublings;
}

/**
 * By what each topic's interval is multiplied at a level. Each level doubles the interval of one tier more, and of
 * those before it once more. Topics that nobody wants do not count: there is nothing to hold back in them.
 */
export function deriveStretch(level: number, wanted: Iterable<Topic>): ReadonlyMap<Topic, number> {
  const stretch = new Map<Topic, number>();
  for (const [rank, tier] of listWantedTiers(wanted).entries()) {
    const doublings = Math.min(Math.max(0, level - rank), mostDoublings);
    if (doublings > 0) for (const topic of tier) stretch.set(topic, 2 ** doublings);
  }
  return stretch;
}

/** An interval as the governor lets it be. */
export function deriveStretched(intervalMs: number, factor: number): number {
  return Math.max(intervalMs, Math.min(longestIntervalMs, intervalMs * factor));
}

function listWantedTiers(wanted: Iterable<Topic>): Topic[][] {
  const topics = new Set(wanted);
  return leastValuableFirst
    .map((tier) => tier.filter((topic) => topics.has(topic)))
    .filter((tier) => tier.length > 0);
}
