import * as v from 'valibot';
import { count, name, pressureSchema } from './common.ts';
import { createUnknown } from './unknown.ts';

/** Time spent in each state since boot, in ticks (`ticksPerSecond`). Source: /proc/stat, see proc_stat(5). */
export const cpuTimesSchema = v.object({
  user: count,
  nice: count,
  system: count,
  idle: count,
  iowait: count,
  irq: count,
  softirq: count,
  steal: count,
  /** Running guests; the kernel has counted it in `user` already. */
  guest: count,
  guestNice: count,
});
export type CpuTimes = v.InferOutput<typeof cpuTimesSchema>;

/** One online logical core; `id` is the kernel's number, with holes where cores are offline. */
export const coreRawSchema = v.object({
  id: count,
  times: cpuTimesSchema,
  /**
   * Now, and the bounds of the hardware. Source: cpufreq/scaling_cur_freq, read once a second or, where the kernel is
   * slow to tell, more seldom. Null where there is no driver, as in most virtual machines.
   */
  frequencyHz: v.nullable(count),
  minFrequencyHz: v.nullable(count),
  maxFrequencyHz: v.nullable(count),
  /** How often it was slowed down for heat since boot. Source: thermal_throttle/core_throttle_count. */
  throttles: v.nullable(count),
});
export type CoreRaw = v.InferOutput<typeof coreRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownCore = createUnknown(coreRawSchema);

/**
 * The control group that bounds this process the most, itself or one above it: what it may use and has used. Source:
 * cpu.max, cpuset.cpus.effective and cpu.stat, see cgroup-v2.rst; their like in version 1.
 */
export const cpuCgroupSchema = v.object({
  /** Where it lies in its hierarchy, which tells its counters from those of another. */
  path: v.nullable(name),
  /** How many cores' worth of time it may use, by quota or by the set of cores; null where it is not told. */
  limitCores: v.nullable(count),
  /** Time that it has used, all cores together; null where it is not told. */
  usageMicros: v.nullable(count),
  /** Enforcement periods, how many of them were cut short, and for how long it waited in them. */
  periods: v.nullable(count),
  throttledPeriods: v.nullable(count),
  throttledMicros: v.nullable(count),
});
export type CpuCgroup = v.InferOutput<typeof cpuCgroupSchema>;
export const unknownCpuCgroup = createUnknown(cpuCgroupSchema);

export const cpuRawSchema = v.object({
  ticksPerSecond: count,
  total: cpuTimesSchema,
  cores: v.array(coreRawSchema),
  load: v.nullable(v.object({ one: count, five: count, fifteen: count })),
  /** Tasks that run or wait for a core, and tasks that wait for a disk. */
  runnable: v.nullable(count),
  blocked: v.nullable(count),
  contextSwitches: v.nullable(count),
  interrupts: v.nullable(count),
  forks: v.nullable(count),
  pressure: v.nullable(pressureSchema),
  /** Null where no group limits this machine, or none is told. */
  cgroup: v.nullable(cpuCgroupSchema),
});
export type CpuRaw = v.InferOutput<typeof cpuRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownCpu = createUnknown(cpuRawSchema);
