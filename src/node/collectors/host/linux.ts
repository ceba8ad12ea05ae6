import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { HostRaw } from '../../../shared/series/raw/host.ts';
import { parseCpuStat } from '../cpu/parse-stat.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallFile } from '../small-file.ts';
import { readFirmware } from './firmware.ts';
import { parseCpuinfo } from './parse-cpuinfo.ts';
import { readTimeSynchronization, readTimeZone } from './time.ts';
import { deriveVirtualization } from './virtualization.ts';

/** What a person or a daemon may change while the machine runs. */
const changingEveryMs = 60_000;
/**
 * What is so from its start on. Not for ever, since a machine that is moved while it runs wakes up on another; seldom,
 * since UEFI variables are read by its firmware, and /proc/cpuinfo of old kernels makes each core tell its frequency.
 */
const lastingEveryMs = 3_600_000;

/** Reads /proc/uptime each time; what the machine is, as seldom as that changes. */
export function createLinuxHostCollector(sources: LinuxSources): Collector<'host'> {
  const { clock, procRoot, sysRoot, etcRoot = '/etc', runRoot = '/run' } = sources;
  const uptime = new KeptFile(join(procRoot, 'uptime'));
  const stat = new KeptFile(join(procRoot, 'stat'));
  const online = new OptionalFile(clock, join(sysRoot, 'devices/system/cpu/online'));
  const lasting = new Refreshed(clock, lastingEveryMs, () => readLasting(procRoot, sysRoot, runRoot));
  const changing = new Refreshed(clock, changingEveryMs, () => ({
    hostname: hostname(),
    operatingSystem: readOsName(etcRoot),
    timeZone: readTimeZone(etcRoot),
    timeSynchronization: readTimeSynchronization(procRoot, runRoot),
    bootedSeconds: readBootTime(stat),
  }));
  return {
    id: 'host',
    minIntervalMs: 1_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const uptimeSeconds = parseUptime(uptime.read());
      const { bootedSeconds, ...now } = changing.get();
      // Cores that come or go change what is said of the processor.
      const facts = lasting.get(online.read()?.toString('latin1'));
      const bootedWallMs =
        bootedSeconds === null ? Math.round(clock.wall() - uptimeSeconds * 1_000) : bootedSeconds * 1_000;
      return { ...facts, ...now, uptimeSeconds, bootedWallMs };
    },
    [Symbol.asyncDispose]: async () => {
      for (const file of [uptime, stat, online]) file[Symbol.dispose]();
    },
  };
}

/** Parses the first figure of /proc/uptime (proc_uptime(5)), in seconds. Throws `io` where it is none. */
export function parseUptime(bytes: Uint8Array): number {
  const seconds = Number(/^\d+(\.\d+)?(?=\s|$)/.exec(new TextDecoder('latin1').decode(bytes))?.[0] ?? NaN);
  if (!Number.isFinite(seconds)) throw new MonitorError('io', '/proc/uptime does not start with a number.');
  return seconds;
}

/** `btime` of /proc/stat: seconds since 1970 at the start. Null where it is not told, as in some containers. */
function readBootTime(stat: KeptFile): number | null {
  try {
    return parseCpuStat(stat.read()).bootedSeconds || null;
  } catch (thrown) {
    // Without it the time is reckoned from the uptime.
    if (thrown instanceof MonitorError) return null;
    throw thrown;
  } finally {
    stat[Symbol.dispose]();
  }
}

type LastingFacts = Omit<
  HostRaw,
  'hostname' | 'operatingSystem' | 'timeZone' | 'timeSynchronization' | 'uptimeSeconds' | 'bootedWallMs'
>;

function readLasting(procRoot: string, sysRoot: string, runRoot: string): LastingFacts {
  const cpuinfo = parseCpuinfo(readSmallFile(join(procRoot, 'cpuinfo'), 4 * 1024 * 1024) ?? '');
  return {
    kernel: readSmallFile(join(procRoot, 'sys/kernel/osrelease'), 256) || release(),
    kernelBuild: readSmallFile(join(procRoot, 'sys/kernel/version'), 256) || null,
    kernelCommandLine: readSmallFile(join(procRoot, 'cmdline'), 4_096) || null,
    architecture: arch(),
    processor: cpuinfo.model,
    logicalCores: cpuinfo.logicalCores || cpus().length,
    physicalCores: cpuinfo.physicalCores,
    memoryBytes: totalmem(),
    ...readFirmware(sysRoot),
    virtualization: deriveVirtualization({ procRoot, sysRoot, runRoot }, cpuinfo.hypervisor),
  };
}

/** Where the first is missing, the second is the distribution's own (os-release(5)). */
function readOsName(etcRoot: string): string {
  const text =
    readSmallFile(join(etcRoot, 'os-release')) ?? readSmallFile(join(etcRoot, '../usr/lib/os-release'));
  return parseOsName(text ?? '');
}

/** The distribution's own name for itself (os-release(5)). */
export function parseOsName(text: string): string {
  const match = /^PRETTY_NAME=(?:"([^"]*)"|'([^']*)'|(.*))$/m.exec(text);
  const name = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  return name.slice(0, 256) || 'Linux';
}
