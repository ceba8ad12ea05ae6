import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { unknownHost, type HostRaw } from '../../../shared/series/raw/host.ts';
import { parseCpuStat } from '../cpu/parse-stat.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallFile } from '../small-file.ts';
import { parseCpuinfo } from './parse-cpuinfo.ts';
import { deriveVirtualization } from './virtualization.ts';

/** What does not change while the machine runs, but for its name, and for the boot time when the clock is set. */
type HostFacts = Omit<HostRaw, 'uptimeSeconds' | 'bootedWallMs'> & { readonly bootedSeconds: number | null };

/** Reads /proc/uptime each time; what the machine is and when it booted, once a minute. */
export function createLinuxHostCollector({ clock, procRoot, sysRoot }: LinuxSources): Collector<'host'> {
  const uptime = new KeptFile(join(procRoot, 'uptime'));
  const stat = new KeptFile(join(procRoot, 'stat'));
  const facts = new Refreshed(clock, 60_000, () => ({
    ...readFacts(procRoot, sysRoot),
    bootedSeconds: readBootTime(stat),
  }));
  return {
    id: 'host',
    minIntervalMs: 1_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const uptimeSeconds = parseUptime(uptime.read());
      const { bootedSeconds, ...host } = facts.get();
      const bootedWallMs =
        bootedSeconds === null ? Math.round(clock.wall() - uptimeSeconds * 1_000) : bootedSeconds * 1_000;
      return { ...host, uptimeSeconds, bootedWallMs };
    },
    [Symbol.asyncDispose]: async () => {
      uptime[Symbol.dispose]();
      stat[Symbol.dispose]();
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

function readFacts(procRoot: string, sysRoot: string): Omit<HostFacts, 'bootedSeconds'> {
  const cpuinfo = parseCpuinfo(readSmallFile(join(procRoot, 'cpuinfo'), 4 * 1024 * 1024) ?? '');
  const dmi = (name: string): string => readSmallFile(join(sysRoot, 'class/dmi/id', name), 256) ?? '';
  const machine = [dmi('sys_vendor'), dmi('product_name')].filter(isTold).join(' ');
  const board = readSmallFile(join(sysRoot, 'firmware/devicetree/base/model'), 256)?.replaceAll('\0', '');
  const osRelease = readSmallFile('/etc/os-release') ?? readSmallFile('/usr/lib/os-release') ?? '';
  return {
    ...unknownHost,
    hostname: hostname(),
    operatingSystem: parseOsName(osRelease),
    kernel: release(),
    architecture: arch(),
    processor: cpuinfo.model,
    logicalCores: cpuinfo.logicalCores || cpus().length,
    physicalCores: cpuinfo.physicalCores,
    memoryBytes: totalmem(),
    machine: machine || board || null,
    virtualization: deriveVirtualization(procRoot, sysRoot, cpuinfo.hypervisor),
  };
}

/** Whether a field of the firmware was filled in at all: many makers leave what the template said. */
function isTold(text: string): boolean {
  return (
    text !== '' &&
    !/^(to be filled|system manufacturer|system product name|default string|o\.e\.m)/i.test(text)
  );
}

/** The distribution's own name for itself (os-release(5)). */
export function parseOsName(text: string): string {
  const match = /^PRETTY_NAME=(?:"([^"]*)"|'([^']*)'|(.*))$/m.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? 'Linux';
}
