import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { columns, type RingKey } from '../../../shared/series/rings/ring-set.ts';
import { freshRates, type TopicState } from '../../../shared/series/topic-state.ts';
import { trafficDevices, trafficInterfaces } from '../../../shared/series/traffic.ts';

import type { BusyProcess, BusyTable, Taker } from './busy-processes.ts';
import { deriveBusySpan, leastBusyMs, type BusySpan, type BusyThreshold } from './derive-busy-span.ts';

/** One subject that has been near its limit for a while. */
export interface Busy extends BusySpan {
  readonly kind: 'processor' | 'process' | 'memory' | 'disk' | 'network' | 'graphics';
  /** Of the device, interface or process; empty where there is only one of its kind. */
  readonly name: string;
  /** How much of it is taken now: 0 to 1, of a process in cores. */
  readonly share: number;
  /** Which process takes most of it, where that is told to this viewer. */
  readonly taker: Taker | null;
  /** Whether that is more than all others together. */
  readonly isMostly: boolean;
}

export interface BusySources {
  readonly ring: (key: RingKey) => RingBuffer | undefined;
  readonly cpu: TopicState<'cpu'>;
  readonly memory: TopicState<'memory'>;
  readonly disk: TopicState<'disk'>;
  readonly network: TopicState<'network'>;
  readonly gpu: TopicState<'gpu'>;
  readonly processes: BusyTable;
  /** x of the newest sample. */
  readonly nowX: number;
}

const thresholds = {
  processor: { enter: 0.8, leave: 0.65 },
  memory: { enter: 0.9, leave: 0.87 },
  disk: { enter: 0.8, leave: 0.6 },
  network: { enter: 0.7, leave: 0.5 },
  graphics: { enter: 0.8, leave: 0.6 },
} satisfies Record<string, BusyThreshold>;

/** From here on one process holds a core to itself, which is news where the processor as a whole is not busy. */
const wholeCore = 0.9;

/**
 * What is busy, since when, and who keeps it so: at most one of a kind, always in the same order, so that the line that
 * says it stands still. Of what does not answer, or is not granted, nothing is said.
 */
export function deriveBusy(sources: BusySources): readonly Busy[] {
  const processor = deriveProcessor(sources);
  return [
    processor ?? deriveLoneProcess(sources),
    deriveMemory(sources),
    deriveDisk(sources),
    deriveNetwork(sources),
    deriveGraphics(sources),
  ].filter((busy) => busy !== null);
}

function deriveProcessor({ ring, cpu, processes }: BusySources): Busy | null {
  const rates = freshRates(cpu);
  if (rates?.status !== 'ok') return null;
  const span = deriveBusySpan(ring('cpu'), valueOf(columns.cpu.used), thresholds.processor);
  const [share, taker] = [rates.total.used, processes.ofProcessor];
  const isMostly = isMost(taker, share * rates.cores.length);
  return span && { ...span, kind: 'processor', name: '', share, taker, isMostly };
}

/** The process that has had most of a core to itself, for the longest time. */
function deriveLoneProcess({ processes, nowX }: BusySources): Busy | null {
  let longest: (BusyProcess & { readonly sinceX: number }) | null = null;
  for (const row of processes.busiest) {
    const { sinceX, cpuShare } = row;
    if (cpuShare < wholeCore || sinceX === null || nowX - sinceX < leastBusyMs) continue;
    if (!longest || sinceX < longest.sinceX) longest = { ...row, sinceX };
  }
  if (!longest) return null;
  const { name, pid, cpuShare, sinceX, isOlder } = longest;
  const taker = { name, pid, count: 1, amount: cpuShare };
  return { kind: 'process', name, share: cpuShare, sinceX, isOlder, taker, isMostly: true };
}

function deriveMemory({ ring, memory: { data, status }, processes }: BusySources): Busy | null {
  if (status !== 'ok' || !data || !(data.totalBytes > 0)) return null;
  const series = ring('memory');
  const shareAt = (at: RingBuffer, row: number): number =>
    at.value(row, columns.memory.used) / data.totalBytes;
  const span = deriveBusySpan(series, shareAt, thresholds.memory);
  if (!span || !series) return null;
  const [share, taker] = [shareAt(series, series.length - 1), processes.ofMemory];
  const isMostly = isMost(taker, share * data.totalBytes);
  return { ...span, kind: 'memory', name: '', share, taker, isMostly };
}

function deriveDisk({ ring, disk, processes }: BusySources): Busy | null {
  const rates = freshRates(disk);
  if (rates?.status !== 'ok') return null;
  return deriveBusiest(trafficDevices(disk.data?.devices ?? []), ({ name }) => {
    const rated = rates.devices.get(name);
    if (rated?.status !== 'ok' || rated.busy === null) return null;
    const span = deriveBusySpan(ring(`disk/${name}`), valueOf(columns.disk.busy), thresholds.disk);
    const taker = processes.ofDisks;
    const isMostly = isMost(taker, rated.readBytesPerSecond + rated.writtenBytesPerSecond);
    return span && { ...span, kind: 'disk', name, share: rated.busy, taker, isMostly };
  });
}

/** Only of interfaces that tell their speed: what nobody knows the limit of is near no limit. */
function deriveNetwork({ ring, network }: BusySources): Busy | null {
  const rates = freshRates(network);
  if (rates?.status !== 'ok') return null;
  return deriveBusiest(trafficInterfaces(network.data?.interfaces ?? []), ({ name, speedBitsPerSecond }) => {
    const rated = rates.interfaces.get(name);
    if (rated?.status !== 'ok' || !speedBitsPerSecond) return null;
    const most = speedBitsPerSecond / 8;
    const { rx, tx } = columns.network;
    const shareAt = (at: RingBuffer, row: number): number =>
      Math.max(at.value(row, rx), at.value(row, tx)) / most;
    const span = deriveBusySpan(ring(`network/${name}`), shareAt, thresholds.network);
    const share = Math.max(rated.rxBytesPerSecond, rated.txBytesPerSecond) / most;
    return span && { ...span, kind: 'network', name, share, taker: null, isMostly: false };
  });
}

function deriveGraphics({ ring, gpu: { status, data } }: BusySources): Busy | null {
  if (status !== 'ok') return null;
  return deriveBusiest(data?.devices ?? [], ({ id, name, busy }) => {
    if (busy === null) return null;
    const span = deriveBusySpan(ring(`gpu/${id}`), valueOf(columns.gpu.busy), thresholds.graphics);
    return span && { ...span, kind: 'graphics', name, share: busy, taker: null, isMostly: false };
  });
}

function deriveBusiest<Entry>(entries: readonly Entry[], derive: (entry: Entry) => Busy | null): Busy | null {
  let busiest: Busy | null = null;
  for (const entry of entries) {
    const busy = derive(entry);
    if (busy && (!busiest || busy.share > busiest.share)) busiest = busy;
  }
  return busiest;
}

function isMost(taker: Taker | null, all: number): boolean {
  return taker !== null && taker.amount > all / 2;
}

function valueOf(column: number): (ring: RingBuffer, row: number) => number {
  return (ring, row) => ring.value(row, column);
}
