import { deriveProcessRows, type ProcessRows } from './process.ts';
import type { Rated } from './span.ts';
import type { ProcessRaw } from '../raw/process.ts';
import type { Discontinuity, Section } from '../sample.ts';

/**
 * Rows that were derived, by the reading that they were derived from. Rates of a process reach further back than to the
 * reading before, since an idle one is not read each time; whoever forgets a reading forgets its rows.
 */
const derived = new WeakMap<Section<ProcessRaw>, ProcessRows>();

/** The rows of a reading with their rates; `previous` is the reading before, which this was given as `next`. */
export function deriveProcessTable(
  previous: Section<ProcessRaw> | undefined,
  next: Section<ProcessRaw>,
  discontinuity: Discontinuity | undefined,
): Rated<{ readonly rows: ProcessRows }> {
  const rated = deriveProcessRows(previous && derived.get(previous), next, { discontinuity });
  if (rated.status === 'ok') derived.set(next, rated.rows);
  return rated;
}
