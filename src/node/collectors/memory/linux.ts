import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { readPageBytes } from '../page-size.ts';
import { parsePressure } from '../parse-pressure.ts';
import { Refreshed } from '../refreshed.ts';
import { OwnMemoryGroup } from './own-group.ts';
import { parseArcstats } from './parse-arcstats.ts';
import { parseMeminfo } from './parse-meminfo.ts';
import { parseVmstat, type VmstatCounters } from './parse-vmstat.ts';

const noCounters: VmstatCounters = {
  swapInPages: null,
  swapOutPages: null,
  majorFaults: null,
  oomKills: null,
};

/** Reads /proc/meminfo, /proc/vmstat, /proc/pressure/memory, ZFS's cache and what the own group uses of its limit. */
export function createLinuxMemoryCollector(sources: LinuxSources): Collector<'memory'> {
  const { clock, procRoot } = sources;
  const meminfo = new KeptFile(join(procRoot, 'meminfo'));
  const vmstat = new OptionalFile(clock, join(procRoot, 'vmstat'));
  const pressure = new OptionalFile(clock, join(procRoot, 'pressure/memory'));
  const arcstats = new OptionalFile(clock, join(procRoot, 'spl/kstat/zfs/arcstats'));
  const group = new OwnMemoryGroup(sources);
  const pageBytes = new Refreshed(clock, 3_600_000, () => readPageBytes(procRoot));
  return {
    id: 'memory',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const memory = parseMeminfo(meminfo.read());
      const counters = vmstat.read();
      const stalls = pressure.read();
      const arc = arcstats.read();
      return {
        ...memory,
        pageBytes: pageBytes.get(),
        ...(counters ? parseVmstat(counters) : noCounters),
        pressure: stalls && parsePressure(stalls),
        arc: arc && parseArcstats(arc),
        limit: group.read(memory.totalBytes),
      };
    },
    [Symbol.asyncDispose]: async () => {
      for (const file of [meminfo, vmstat, pressure, arcstats, group]) file[Symbol.dispose]();
    },
  };
}
