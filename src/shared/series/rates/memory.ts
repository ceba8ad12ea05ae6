import type { MemoryRaw } from '../raw/memory.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { derivePressureShares, type PressureShares } from './pressure.ts';
import { deriveOptional, deriveSpan, type Rated } from './span.ts';

/** Each is null where this machine does not count it, or where its counter was reset. */
export interface MemoryRates {
  readonly swapInPagesPerSecond: number | null;
  readonly swapOutPagesPerSecond: number | null;
  /** Null also where the size of a page is not told. */
  readonly swapInBytesPerSecond: number | null;
  readonly swapOutBytesPerSecond: number | null;
  /** Page faults that had to read from a disk. */
  readonly majorFaultsPerSecond: number | null;
  /** Processes that were killed for want of memory since the reading before: a count, not a rate. */
  readonly oomKills: number | null;
  readonly pressure: PressureShares | null;
}

/** Rates of swapping, faults and pressure between two readings. */
export function deriveMemoryRates(
  previous: Section<MemoryRaw> | undefined,
  next: Section<MemoryRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<MemoryRates> {
  const span = deriveSpan<'memory'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  const swapInPagesPerSecond = deriveOptional(before.swapInPages, after.swapInPages, seconds);
  const swapOutPagesPerSecond = deriveOptional(before.swapOutPages, after.swapOutPages, seconds);
  const bytes = (pages: number | null): number | null =>
    pages === null || after.pageBytes === null ? null : pages * after.pageBytes;
  return {
    status: 'ok',
    swapInPagesPerSecond,
    swapOutPagesPerSecond,
    swapInBytesPerSecond: bytes(swapInPagesPerSecond),
    swapOutBytesPerSecond: bytes(swapOutPagesPerSecond),
    majorFaultsPerSecond: deriveOptional(before.majorFaults, after.majorFaults, seconds),
    oomKills: deriveOptional(before.oomKills, after.oomKills, 1),
    pressure: derivePressureShares(before.pressure, after.pressure, seconds),
  };
}
