import type { Seen } from '../src/headless/testing/test-viewer.ts';

/** What became of the samples that were published to one subscription. */
export interface Completeness {
  readonly published: number;
  readonly received: number;
  /** Told to be lost. */
  readonly lost: number;
  /** Neither received nor told to be lost. */
  readonly missing: readonly number[];
  readonly twice: readonly number[];
}

/**
 * Compares what a viewer got with what one that was never disturbed got by the same subscription over the same time.
 * A viewer that resumed may have got samples in between, which the other's slots left out; none may be missing.
 */
export function deriveCompleteness(seen: Seen, reference: readonly number[]): Completeness {
  const seqs = seen.samples.map(({ seq }) => seq);
  const received = new Set(seqs);
  const last = Math.max(...seqs);
  const gaps = seen.seams.filter(({ fromSeq }) => fromSeq !== undefined);
  const isLost = (seq: number): boolean =>
    gaps.some(({ fromSeq, toSeq }) => seq >= fromSeq! && seq <= toSeq!);
  const published = reference.filter((seq) => seq >= seqs[0]! && seq <= last);
  const notReceived = published.filter((seq) => !received.has(seq));
  return {
    published: published.length,
    received: received.size,
    lost: notReceived.filter(isLost).length,
    missing: notReceived.filter((seq) => !isLost(seq)),
    twice: seqs.filter((seq, index) => index > 0 && seq <= seqs[index - 1]!),
  };
}

/**
 * The slope of figures over time, a minute: the median of the slopes between all pairs, so that single outliers count
 * for nothing (Theil and Sen). 0 for fewer than two.
 */
export function deriveSlopePerMinute(
  points: readonly { readonly atMs: number; readonly value: number }[],
): number {
  const slopes: number[] = [];
  for (const [index, one] of points.entries()) {
    for (const other of points.slice(index + 1)) {
      if (other.atMs > one.atMs) slopes.push(((other.value - one.value) / (other.atMs - one.atMs)) * 60_000);
    }
  }
  return deriveMedian(slopes);
}

/** 0 for none. */
export function deriveMedian(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Resources that there are more of than before, by name. */
export function deriveExcess(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, excess]) => excess > 0),
  );
}
