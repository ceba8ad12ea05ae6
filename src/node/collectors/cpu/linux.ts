import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { unknownCpuCgroup } from '../../../shared/series/raw/cpu.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { readCgroupLimits } from '../cgroup.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { parseCpuStat } from './parse-stat.ts';

/** USER_HZ, in which /proc counts time: 100 on every architecture that Node runs on, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** Reads /proc/stat, /proc/loadavg and the limits of the own cgroup. */
export function createLinuxCpuCollector({ clock, procRoot, sysRoot }: LinuxSources): Collector<'cpu'> {
  const stat = new KeptFile(join(procRoot, 'stat'));
  const loadavg = new KeptFile(join(procRoot, 'loadavg'));
  const limits = new Refreshed(clock, 10_000, () => readCgroupLimits(procRoot, sysRoot));
  return {
    id: 'cpu',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const { bootedSeconds: _, ...counters } = parseCpuStat(stat.read());
      const loadText = loadavg.readIfThere();
      const load = loadText && parseLoad(loadText);
      const { cores: limitCores } = limits.get();
      const cgroup = limitCores === null ? null : { ...unknownCpuCgroup, limitCores };
      return { ticksPerSecond, ...counters, load, pressure: null, cgroup };
    },
    [Symbol.asyncDispose]: async () => {
      stat[Symbol.dispose]();
      loadavg[Symbol.dispose]();
    },
  };
}

/** Parses /proc/loadavg (proc_loadavg(5)); null where it is not of that form. */
export function parseLoad(bytes: Uint8Array): { one: number; five: number; fifteen: number } | null {
  const scan = new ByteScanner(bytes);
  const [one, five, fifteen] = [Number(scan.word()), Number(scan.word()), Number(scan.word() || NaN)];
  return [one, five, fifteen].every((load) => Number.isFinite(load) && load >= 0)
    ? { one, five, fifteen }
    : null;
}
