import type { Pressure } from '../raw/common.ts';
import { deriveOptional } from './span.ts';

/** Shares of the time that passed, 0 to 1, in which tasks waited for a resource that was not free. */
export interface PressureShares {
  /** At least one task waited. */
  readonly some: number | null;
  /** All tasks that had work waited, so that nothing was done; null where the kernel does not tell it. */
  readonly full: number | null;
}

/** How pressed a resource was between two readings; null where that is not told. */
export function derivePressureShares(
  before: Pressure | null,
  after: Pressure | null,
  seconds: number,
): PressureShares | null {
  if (!before || !after) return null;
  return {
    some: deriveShare(before.someMicros, after.someMicros, seconds),
    full: deriveShare(before.fullMicros, after.fullMicros, seconds),
  };
}

/** Counter and clock are not read at the same instant: a resource under full pressure can seem a little above it. */
function deriveShare(before: number | null, after: number | null, seconds: number): number | null {
  const microsPerSecond = deriveOptional(before, after, seconds);
  return microsPerSecond === null ? null : Math.min(1, microsPerSecond / 1e6);
}
