import type { DeviceRaw, DiskRaw } from '../raw/disk.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { derivePressureShares, type PressureShares } from './pressure.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

export interface DeviceRates {
  readonly readBytesPerSecond: number;
  readonly writtenBytesPerSecond: number;
  readonly readOperationsPerSecond: number;
  readonly writeOperationsPerSecond: number;
  /** Null where the kernel does not count them. */
  readonly discardedBytesPerSecond: number | null;
  readonly discardOperationsPerSecond: number | null;
  readonly flushOperationsPerSecond: number | null;
  /** Share of the time in which the device had something to do, 0 to 1; null where the platform does not know it. */
  readonly busy: number | null;
  /** Operations under way or waiting, on average; null likewise. */
  readonly queueLength: number | null;
  /** Mean time of an operation, queueing included; null where there was none. */
  readonly readLatencyMs: number | null;
  readonly writeLatencyMs: number | null;
  readonly discardLatencyMs: number | null;
  readonly flushLatencyMs: number | null;
  /** The same of reads, writes and discards together: `await` of iostat(1). */
  readonly latencyMs: number | null;
  /** Mean size of an operation; null where there was none. */
  readonly readOperationBytes: number | null;
  readonly writeOperationBytes: number | null;
  /** The same of reads, writes and discards together: `areq-sz` of iostat(1), in bytes. */
  readonly operationBytes: number | null;
}

export interface DiskRates {
  readonly devices: ReadonlyMap<string, Rated<DeviceRates>>;
  /** Null where the kernel does not tell it. */
  readonly pressure: PressureShares | null;
}

/** Rates of each disk by name. One that is new, replaced or reset has a gap of its own. */
export function deriveDiskRates(
  previous: Section<DiskRaw> | undefined,
  next: Section<DiskRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<DiskRates> {
  const span = deriveSpan<'disk'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.devices.map((entry) => [entry.name, entry]));
  const devices = new Map<string, Rated<DeviceRates>>();
  for (const entry of span.after.devices) {
    devices.set(entry.name, deriveDeviceRates(known.get(entry.name), entry, span.seconds));
  }
  const pressure = derivePressureShares(span.before.pressure, span.after.pressure, span.seconds);
  return { status: 'ok', devices, pressure };
}

function deriveDeviceRates(
  before: DeviceRaw | undefined,
  after: DeviceRaw,
  seconds: number,
): Rated<DeviceRates> {
  if (before?.number !== after.number) return gap('first');
  if (wasReset(before, after, counters)) return gap('reset');
  const passed = {} as Record<(typeof counters)[number], number | null>;
  for (const name of counters) passed[name] = deriveOptional(before[name], after[name], 1);
  const perSecond = (amount: number | null): number | null => (amount === null ? null : amount / seconds);
  const { readOperations: reads, writeOperations: writes, discardOperations: discards } = passed;
  const all = add(reads, writes, discards);
  return {
    status: 'ok',
    readBytesPerSecond: (after.readBytes - before.readBytes) / seconds,
    writtenBytesPerSecond: (after.writtenBytes - before.writtenBytes) / seconds,
    readOperationsPerSecond: (after.readOperations - before.readOperations) / seconds,
    writeOperationsPerSecond: (after.writeOperations - before.writeOperations) / seconds,
    discardedBytesPerSecond: perSecond(passed.discardedBytes),
    discardOperationsPerSecond: perSecond(discards),
    flushOperationsPerSecond: perSecond(passed.flushOperations),
    // The kernel rounds to its tick, so that a busy disk can seem a little busier than time allows.
    busy: passed.busyTimeMs === null ? null : Math.min(1, passed.busyTimeMs / seconds / 1_000),
    queueLength: passed.queueTimeMs === null ? null : passed.queueTimeMs / seconds / 1_000,
    readLatencyMs: deriveMean(passed.readTimeMs, reads),
    writeLatencyMs: deriveMean(passed.writeTimeMs, writes),
    discardLatencyMs: deriveMean(passed.discardTimeMs, discards),
    flushLatencyMs: deriveMean(passed.flushTimeMs, passed.flushOperations),
    latencyMs: deriveMean(add(passed.readTimeMs, passed.writeTimeMs, passed.discardTimeMs), all),
    readOperationBytes: deriveMean(passed.readBytes, reads),
    writeOperationBytes: deriveMean(passed.writtenBytes, writes),
    operationBytes: deriveMean(add(passed.readBytes, passed.writtenBytes, passed.discardedBytes), all),
  };
}

const counters = [
  'readBytes', 'readOperations', 'readTimeMs', 'writtenBytes', 'writeOperations', 'writeTimeMs',
  'discardedBytes', 'discardOperations', 'discardTimeMs', 'flushOperations', 'flushTimeMs',
  'busyTimeMs', 'queueTimeMs',
] as const; // prettier-ignore

/** Of so many operations each; null where there was none or they are not counted. */
function deriveMean(amount: number | null, operations: number | null): number | null {
  return amount === null || operations === null || operations === 0 ? null : amount / operations;
}

/** What is not counted adds nothing. */
function add(...amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
}
