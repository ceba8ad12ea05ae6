import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { LabelledNumbers } from '../labelled-numbers.ts';

/** Counters since boot; null where the kernel does not count them, as `oom_kill` before 4.13. */
export type VmstatCounters = Pick<MemoryRaw, 'swapInPages' | 'swapOutPages' | 'majorFaults' | 'oomKills'>;

const vmstat = new LabelledNumbers(['pswpin', 'pswpout', 'pgmajfault', 'oom_kill']);

/** Parses /proc/vmstat (proc_vmstat(5)). */
export function parseVmstat(bytes: Buffer): VmstatCounters {
  const found = vmstat.find(bytes);
  return {
    swapInPages: found.pswpin,
    swapOutPages: found.pswpout,
    majorFaults: found.pgmajfault,
    oomKills: found.oom_kill,
  };
}
