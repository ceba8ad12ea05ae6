import { deriveCpuShares, type CpuShares } from '../src/shared/series/rates/cpu.ts';
import { deriveDiskRates } from '../src/shared/series/rates/disk.ts';
import { deriveNetworkRates } from '../src/shared/series/rates/network.ts';
import type { FilesystemRaw } from '../src/shared/series/raw/filesystem.ts';
import type { MemoryRaw } from '../src/shared/series/raw/memory.ts';
import { deriveUsedMemoryBytes } from '../src/shared/series/used-memory.ts';
import { limits, rate, type Comparison } from './comparison.ts';
import type { Ends } from './measured-window.ts';
import type { ToolCpu, ToolDisk, ToolFilesystem, ToolInterface, ToolMemory, ToolProcess } from './tools.ts';

type Figures = Omit<Comparison, 'load' | 'tool'>;

/**
 * The tool and we do not read at the same instant: this many operations or packets may lie between the two at each
 * end. It only shows where there were few of them in all.
 */
const edge = { operations: 2, packets: 4 } as const;

/** Processes that used less than this share of a core say nothing about accuracy. */
const leastProcessShare = 0.005;

export function compareCpu(tool: readonly ToolCpu[], ends: Ends<'cpu'> | null): Figures[] {
  return tool.flatMap(({ cpu, user, system, irq, iowait, steal, idle }) => {
    const shares = ends && sharesOf(ends, cpu);
    const row = (figure: string, theirs: number, ours: number | undefined): Figures => ({
      ...{ figure: `cpu ${cpu} ${figure}`, unit: '%', theirs, ours: ours ?? null, limit: limits.share },
    });
    return [
      row('used', 1 - idle - iowait, shares?.used),
      row('user', user, shares?.user),
      row('system', system, shares?.system),
      row('irq', irq, shares?.irq),
      row('iowait', iowait, shares?.iowait),
      row('steal', steal, shares?.steal),
    ];
  });
}

function sharesOf({ first, last }: Ends<'cpu'>, cpu: string): CpuShares | null {
  const timesOf = ({ data }: typeof first) =>
    cpu === 'all' ? data.total : data.cores.find(({ id }) => String(id) === cpu)?.times;
  const [before, after] = [timesOf(first), timesOf(last)];
  const shares = before && after ? deriveCpuShares(before, after) : null;
  return shares?.status === 'ok' ? shares : null;
}

export function compareDisks(
  tool: readonly ToolDisk[],
  ends: Ends<'disk'> | null,
  seconds: number,
): Figures[] {
  const rates = ends && deriveDiskRates(ends.first, ends.last);
  if (!ends) return [{ figure: 'disks', unit: '1', theirs: tool.length, ours: null, limit: limits.size }];
  // Only disks that both know: iostat lists partitions' masters, loops and memory disks as well.
  return tool
    .filter(({ name }) => ends.last.data.devices.some((device) => device.name === name))
    .flatMap((disk) => {
      const rated = rates?.status === 'ok' ? rates.devices.get(disk.name) : null;
      const own = rated?.status === 'ok' ? rated : null;
      const row = (figure: string, unit: Figures['unit'], theirs: number, ours: number | null | undefined, limit: Figures['limit']): Figures => ({ figure: `${disk.name} ${figure}`, unit, theirs, ours: ours ?? null, limit }); // prettier-ignore
      // An operation more or less, in figures of each kind.
      const operations = edge.operations / seconds;
      const share = (perSecond: number): number => (perSecond > 0 ? Math.min(1, operations / perSecond) : 1);
      const least = (figure: number, perSecond: number, print: number) =>
        Math.max(print, figure * share(perSecond));
      const { readOperations, writeOperations } = disk;
      return [
        row(
          'read',
          'B/s',
          disk.readBytes,
          own?.readBytesPerSecond,
          rate(least(disk.readBytes, readOperations, 10.24)),
        ),
        row(
          'written',
          'B/s',
          disk.writtenBytes,
          own?.writtenBytesPerSecond,
          rate(least(disk.writtenBytes, writeOperations, 10.24)),
        ),
        row('reads', '1/s', disk.readOperations, own?.readOperationsPerSecond, rate(operations)),
        row('writes', '1/s', disk.writeOperations, own?.writeOperationsPerSecond, rate(operations)),
        row(
          'read latency',
          'ms',
          disk.readAwaitMs,
          own && (own.readLatencyMs ?? 0),
          rate(least(disk.readAwaitMs, readOperations, 0.01)),
        ),
        row(
          'write latency',
          'ms',
          disk.writeAwaitMs,
          own && (own.writeLatencyMs ?? 0),
          rate(least(disk.writeAwaitMs, writeOperations, 0.01)),
        ),
        row(
          'queue',
          '1',
          disk.queueLength,
          own?.queueLength,
          rate(least(disk.queueLength, readOperations + writeOperations, 0.01)),
        ),
        row('busy', '%', disk.busy, own?.busy, limits.share),
      ];
    });
}

export function compareInterfaces(
  tool: readonly ToolInterface[],
  ends: Ends<'network'> | null,
  seconds: number,
  frameBytes: number,
): Figures[] {
  const rates = ends && deriveNetworkRates(ends.first, ends.last);
  return tool.flatMap((entry) => {
    const rated = rates?.status === 'ok' ? rates.interfaces.get(entry.name) : null;
    const own = rated?.status === 'ok' ? rated : null;
    const packets = edge.packets / seconds;
    // The frame that brings a reading goes over the loopback after our reading and before the tool's.
    const ownBytes = entry.name === 'lo' ? frameBytes / seconds : 0;
    const least = (bytes: number, perSecond: number): number =>
      Math.max(10.24, ownBytes, perSecond > 0 ? bytes * Math.min(1, packets / perSecond) : 0);
    const row = (figure: string, unit: Figures['unit'], theirs: number, ours: number | null | undefined, least: number): Figures => ({ figure: `${entry.name} ${figure}`, unit, theirs, ours: ours ?? null, limit: rate(least) }); // prettier-ignore
    return [
      row('received', 'B/s', entry.rxBytes, own?.rxBytesPerSecond, least(entry.rxBytes, entry.rxPackets)),
      row('sent', 'B/s', entry.txBytes, own?.txBytesPerSecond, least(entry.txBytes, entry.txPackets)),
      row('packets received', '1/s', entry.rxPackets, own?.rxPacketsPerSecond, packets),
      row('packets sent', '1/s', entry.txPackets, own?.txPacketsPerSecond, packets),
    ];
  });
}

export function compareProcesses(tool: readonly ToolProcess[], ends: Ends<'process'> | null): Figures[] {
  return tool
    .filter(({ cpu }) => cpu >= leastProcessShare)
    .map(({ pid, command, cpu }) => ({
      ...{ figure: `${command} (${pid})`, unit: '%', theirs: cpu },
      ...{ ours: ends && processShare(ends, pid), limit: limits.share },
    }));
}

function processShare({ first, last }: Ends<'process'>, pid: number): number | null {
  const [before, after] = [first.data.pid.indexOf(pid), last.data.pid.indexOf(pid)];
  if (before < 0 || after < 0) return null;
  if (first.data.startTicks[before] !== last.data.startTicks[after]) return null;
  const ticks = last.data.cpuTicks[after]! - first.data.cpuTicks[before]!;
  const readMs = (section: typeof first, row: number): number => section.readMs - section.data.ageMs[row]!;
  return ticks / last.data.ticksPerSecond / ((readMs(last, after) - readMs(first, before)) / 1_000);
}

/** Of several pairs taken at the same moments: what is fixed must be equal, what moves is compared in the middle. */
export function compareMemory(
  pairs: readonly { readonly tool: ToolMemory; readonly own: MemoryRaw }[],
): Figures[] {
  const [first] = pairs;
  if (!first) return [{ figure: 'total', unit: 'B', theirs: NaN, ours: null, limit: limits.size }];
  const apart = [...pairs].sort((a, b) => apartOf(a) - apartOf(b))[Math.floor(pairs.length / 2)]!;
  return [
    { figure: 'total', unit: 'B', theirs: first.tool.total, ours: first.own.totalBytes, limit: limits.size },
    { figure: 'swap total', unit: 'B', theirs: first.tool.swapTotal, ours: first.own.swapTotalBytes, limit: limits.size }, // prettier-ignore
    { figure: 'used', unit: '%', theirs: apart.tool.used / apart.tool.total, ours: deriveUsedMemoryBytes(apart.own) / apart.own.totalBytes, limit: limits.share }, // prettier-ignore
    { figure: 'available', unit: '%', theirs: apart.tool.available / apart.tool.total, ours: apart.own.availableBytes / apart.own.totalBytes, limit: limits.share }, // prettier-ignore
  ];
}

function apartOf({ tool, own }: { readonly tool: ToolMemory; readonly own: MemoryRaw }): number {
  return Math.abs(tool.used - deriveUsedMemoryBytes(own));
}

/** Sizes are equal; what is used is equal where df said the same before and after our reading, else near. */
export function compareFilesystems(
  before: readonly ToolFilesystem[],
  own: FilesystemRaw,
  after: readonly ToolFilesystem[],
): Figures[] {
  return own.mounts.flatMap(({ mountPoint, space }) => {
    const [earlier, later] = [before, after].map((all) =>
      all.find((entry) => entry.mountPoint === mountPoint),
    );
    if (!earlier || !later || !space) return [];
    const used = space.totalBytes - space.freeBytes;
    const still = earlier.used === later.used && earlier.available === later.available;
    const sized = (figure: string, theirs: number, ours: number): Figures =>
      still
        ? { figure: `${mountPoint} ${figure}`, unit: 'B', theirs, ours, limit: limits.size }
        : { figure: `${mountPoint} ${figure}`, unit: '%', theirs: theirs / later.total, ours: ours / space.totalBytes, limit: limits.share }; // prettier-ignore
    return [
      {
        figure: `${mountPoint} size`,
        unit: 'B',
        theirs: later.total,
        ours: space.totalBytes,
        limit: limits.size,
      },
      sized('used', later.used, used),
      sized('available', later.available, space.availableBytes),
    ];
  });
}
