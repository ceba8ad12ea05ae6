import type { DeviceRaw, DiskRaw } from '../raw/disk.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

export interface DeviceRates {
  readonly readBytesPerSecond: number;
  readonly writtenBytesPerSecond: number;
  readonly readOperationsPerSecond: number;
  readonly writeOperationsPerSecond: number;
  /** Share of the time in which the device had something to do, 0 to 1; null where the platform does not know it. */
  readonly busy: number | null;
  /** Operations under way or waiting, on average; null likewise. */
  readonly queueLength: number | null;
  /** Mean time of an operation, queueing included; null where there was none. */
  readonly readLatencyMs: number | null;
  readonly writeLatencyMs: number | null;
}

/** Rates of each disk by name. One that is new, replaced or reset has a gap of its own. */
export function deriveDiskRates(
  previous: Section<DiskRaw> | undefined,
  next: Section<DiskRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<{ readonly devices: ReadonlyMap<string, Rated<DeviceRates>> }> {
  const span = deriveSpan<'disk'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.devices.map((entry) => [entry.name, entry]));
  const devices = new Map<string, Rated<DeviceRates>>();
  for (const entry of span.after.devices) {
    devices.set(entry.name, deriveDeviceRates(known.get(entry.name), entry, span.seconds));
  }
  return { status: 'ok', devices };
}

function deriveDeviceRates(
  before: DeviceRaw | undefined,
  after: DeviceRaw,
  seconds: number,
): Rated<DeviceRates> {
  if (before?.number !== after.number) return gap('first');
  const names = [
    'readBytes', 'readOperations', 'readTimeMs', 'writtenBytes', 'writeOperations', 'writeTimeMs',
  ] as const; // prettier-ignore
  if (wasReset(before, after, [...names, 'busyTimeMs', 'queueTimeMs'])) return gap('reset');
  const passed = (name: (typeof names)[number]): number => after[name] - before[name];
  const busyMsPerSecond = deriveOptional(before.busyTimeMs, after.busyTimeMs, seconds);
  const queuedMsPerSecond = deriveOptional(before.queueTimeMs, after.queueTimeMs, seconds);
  const latency = (timeMs: number, operations: number): number | null =>
    operations > 0 ? timeMs / operations : null;
  return {
    status: 'ok',
    readBytesPerSecond: passed('readBytes') / seconds,
    writtenBytesPerSecond: passed('writtenBytes') / seconds,
    readOperationsPerSecond: passed('readOperations') / seconds,
    writeOperationsPerSecond: passed('writeOperations') / seconds,
    // The kernel rounds to its tick, so that a busy disk can seem a little busier than time allows.
    busy: busyMsPerSecond === null ? null : Math.min(1, busyMsPerSecond / 1_000),
    queueLength: queuedMsPerSecond === null ? null : queuedMsPerSecond / 1_000,
    readLatencyMs: latency(passed('readTimeMs'), passed('readOperations')),
    writeLatencyMs: latency(passed('writeTimeMs'), passed('writeOperations')),
  };
}
