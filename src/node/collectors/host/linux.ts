import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import type { HostRaw } from '../../../shared/series/raw.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallFile } from '../small-file.ts';
import { parseCpuinfo } from './parse-cpuinfo.ts';
import { deriveVirtualization } from './virtualization.ts';

/** What does not change while the machine runs, but for its name. */
type HostFacts = Omit<HostRaw, 'uptimeSeconds' | 'bootedWallMs'>;

/** Reads /proc/uptime each time; what the machine is, once a minute. */
export function createLinuxHostCollector({ clock, procRoot, sysRoot }: LinuxSources): Collector<'host'> {
  const uptime = new KeptFile(join(procRoot, 'uptime'));
  const facts = new Refreshed(clock, 60_000, () => readFacts(procRoot, sysRoot));
  return {
    id: 'host',
    minIntervalMs: 1_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const uptimeSeconds = Number(uptime.read().toString('latin1').split(' ')[0]);
      return {
        ...facts.get(),
        uptimeSeconds,
        bootedWallMs: Math.round(clock.wall() - uptimeSeconds * 1_000),
      };
    },
    [Symbol.asyncDispose]: async () => uptime[Symbol.dispose](),
  };
}

function readFacts(procRoot: string, sysRoot: string): HostFacts {
  const cpuinfo = parseCpuinfo(readSmallFile(join(procRoot, 'cpuinfo'), 4 * 1024 * 1024) ?? '');
  const dmi = (name: string): string => readSmallFile(join(sysRoot, 'class/dmi/id', name), 256) ?? '';
  const machine = [dmi('sys_vendor'), dmi('product_name')].filter(Boolean).join(' ');
  return {
    hostname: hostname(),
    operatingSystem: parseOsName(
      readSmallFile('/etc/os-release') ?? readSmallFile('/usr/lib/os-release') ?? '',
    ),
    kernel: release(),
    architecture: arch(),
    processor: cpuinfo.model,
    logicalCores: cpuinfo.logicalCores || cpus().length,
    physicalCores: cpuinfo.physicalCores,
    memoryBytes: totalmem(),
    machine:
      machine ||
      readSmallFile(join(sysRoot, 'firmware/devicetree/base/model'), 256)?.replaceAll('\0', '') ||
      null,
    virtualization: deriveVirtualization(procRoot, sysRoot, cpuinfo.hypervisor),
  };
}

/** The distribution's own name for itself (os-release(5)). */
export function parseOsName(text: string): string {
  const match = /^PRETTY_NAME=(?:"([^"]*)"|'([^']*)'|(.*))$/m.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? 'Linux';
}
