import type { CpuTimes } from '../../../shared/series/raw/cpu.ts';

/** A processor that has not run yet. */
export const noTimes: CpuTimes = {
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

/** Time of several cores together. */
export function sumTimes(all: readonly CpuTimes[]): CpuTimes {
  const sum = { ...noTimes };
  for (const times of all) {
    for (const state of Object.keys(sum) as (keyof CpuTimes)[]) sum[state] += times[state];
  }
  return sum;
}
