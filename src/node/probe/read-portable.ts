import { arch, cpus, freemem, hostname, loadavg, release, totalmem, uptime } from 'node:os';
import si from 'systeminformation';
import type {
  CpuRaw,
  DiskRaw,
  FilesystemRaw,
  HostRaw,
  MemoryRaw,
  NetworkRaw,
} from '../../shared/series/raw.ts';

/**
 * The figures of platforms without /proc, by `systeminformation` and Node's own `os`. Runs in the probe process only:
 * the library forks, blocks, and keeps state that two callers would spoil for each other.
 */
export async function readPortable(params: unknown): Promise<unknown> {
  const { topic } = params as { topic: string };
  const read = readers[topic];
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
  host: readHost,
};

async function readCpu(): Promise<CpuRaw> {
  const cores = cpus().map(({ times }, id) => ({
    id,
    times: {
      user: times.user,
      nice: times.nice,
      system: times.sys,
      idle: times.idle,
      iowait: 0,
      irq: times.irq,
      softirq: 0,
      steal: 0,
      guest: 0,
      guestNice: 0,
    },
  }));
  const total = {
    user: 0,
    nice: 0,
    system: 0,
    idle: 0,
    iowait: 0,
    irq: 0,
    softirq: 0,
    steal: 0,
    guest: 0,
    guestNice: 0,
  };
  for (const { times } of cores) {
    for (const state of Object.keys(total) as (keyof typeof total)[]) total[state] += times[state];
  }
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  return {
    ticksPerSecond: 1_000,
    total,
    cores,
    // Windows has no load average, and Node says 0 for it.
    load: process.platform === 'win32' ? null : { one, five, fifteen },
    runnable: null,
    blocked: null,
    contextSwitches: null,
    interrupts: null,
    forks: null,
    limitCores: null,
  };
}

async function readMemory(): Promise<MemoryRaw> {
  const memory = await si.mem();
  return {
    totalBytes: totalmem(),
    freeBytes: freemem(),
    availableBytes: memory.available,
    buffersBytes: memory.buffers,
    cachedBytes: memory.cached,
    sharedBytes: null,
    swapTotalBytes: memory.swaptotal,
    swapFreeBytes: memory.swapfree,
    swapInPages: null,
    swapOutPages: null,
    limit: null,
  };
}

async function readNetwork(): Promise<NetworkRaw> {
  const [stats, interfaces] = [await si.networkStats('*'), await si.networkInterfaces()];
  const all = Array.isArray(interfaces) ? interfaces : [interfaces];
  return {
    interfaces: stats.map((stat) => {
      const known = all.find(({ iface }) => iface === stat.iface);
      return {
        name: stat.iface,
        index: null,
        kind: known?.internal
          ? 'loopback'
          : known?.virtual
            ? 'virtual'
            : known?.type === 'wireless'
              ? 'wifi'
              : 'ethernet',
        state: stat.operstate === 'up' ? 'up' : stat.operstate === 'down' ? 'down' : 'unknown',
        speedBitsPerSecond: known?.speed && known.speed > 0 ? known.speed * 1e6 : null,
        rxBytes: stat.rx_bytes,
        // The library does not count packets.
        rxPackets: 0,
        rxErrors: stat.rx_errors,
        rxDropped: stat.rx_dropped,
        txBytes: stat.tx_bytes,
        txPackets: 0,
        txErrors: stat.tx_errors,
        txDropped: stat.tx_dropped,
      };
    }),
  };
}

async function readDisk(): Promise<DiskRaw> {
  const [io, bytes] = [await si.disksIO(), await si.fsStats()];
  // Windows gives neither; the library answers with null or zeros in place of counters.
  if (!io || !bytes)
    throw Object.assign(new Error('This platform counts no disk traffic.'), { code: 'unsupported' });
  return {
    devices: [
      {
        name: 'all disks',
        number: null,
        model: null,
        sizeBytes: null,
        readBytes: bytes.rx,
        readOperations: io.rIO,
        readTimeMs: io.rWaitTime,
        writtenBytes: bytes.wx,
        writeOperations: io.wIO,
        writeTimeMs: io.wWaitTime,
        busyTimeMs: io.tWaitTime,
        queueTimeMs: 0,
        inFlight: 0,
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
      space: {
        totalBytes: size,
        freeBytes: size - used,
        availableBytes: available,
        inodesTotal: 0,
        inodesFree: 0,
      },
    })),
  };
}

async function readHost(): Promise<HostRaw> {
  const [os, system, cpu] = [await si.osInfo(), await si.system(), await si.cpu()];
  return {
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
    bootedWallMs: Date.now() - uptime() * 1_000,
    uptimeSeconds: uptime(),
  };
}
