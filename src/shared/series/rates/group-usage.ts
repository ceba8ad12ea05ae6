import type { ContainerRaw } from '../raw/container.ts';
import { deriveOptional, gap, wasReset, type Gap } from './span.ts';

/** Counters of a control group. */
export type GroupCounters = Pick<ContainerRaw, 'cpuMicros' | 'readBytes' | 'writtenBytes'>;

/** What a control group used in the time between two readings; null where its controller is off. */
export interface GroupRates {
  /** How many cores' worth of time: 1.5 is one core and a half. */
  readonly cpuCores: number | null;
  readonly readBytesPerSecond: number | null;
  readonly writtenBytesPerSecond: number | null;
}

/**
 * Rates of one control group. A group that was made anew, as a service's is when that is started again, counts from
 * zero: a gap.
 */
export function deriveGroupRates(
  before: GroupCounters | undefined,
  after: GroupCounters,
  seconds: number,
): ({ readonly status: 'ok' } & GroupRates) | Gap {
  if (!before) return gap('first');
  if (wasReset(before, after, ['cpuMicros', 'readBytes', 'writtenBytes'])) return gap('reset');
  const microsPerSecond = deriveOptional(before.cpuMicros, after.cpuMicros, seconds);
  return {
    status: 'ok',
    cpuCores: microsPerSecond === null ? null : microsPerSecond / 1e6,
    readBytesPerSecond: deriveOptional(before.readBytes, after.readBytes, seconds),
    writtenBytesPerSecond: deriveOptional(before.writtenBytes, after.writtenBytes, seconds),
  };
}
