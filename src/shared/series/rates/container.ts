import type { ContainerRaw, ContainersRaw } from '../raw/container.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveGroupRates, type GroupRates } from './group-usage.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

export interface ContainerRates extends GroupRates {
  /** Share of the cores that it may use, 0 to 1; a little over where it may save up. Null without a limit. */
  readonly shareOfLimit: number | null;
  /** Share of the time that it wanted in which its limit held it back, 0 to 1; null where that is not counted. */
  readonly throttledShare: number | null;
}

/** Rates of each container by its id. One that is new, or was started again, has a gap of its own. */
export function deriveContainerRates(
  previous: Section<ContainersRaw> | undefined,
  next: Section<ContainersRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<{ readonly containers: ReadonlyMap<string, Rated<ContainerRates>> }> {
  const span = deriveSpan<'container'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.containers.map((container) => [container.id, container]));
  const containers = new Map<string, Rated<ContainerRates>>();
  for (const container of span.after.containers) {
    containers.set(container.id, deriveRates(known.get(container.id), container, span.seconds));
  }
  return { status: 'ok', containers };
}

function deriveRates(
  before: ContainerRaw | undefined,
  after: ContainerRaw,
  seconds: number,
): Rated<ContainerRates> {
  const usage = deriveGroupRates(before, after, seconds);
  if (usage.status === 'gap' || !before) return usage.status === 'gap' ? usage : gap('first');
  // The same id with another start: it has used more since than before.
  if (before.startedWallMs !== after.startedWallMs && after.startedWallMs !== null) return gap('reset');
  if (wasReset(before, after, ['throttledMicros'])) return gap('reset');
  const throttledMicros = deriveOptional(before.throttledMicros, after.throttledMicros, 1);
  const usedMicros = deriveOptional(before.cpuMicros, after.cpuMicros, 1);
  const { limitCores } = after;
  return {
    ...usage,
    shareOfLimit: usage.cpuCores === null || !limitCores ? null : usage.cpuCores / limitCores,
    throttledShare: deriveShare(throttledMicros, usedMicros),
  };
}

/** Both are counted on every core by itself, so that neither is a share of the time that passed. */
function deriveShare(throttledMicros: number | null, usedMicros: number | null): number | null {
  if (throttledMicros === null || usedMicros === null) return null;
  return throttledMicros === 0 ? 0 : throttledMicros / (throttledMicros + usedMicros);
}
