import type { RawOf, Topic } from '../raw.ts';
import type { Discontinuity, Section } from '../sample.ts';

/** Why there is no rate: drawn as a gap, never as zero. */
export type GapReason = 'first' | 'reset' | 'missing' | Discontinuity;
export type Gap = { readonly status: 'gap'; readonly reason: GapReason };
/** A figure between two readings, or why there is none. */
export type Rated<Figures> = ({ readonly status: 'ok' } & Figures) | Gap;

/** Two readings of one topic with the time between them, or the gap that stands in their place. */
export type Span<T extends Topic> =
  | { readonly status: 'ok'; readonly seconds: number; readonly before: RawOf<T>; readonly after: RawOf<T> }
  | Gap;

/** The span between two readings of one topic. `discontinuity` is that of the later sample. */
export function deriveSpan<T extends Topic>(
  previous: Section<RawOf<T>> | undefined,
  next: Section<RawOf<T>> | undefined,
  discontinuity: Discontinuity | undefined,
): Span<T> {
  if (next?.status !== 'ok') return gap('missing');
  if (previous?.status !== 'ok') return gap('first');
  if (discontinuity) return gap(discontinuity);
  const seconds = (next.readMs - previous.readMs) / 1_000;
  // The same reading twice, or a host that began anew and counts its time from zero.
  if (!(seconds > 0)) return gap('reset');
  return { status: 'ok', seconds, before: previous.data, after: next.data };
}

/** No rate, and why. */
export function gap(reason: GapReason): Gap {
  return { status: 'gap', reason };
}

/** The rate of a counter that this machine may not have, or that was reset: null then. */
export function deriveOptional(before: number | null, after: number | null, seconds: number): number | null {
  if (before === null || after === null || after < before) return null;
  return (after - before) / seconds;
}

/** Whether any of these counters went back, after which none of them can be told. One that is not known cannot. */
export function wasReset<Key extends string>(
  before: Readonly<Record<Key, number | null>>,
  after: Readonly<Record<Key, number | null>>,
  names: readonly Key[],
): boolean {
  return names.some((name) => (after[name] ?? Infinity) < (before[name] ?? 0));
}
