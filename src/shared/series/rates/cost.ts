import type { CostRaw } from '../raw/cost.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

/** What the monitor itself takes. Shares are of one core: 1 is one core, and many threads may take more. */
export interface CostRates {
  readonly cpuShare: number;
  readonly forksPerSecond: number;
  readonly writtenBytesPerSecond: number | null;
  readonly sentBytesPerSecond: number;
  readonly encodesPerSecond: number;
  /** By pid. One that is new has a gap of its own; null where its time is not known. */
  readonly processes: ReadonlyMap<number, Rated<{ readonly cpuShare: number | null }>>;
  /** By id. */
  readonly collectors: ReadonlyMap<string, Rated<CollectorRates>>;
  /** By id. One that has come since has a gap of its own. */
  readonly clients: ReadonlyMap<string, Rated<ClientRates>>;
}

export interface CollectorRates {
  /** Time that it held the host's thread, by the time that passed. */
  readonly busyShare: number;
  readonly readsPerSecond: number;
  /** Of one reading, on average; null where there was none. */
  readonly busyMsPerRead: number | null;
}

export interface ClientRates {
  readonly sentBytesPerSecond: number;
  readonly sentFramesPerSecond: number;
  readonly droppedPerSecond: number;
}

/** Rates between two readings of the monitor's own cost. */
export function deriveCostRates(
  previous: Section<CostRaw> | undefined,
  next: Section<CostRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<CostRates> {
  const span = deriveSpan<'cost'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  // A host that began anew counts all of them from zero, and has other processes and clients.
  if (wasReset(before, after, ['cpuMs', 'forks', 'sentBytes', 'encodes'])) return gap('reset');
  return {
    status: 'ok',
    cpuShare: (after.cpuMs - before.cpuMs) / 1_000 / seconds,
    forksPerSecond: (after.forks - before.forks) / seconds,
    writtenBytesPerSecond: deriveOptional(before.writtenBytes, after.writtenBytes, seconds),
    sentBytesPerSecond: (after.sentBytes - before.sentBytes) / seconds,
    encodesPerSecond: (after.encodes - before.encodes) / seconds,
    processes: deriveEach(before.processes, after.processes, ({ pid }) => pid, {
      counters: ['cpuMs'],
      derive: (was, is) => {
        const msPerSecond = deriveOptional(was.cpuMs, is.cpuMs, seconds);
        return { cpuShare: msPerSecond === null ? null : msPerSecond / 1_000 };
      },
    }),
    collectors: deriveEach(before.collectors, after.collectors, ({ id }) => id, {
      counters: ['reads', 'busyMs'],
      derive: (was, is) => {
        const [reads, busyMs] = [is.reads - was.reads, is.busyMs - was.busyMs];
        return {
          busyShare: busyMs / 1_000 / seconds,
          readsPerSecond: reads / seconds,
          busyMsPerRead: reads > 0 ? busyMs / reads : null,
        };
      },
    }),
    clients: deriveEach(before.clients, after.clients, ({ id }) => id, {
      counters: ['sentBytes', 'sentFrames', 'dropped'],
      derive: (was, is) => ({
        sentBytesPerSecond: (is.sentBytes - was.sentBytes) / seconds,
        sentFramesPerSecond: (is.sentFrames - was.sentFrames) / seconds,
        droppedPerSecond: (is.dropped - was.dropped) / seconds,
      }),
    }),
  };
}

interface Derivation<Row, Rates extends object> {
  readonly counters: readonly (keyof Row & string)[];
  readonly derive: (before: Row, after: Row) => Rates;
}

/** Rates of each row that was there before; those that are new, or whose counters went back, have a gap. */
function deriveEach<Row, Key, Rates extends object>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => Key,
  { counters, derive }: Derivation<Row, Rates>,
): ReadonlyMap<Key, Rated<Rates>> {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  type Counters = Readonly<Record<string, number | null>>;
  const rates = new Map<Key, Rated<Rates>>();
  for (const row of after) {
    const was = known.get(keyOf(row));
    const wentBack = was !== undefined && wasReset(was as Counters, row as Counters, counters);
    if (was === undefined) rates.set(keyOf(row), gap('first'));
    else if (wentBack) rates.set(keyOf(row), gap('reset'));
    else rates.set(keyOf(row), { status: 'ok', ...derive(was, row) });
  }
  return rates;
}
