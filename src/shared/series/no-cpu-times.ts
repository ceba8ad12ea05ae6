import type { CpuTimes } from './raw/cpu.ts';

/** The counters of a processor that has not run yet. */
export const noCpuTimes: CpuTimes = {
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
