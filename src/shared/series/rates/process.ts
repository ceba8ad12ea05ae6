import type { ProcessRaw } from '../raw/process.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, gap, wasReset, type Rated } from './span.ts';

/** What one process did between its last two readings. */
export interface ProcessRates {
  /**
   * Time on a core by the time that passed: 1 is one core, and a process of many threads may have more. As measured: the
   * kernel counts in ticks of 10 ms, so that a busy thread can seem to have 1.02 of a core in one second. Null where the
   * platform does not say.
   */
  readonly cpuShare: number | null;
  /** Null where it was not read both times: of idle processes, and of those that only root may see. */
  readonly readBytesPerSecond: number | null;
  readonly writtenBytesPerSecond: number | null;
}

/** One process with its rates, and the reading to which the next ones are taken. */
export interface ProcessRow {
  readonly pid: number;
  readonly startTicks: number;
  /** Where its figures stand in the section's columns. */
  readonly index: number;
  /** How old its figures and rates are. An idle process is not read each time, and keeps what it had. */
  readonly ageMs: number;
  readonly rates: Rated<ProcessRates>;
  readonly base: ProcessReading;
  /** Whether time passed unseen since `base`, so that no rate may be taken to it. */
  readonly isBroken: boolean;
}

/** One reading of one process; `atMs` is its own time, not the section's. */
interface ProcessReading {
  readonly atMs: number;
  readonly cpuTicks: number | null;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

/** Rows by pid, in the order of the section's columns. */
export type ProcessRows = ReadonlyMap<number, ProcessRow>;

export interface ProcessRowsOptions {
  /** That of the later sample, or of any without this section that came in between. */
  readonly discontinuity?: Discontinuity | undefined;
  /** How many processors the machine has, where that is known: no process can use more. */
  readonly cores?: number | undefined;
}

/** Ages are told in whole milliseconds: readings of a row that are closer together than this are one. */
const sameReadingMs = 50;
/** User and system time are each rounded down to a tick, so that their sum is off by less than this between two readings. */
const quantumTicks = 2;
/** By how much a reading may be later than it says, on a machine that gave the host no time between the two. */
const lateMs = 100;

/**
 * Rows of the table of processes with rates, each between the last two readings of that row. `previous` is what this
 * gave for the sample before, or the last one that was no gap; a process's first reading, a number used again, a
 * counter that went back or by more than all cores together can give, and time that passed unseen are gaps of the row.
 */
export function deriveProcessRows(
  previous: ProcessRows | undefined,
  next: Section<ProcessRaw> | undefined,
  { discontinuity, cores = Infinity }: ProcessRowsOptions = {},
): Rated<{ readonly rows: ProcessRows }> {
  if (next?.status !== 'ok') return gap('missing');
  const { data, readMs } = next;
  const rows = new Map<number, ProcessRow>();
  for (let index = 0; index < data.pid.length; index++) {
    const pid = data.pid[index]!;
    const startTicks = data.startTicks[index]!;
    const ageMs = data.ageMs[index]!;
    const reading: ProcessReading = {
      atMs: readMs - ageMs,
      cpuTicks: data.cpuTicks[index]!,
      readBytes: data.readBytes[index]!,
      writtenBytes: data.writtenBytes[index]!,
    };
    const before = previous?.get(pid);
    const known = before?.startTicks === startTicks ? before : undefined;
    const pace = data.cpuShares
      ? { rates: deriveTold(data.cpuShares[index]!), base: reading, isBroken: false }
      : derivePace(known, reading, { ticksPerSecond: data.ticksPerSecond, cores, discontinuity });
    rows.set(pid, { ...pace, pid, startTicks, index, ageMs });
  }
  return { status: 'ok', rows };
}

/** The rates of a platform that says shares itself and counts nothing. */
function deriveTold(cpuShare: number | null): Rated<ProcessRates> {
  return { status: 'ok', cpuShare, readBytesPerSecond: null, writtenBytesPerSecond: null };
}

function derivePace(
  known: ProcessRow | undefined,
  reading: ProcessReading,
  options: ProcessRowsOptions & { readonly ticksPerSecond: number; readonly cores: number },
): Pick<ProcessRow, 'rates' | 'base' | 'isBroken'> {
  const afresh = (rates: Rated<ProcessRates>) => ({ rates, base: reading, isBroken: false });
  if (!known) return afresh(gap('first'));
  const passedMs = reading.atMs - known.base.atMs;
  const isSame = Math.abs(passedMs) < sameReadingMs;
  const { discontinuity } = options;
  if (discontinuity) return isSame ? { ...known, rates: gap(discontinuity), isBroken: true } : afresh(gap(discontinuity)); // prettier-ignore
  if (isSame) return known;
  // The first reading after a gap: the next one has a rate.
  if (known.isBroken) return afresh(known.rates);
  return afresh(passedMs < 0 ? gap('reset') : deriveRates(known.base, reading, options));
}

function deriveRates(
  before: ProcessReading,
  after: ProcessReading,
  { ticksPerSecond, cores }: { readonly ticksPerSecond: number; readonly cores: number },
): Rated<ProcessRates> {
  if (wasReset(before, after, ['cpuTicks', 'readBytes', 'writtenBytes'])) return gap('reset');
  const seconds = (after.atMs - before.atMs) / 1_000;
  const ticks = (after.cpuTicks ?? 0) - (before.cpuTicks ?? 0);
  const mostTicks = cores * (seconds + lateMs / 1_000) * ticksPerSecond + quantumTicks;
  if (ticks > mostTicks) return gap('reset');
  return {
    status: 'ok',
    cpuShare: before.cpuTicks === null || after.cpuTicks === null ? null : ticks / ticksPerSecond / seconds,
    readBytesPerSecond: deriveOptional(before.readBytes, after.readBytes, seconds),
    writtenBytesPerSecond: deriveOptional(before.writtenBytes, after.writtenBytes, seconds),
  };
}
