import type { SensorRaw } from '../raw/sensor.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveSpan, gap, type Gap, type Rated } from './span.ts';

type Energy = SensorRaw['energies'][number];

export interface SensorRates {
  /** Mean power of each energy counter by its id, in watts. One that is new or was reset has a gap of its own. */
  readonly watts: ReadonlyMap<string, Rated<{ readonly watts: number }>>;
}

/**
 * More than any one counter of a computer can mean; a leap that would take more is a reset. The hottest processors
 * take under 1 kW, counters of whole machines a few.
 */
const mostWatts = 10_000;
/**
 * What a processor may well take for a long time. Past the time in which this would wrap its counter, nobody knows how
 * often it did.
 */
const usualMostWatts = 1_000;

/** Power between two readings of the energy counters. `discontinuity` is that of the later sample. */
export function deriveSensorRates(
  previous: Section<SensorRaw> | undefined,
  next: Section<SensorRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<SensorRates> {
  const span = deriveSpan<'sensor'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.energies.map((energy) => [energy.id, energy]));
  const watts = new Map<string, Rated<{ readonly watts: number }>>();
  for (const energy of span.after.energies) {
    watts.set(energy.id, deriveWatts(known.get(energy.id), energy, span.seconds));
  }
  return { status: 'ok', watts };
}

function deriveWatts(
  before: Energy | undefined,
  after: Energy,
  seconds: number,
): ({ readonly status: 'ok' } & { readonly watts: number }) | Gap {
  if (!before) return gap('first');
  const { wrapsAtJoules } = after;
  if (before.wrapsAtJoules !== wrapsAtJoules) return gap('reset');
  if (wrapsAtJoules !== null && seconds > wrapsAtJoules / usualMostWatts) return gap('missing');
  const passed = after.joules - before.joules;
  const joules = passed < 0 && wrapsAtJoules !== null ? passed + wrapsAtJoules : passed;
  if (joules < 0 || joules / seconds > mostWatts) return gap('reset');
  return { status: 'ok', watts: joules / seconds };
}
