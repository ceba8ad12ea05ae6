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

/** A line of /proc/meminfo in bytes. */
export function readMemory(name: 'MemTotal' | 'MemAvailable'): number {
  const line = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'));
  return Number(line?.[1]) * 1024;
}

export function readUptimeSeconds(): number {
  return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
}
