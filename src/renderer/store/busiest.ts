import { formatBytes, formatShare, formatTrafficPerSecond, showText } from '../../shared/series/units.ts';
import type { TopicState } from '../../shared/series/topic-state.ts';
import { freshRates } from '../../shared/series/topic-state.ts';

/** One subject that is under load: what it is, how much of it is taken (0 to 1), and both in words. */
export interface BusySubject {
  readonly kind: 'processor' | 'core' | 'memory' | 'swap' | 'network' | 'disk' | 'filesystem';
  readonly name: string;
  readonly saturation: number;
  readonly detail: string;
}

export interface BusyInput {
  readonly cpu: TopicState<'cpu'>;
  readonly memory: TopicState<'memory'>;
  readonly network: TopicState<'network'>;
  readonly disk: TopicState<'disk'>;
  readonly filesystem: TopicState<'filesystem'>;
}

/** Speed that an interface is measured by where it does not say its own (1 Gbit/s). */
const assumedBitsPerSecond = 1_000_000_000;

/**
 * The subjects that are nearest to their limits, the nearest first, at most one of a kind: three busy cores are
 * one piece of news. Subjects that do not answer are left out.
 */
export function rankBusiest(input: BusyInput, count = 3): readonly BusySubject[] {
  const best = new Map<BusySubject['kind'], BusySubject>();
  for (const subject of listSubjects(input)) {
    const known = best.get(subject.kind);
    if (!known || subject.saturation > known.saturation) best.set(subject.kind, subject);
  }
  // A single core is news only while the processor as a whole does not say it already.
  const [core, processor] = [best.get('core'), best.get('processor')];
  if (core && processor) best.delete(core.saturation - processor.saturation > 0.15 ? 'processor' : 'core');
  return [...best.values()].sort((a, b) => b.saturation - a.saturation).slice(0, count);
}

function* listSubjects({ cpu, memory, network, disk, filesystem }: BusyInput): Generator<BusySubject> {
  const [cpuRates, networkRates, diskRates] = [freshRates(cpu), freshRates(network), freshRates(disk)];
  if (cpuRates?.status === 'ok') {
    const { used } = cpuRates.total;
    yield { kind: 'processor', name: 'Processor', saturation: used, detail: `${shareText(used)} busy` };
    for (const { id, shares } of cpuRates.cores) {
      if (shares.status !== 'ok') continue;
      yield {
        kind: 'core',
        name: `Core ${id}`,
        saturation: shares.used,
        detail: `${shareText(shares.used)} busy`,
      };
    }
  }
  if (memory.data && memory.data.totalBytes > 0) {
    const { totalBytes, availableBytes, swapTotalBytes, swapFreeBytes } = memory.data;
    const detail = `${showText(formatBytes(availableBytes))} available`;
    yield { kind: 'memory', name: 'Memory', saturation: 1 - availableBytes / totalBytes, detail };
    if (swapTotalBytes > 0) {
      const taken = 1 - swapFreeBytes / swapTotalBytes;
      yield { kind: 'swap', name: 'Swap', saturation: taken, detail: `${shareText(taken)} taken` };
    }
  }
  if (networkRates?.status === 'ok') {
    for (const { name, kind, speedBitsPerSecond } of network.data?.interfaces ?? []) {
      const rates = networkRates.interfaces.get(name);
      if (rates?.status !== 'ok' || kind === 'loopback') continue;
      const most = Math.max(rates.rxBytesPerSecond, rates.txBytesPerSecond);
      const saturation = Math.min(1, (most * 8) / (speedBitsPerSecond || assumedBitsPerSecond));
      const way = most === rates.rxBytesPerSecond ? 'in' : 'out';
      yield { kind: 'network', name, saturation, detail: `${showText(formatTrafficPerSecond(most))} ${way}` };
    }
  }
  if (diskRates?.status === 'ok') {
    for (const [name, rates] of diskRates.devices) {
      if (rates.status !== 'ok' || rates.busy === null) continue;
      yield { kind: 'disk', name, saturation: rates.busy, detail: `${shareText(rates.busy)} busy` };
    }
  }
  for (const { mountPoint, space } of filesystem.data?.mounts ?? []) {
    if (!space || space.totalBytes <= 0) continue;
    const detail = `${showText(formatBytes(space.availableBytes))} free`;
    const saturation = fullness(space);
    yield { kind: 'filesystem', name: mountPoint, saturation, detail };
  }
}

/** How full a file system is for those who are not root, as df(1) computes it, 0 to 1. */
export function fullness(space: {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly availableBytes: number;
}): number {
  const used = Math.max(0, space.totalBytes - space.freeBytes);
  const usable = used + space.availableBytes;
  return usable > 0 ? used / usable : 0;
}

function shareText(share: number): string {
  return showText(formatShare(share));
}
