import type { MemoryRaw } from '../raw/memory.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, deriveSpan, type Rated } from './span.ts';

export interface MemoryRates {
  readonly swapInPagesPerSecond: number | null;
  readonly swapOutPagesPerSecond: number | null;
}

/** Rates of swapping between two readings. */
export function deriveMemoryRates(
  previous: Section<MemoryRaw> | undefined,
  next: Section<MemoryRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<MemoryRates> {
  const span = deriveSpan<'memory'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  return {
    status: 'ok',
    swapInPagesPerSecond: deriveOptional(before.swapInPages, after.swapInPages, seconds),
    swapOutPagesPerSecond: deriveOptional(before.swapOutPages, after.swapOutPages, seconds),
  };
}
