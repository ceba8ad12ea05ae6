import type { ProcessRates, ProcessRows } from '../../../shared/series/rates/process.ts';
import { gap, type GapReason } from '../../../shared/series/rates/span.ts';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { LineValues } from './process-columns.ts';

/** One process as the table shows it: columns of the reading put together, with the rates up to it. */
export interface TableRow extends LineValues {
  /** Number and start together, by which it is the same process in every reading. */
  readonly key: string;
  readonly pid: number;
  readonly startTicks: number;
  readonly parentPid: number;
  readonly command: string;
  readonly user: string;
  /** The application, service or container that it belongs to. */
  readonly group: string;
  readonly state: string;
  readonly nice: number;
  readonly residentBytes: number;
  readonly startedWallMs: number;
  /** How long before the reading of the table this row was read; below zero where its turn came after. */
  readonly ageMs: number;
  /** Why there is no rate at all; null where there are rates. */
  readonly gap: GapReason | null;
}

const noRates: ProcessRates = { cpuShare: null, readBytesPerSecond: null, writtenBytesPerSecond: null };

/** The rows of a reading, in its order. Without `rates` all of them wait for another reading. */
export function deriveTableRows(raw: ProcessRaw, rates: ProcessRows | null): readonly TableRow[] {
  const msPerTick = raw.ticksPerSecond > 0 ? 1_000 / raw.ticksPerSecond : 0;
  return raw.pid.map((pid, at) => {
    const startTicks = raw.startTicks[at] ?? 0;
    const rated = rates?.get(pid)?.rates ?? gap('first');
    const { cpuShare, readBytesPerSecond, writtenBytesPerSecond } = rated.status === 'ok' ? rated : noRates;
    return {
      key: processKey({ pid, startTicks }),
      pid,
      startTicks,
      name: raw.name[at] ?? '',
      cpuShare,
      residentBytes: raw.residentBytes[at] ?? 0,
      readBytesPerSecond,
      writtenBytesPerSecond,
      user: raw.users[raw.user[at] ?? -1] ?? '',
      state: raw.state[at] ?? '',
      threadCount: raw.threadCount[at] ?? null,
      startedWallMs: raw.bootedWallMs + startTicks * msPerTick,
      parentPid: raw.parentPid[at] ?? 0,
      command: raw.command[at] ?? '',
      group: raw.groups[raw.group[at] ?? -1] ?? '',
      nice: raw.nice[at] ?? 0,
      ageMs: raw.ageMs[at] ?? 0,
      gap: rated.status === 'ok' ? null : rated.reason,
    };
  });
}

/** A process's key. */
export function processKey({
  pid,
  startTicks,
}: {
  readonly pid: number;
  readonly startTicks: number;
}): string {
  return `${pid}@${startTicks}`;
}
