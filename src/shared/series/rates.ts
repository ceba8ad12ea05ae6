import type {
  CpuRaw,
  CpuTimes,
  DeviceRaw,
  DiskRaw,
  InterfaceRaw,
  MemoryRaw,
  NetworkRaw,
  RawOf,
  Topic,
} from './raw.ts';
import type { Discontinuity, Section } from './sample.ts';

/** Why there is no rate: drawn as a gap, never as zero. */
export type GapReason = 'first' | 'reset' | 'missing' | Discontinuity;
export type Gap = { readonly status: 'gap'; readonly reason: GapReason };
/** A figure between two readings, or why there is none. */
export type Rated<Figures> = ({ readonly status: 'ok' } & Figures) | Gap;

/** Shares of the time that passed, 0 to 1; the six states add up to 1. */
export interface CpuShares {
  /** All that was not idle and not waiting for a disk. */
  readonly used: number;
  /** User time with niced, guests counted once. */
  readonly user: number;
  readonly system: number;
  /** Time in interrupt handlers, hard and soft. */
  readonly irq: number;
  readonly iowait: number;
  readonly steal: number;
  readonly idle: number;
}

export interface CpuRates {
  readonly total: CpuShares;
  readonly cores: readonly { readonly id: number; readonly shares: Rated<CpuShares> }[];
  readonly contextSwitchesPerSecond: number | null;
  readonly interruptsPerSecond: number | null;
  readonly forksPerSecond: number | null;
}

export interface InterfaceRates {
  readonly rxBytesPerSecond: number;
  readonly rxPacketsPerSecond: number;
  readonly rxErrorsPerSecond: number;
  readonly rxDroppedPerSecond: number;
  readonly txBytesPerSecond: number;
  readonly txPacketsPerSecond: number;
  readonly txErrorsPerSecond: number;
  readonly txDroppedPerSecond: number;
}

export interface DeviceRates {
  readonly readBytesPerSecond: number;
  readonly writtenBytesPerSecond: number;
  readonly readOperationsPerSecond: number;
  readonly writeOperationsPerSecond: number;
  /** Share of the time in which the device had something to do, 0 to 1. */
  readonly busy: number;
  /** Mean time of an operation, queueing included; null where there was none. */
  readonly readLatencyMs: number | null;
  readonly writeLatencyMs: number | null;
}

export interface MemoryRates {
  readonly swapInPagesPerSecond: number | null;
  readonly swapOutPagesPerSecond: number | null;
}

/** Two readings of one topic with the time between them, or the gap that stands in their place. */
type Span<T extends Topic> =
  | { readonly status: 'ok'; readonly seconds: number; readonly before: RawOf<T>; readonly after: RawOf<T> }
  | Gap;

function deriveSpan<T extends Topic>(
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

function gap(reason: GapReason): Gap {
  return { status: 'gap', reason };
}

/** Rates of the processor between two readings. `discontinuity` is that of the later sample. */
export function deriveCpuRates(
  previous: Section<CpuRaw> | undefined,
  next: Section<CpuRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<CpuRates> {
  const span = deriveSpan<'cpu'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  const total = deriveCpuShares(before.total, after.total);
  if (total.status === 'gap') return total;
  const known = new Map(before.cores.map(({ id, times }) => [id, times]));
  return {
    status: 'ok',
    total,
    cores: after.cores.map(({ id, times }) => {
      const earlier = known.get(id);
      return { id, shares: earlier ? deriveCpuShares(earlier, times) : gap('first') };
    }),
    contextSwitchesPerSecond: deriveOptional(before.contextSwitches, after.contextSwitches, seconds),
    interruptsPerSecond: deriveOptional(before.interrupts, after.interrupts, seconds),
    forksPerSecond: deriveOptional(before.forks, after.forks, seconds),
  };
}

/**
 * By how many ticks `idle` and `iowait` may go back without a reset: the kernel's accounting of a core that wakes or
 * goes offline does that (proc_stat(5): iowait "is not reliable").
 */
const idleSlackTicks = 200;

/** Where the time between two readings of one processor went. */
export function deriveCpuShares(before: CpuTimes, after: CpuTimes): Rated<CpuShares> {
  const passed = {} as Record<keyof CpuTimes, number>;
  for (const state of Object.keys(after) as (keyof CpuTimes)[]) {
    const ticks = after[state] - before[state];
    const slack = state === 'idle' || state === 'iowait' ? idleSlackTicks : 0;
    if (ticks < -slack) return gap('reset');
    passed[state] = Math.max(0, ticks);
  }
  // Guests are within user and nice already.
  const user = passed.user + passed.nice;
  const irq = passed.irq + passed.softirq;
  const all = user + passed.system + irq + passed.iowait + passed.steal + passed.idle;
  if (!(all > 0)) return gap('reset');
  return {
    status: 'ok',
    used: (user + passed.system + irq + passed.steal) / all,
    user: user / all,
    system: passed.system / all,
    irq: irq / all,
    iowait: passed.iowait / all,
    steal: passed.steal / all,
    idle: passed.idle / all,
  };
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

/** Rates of each interface by name. One that is new, renamed or reset has a gap of its own. */
export function deriveNetworkRates(
  previous: Section<NetworkRaw> | undefined,
  next: Section<NetworkRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<{ readonly interfaces: ReadonlyMap<string, Rated<InterfaceRates>> }> {
  const span = deriveSpan<'network'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const known = new Map(span.before.interfaces.map((entry) => [entry.name, entry]));
  const interfaces = new Map<string, Rated<InterfaceRates>>();
  for (const entry of span.after.interfaces) {
    interfaces.set(entry.name, deriveInterfaceRates(known.get(entry.name), entry, span.seconds));
  }
  return { status: 'ok', interfaces };
}

function deriveInterfaceRates(
  before: InterfaceRaw | undefined,
  after: InterfaceRaw,
  seconds: number,
): Rated<InterfaceRates> {
  if (before?.index !== after.index) return gap('first');
  const names = [
    'rxBytes', 'rxPackets', 'rxErrors', 'rxDropped', 'txBytes', 'txPackets', 'txErrors', 'txDropped',
  ] as const; // prettier-ignore
  if (names.some((name) => after[name] < before[name])) return gap('reset');
  const of = (name: (typeof names)[number]): number => (after[name] - before[name]) / seconds;
  return {
    status: 'ok',
    rxBytesPerSecond: of('rxBytes'),
    rxPacketsPerSecond: of('rxPackets'),
    rxErrorsPerSecond: of('rxErrors'),
    rxDroppedPerSecond: of('rxDropped'),
    txBytesPerSecond: of('txBytes'),
    txPacketsPerSecond: of('txPackets'),
    txErrorsPerSecond: of('txErrors'),
    txDroppedPerSecond: of('txDropped'),
  };
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
    'readBytes', 'readOperations', 'readTimeMs', 'writtenBytes', 'writeOperations', 'writeTimeMs', 'busyTimeMs',
  ] as const; // prettier-ignore
  if (names.some((name) => after[name] < before[name])) return gap('reset');
  const passed = (name: (typeof names)[number]): number => after[name] - before[name];
  const latency = (timeMs: number, operations: number): number | null =>
    operations > 0 ? timeMs / operations : null;
  return {
    status: 'ok',
    readBytesPerSecond: passed('readBytes') / seconds,
    writtenBytesPerSecond: passed('writtenBytes') / seconds,
    readOperationsPerSecond: passed('readOperations') / seconds,
    writeOperationsPerSecond: passed('writeOperations') / seconds,
    // The kernel rounds to its tick, so that a busy disk can seem a little busier than time allows.
    busy: Math.min(1, passed('busyTimeMs') / 1_000 / seconds),
    readLatencyMs: latency(passed('readTimeMs'), passed('readOperations')),
    writeLatencyMs: latency(passed('writeTimeMs'), passed('writeOperations')),
  };
}

function deriveOptional(before: number | null, after: number | null, seconds: number): number | null {
  if (before === null || after === null || after < before) return null;
  return (after - before) / seconds;
}
