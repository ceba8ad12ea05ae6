import { readFileSync } from 'node:fs';

/** Time of all processors in ticks, as /proc/stat has it; see proc_stat(5). */
export interface CpuTicks {
  readonly used: number;
  readonly all: number;
}

export function readCpuTicks(): CpuTicks {
  const [user, nice, system, idle, iowait, irq, softirq, steal] = (
    /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? ''
  )
    .split(' ')
    .map(Number) as [number, number, number, number, number, number, number, number];
  const used = user + nice + system + irq + softirq + steal;
  return { used, all: used + idle + iowait };
}

/** Share of the time between two readings in which processors worked, 0 to 1. */
export function deriveUsed(before: CpuTicks, after: CpuTicks): number {
  return (after.used - before.used) / (after.all - before.all);
}

type MemoryLine = 'MemTotal' | 'MemAvailable';

/** A line of /proc/meminfo in bytes. */
export function readMemory(name: MemoryLine): number {
  const line = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'));
  return Number(line?.[1]) * 1024;
}

/** All but what can be had without swapping. */
export function readUsedMemory(): number {
  return readMemory('MemTotal') - readMemory('MemAvailable');
}

export function readUptimeSeconds(): number {
  return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
}

/** A span as it is shown ("1 d 2 h") in seconds. */
export function parseDuration(text: string): number {
  const seconds: Record<string, number> = { d: 86_400, h: 3_600, min: 60, s: 1 };
  return [...text.matchAll(/(\d+) (d|h|min|s)\b/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (seconds[unit ?? ''] ?? Number.NaN),
    0,
  );
}
