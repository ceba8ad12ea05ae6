import { noCpuTimes } from '../../../shared/series/no-cpu-times.ts';
import type { CpuTimes } from '../../../shared/series/raw/cpu.ts';

/** Time of several cores together. */
export function sumTimes(all: readonly CpuTimes[]): CpuTimes {
  const sum = { ...noCpuTimes };
  for (const times of all) {
    for (const state of Object.keys(sum) as (keyof CpuTimes)[]) sum[state] += times[state];
  }
  return sum;
}
