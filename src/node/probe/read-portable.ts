import { arch, cpus, freemem, hostname, loadavg, release, totalmem, uptime } from 'node:os';
import si from 'systeminformation';
import { sumTimes } from '../collectors/cpu/cpu-times.ts';
import { noCpuTimes } from '../../shared/series/no-cpu-times.ts';
import { unknownCore, unknownCpu, type CpuRaw } from '../../shared/series/raw/cpu.ts';
import { unknownDevice, type DiskRaw } from '../../shared/series/raw/disk.ts';
import type { FilesystemRaw } from '../../shared/series/raw/filesystem.ts';
import { unknownHost, type HostRaw } from '../../shared/series/raw/host.ts';
import { unknownMemory, type MemoryRaw } from '../../shared/series/raw/memory.ts';
import { readProcesses } from './read-processes.ts';
import { unknownInterface, type InterfaceRaw, type NetworkRaw } from '../../shared/series/raw/network.ts';

/**
 * The figures of platforms without /proc, by `systeminformation` and Node's own `os`. Runs in the probe process only:
 * the library forks, blocks, and keeps state that two callers would spoil for each other.
 */
export async function readPortable(params: unknown): Promise<unknown> {
  const { topic } = params as { topic: string };
  const read = Object.hasOwn(readers, topic) ? readers[topic] : undefined;
  if (!read)
    throw Object.assign(new Error(`There are no portable figures of ${topic}.`), { code: 'unsupported' });
  return read();
}

const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  cpu: readCpu,
  memory: readMemory,
  network: readNetwork,
  disk: readDisk,
  filesystem: readFilesystem,
  process: readProcesses,
  host: readHost,
};

async function readCpu(): Promise<CpuRaw> {
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  const cores = cpus().map(({ times: { user, nice, sys, idle, irq } }, id) => ({
    ...unknownCore,
    id,
    times: { ...noCpuTimes, user, nice, system: sys, idle, irq },
  }));
  return {
    ...unknownCpu,
    // Node gives milliseconds.
    ticksPerSecond: 1_000,
    total: sumTimes(cores.map(({ times }) => times)),
    cores,
    // Windows has no load average, and Node says 0 for it.
    load: process.platform === 'win32' ? null : { one, five, fifteen },
  };
}

async function readMemory(): Promise<MemoryRaw> {
  const memory = await si.mem();
  return {
    ...unknownMemory,
    totalBytes: totalmem(),
    freeBytes: freemem(),
    availableBytes: counted(memory.available),
    buffersBytes: counted(memory.buffers),
    cachedBytes: counted(memory.cached),
    swapTotalBytes: counted(memory.swaptotal),
    swapFreeBytes: counted(memory.swapfree),
  };
}

async function readNetwork(): Promise<NetworkRaw> {
  const [stats, interfaces] = [await si.networkStats('*'), await si.networkInterfaces()];
  const all = Array.isArray(interfaces) ? interfaces : [interfaces];
  return {
    defaultRoutes: [],
    interfaces: stats.map((stat) => {
      const known = all.find(({ iface }) => iface === stat.iface);
      return {
        ...unknownInterface,
        name: stat.iface,
        addresses: [known?.ip4, known?.ip6].filter((address) => !!address) as string[],
        kind: deriveKind(known),
        state: stat.operstate === 'up' ? 'up' : stat.operstate === 'down' ? 'down' : 'unknown',
        speedBitsPerSecond: known?.speed && known.speed > 0 ? known.speed * 1e6 : null,
        rxBytes: counted(stat.rx_bytes),
        rxErrors: counted(stat.rx_errors),
        rxDropped: counted(stat.rx_dropped),
        txBytes: counted(stat.tx_bytes),
        txErrors: counted(stat.tx_errors),
        txDropped: counted(stat.tx_dropped),
      };
    }),
  };
}

function deriveKind(known: si.Systeminformation.NetworkInterfacesData | undefined): InterfaceRaw['kind'] {
  if (!known) return 'other';
  if (known.internal) return 'loopback';
  if (known.virtual) return 'virtual';
  return known.type === 'wireless' ? 'wifi' : 'ethernet';
}

/** A counter of the library, which says null, -1 or NaN for what a platform does not count. */
function counted(value: number | null | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

async function readDisk(): Promise<DiskRaw> {
  const [io, bytes] = [await si.disksIO(), await si.fsStats()];
  // Windows gives neither; the library answers with null or zeros in place of counters.
  if (!io || !bytes)
    throw Object.assign(new Error('This platform counts no disk traffic.'), { code: 'unsupported' });
  return {
    pressure: null,
    devices: [
      {
        ...unknownDevice,
        name: 'all disks',
        readBytes: counted(bytes.rx),
        readOperations: counted(io.rIO),
        readTimeMs: counted(io.rWaitTime),
        writtenBytes: counted(bytes.wx),
        writeOperations: counted(io.wIO),
        writeTimeMs: counted(io.wWaitTime),
        queueTimeMs: counted(io.tWaitTime),
      },
    ],
  };
}

async function readFilesystem(): Promise<FilesystemRaw> {
  const sizes = await si.fsSize();
  return {
    mounts: sizes.map(({ fs, type, size, used, available, mount, rw }) => ({
      mountPoint: mount,
      device: fs,
      type,
      readOnly: rw === false,
      options: [],
      turnedReadOnlyWallMs: null,
      space: {
        totalBytes: counted(size),
        freeBytes: counted(size - used),
        availableBytes: counted(available),
        inodesTotal: null,
        inodesFree: null,
      },
    })),
  };
}

async function readHost(): Promise<HostRaw> {
  const [os, system, cpu] = [await si.osInfo(), await si.system(), await si.cpu()];
  return {
    ...unknownHost,
    hostname: hostname(),
    operatingSystem: `${os.distro} ${os.release}`.trim(),
    kernel: release(),
    architecture: arch(),
    processor: `${cpu.manufacturer} ${cpu.brand}`.trim() || null,
    logicalCores: cpu.cores,
    physicalCores: cpu.physicalCores || null,
    memoryBytes: totalmem(),
    machine: `${system.manufacturer} ${system.model}`.trim() || null,
    virtualization: system.virtual ? system.virtualHost || 'virtual machine' : null,
    // To the second: the two clocks are not read at the same instant.
    bootedWallMs: Math.round(Date.now() / 1_000 - uptime()) * 1_000,
    uptimeSeconds: uptime(),
  };
}
