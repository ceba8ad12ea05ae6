import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import type { CpuRaw } from '../../../shared/series/raw/cpu.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { parsePressure } from '../parse-pressure.ts';
import { CoreFrequencies } from './core-frequencies.ts';
import { CoreThrottles } from './core-throttles.ts';
import { OwnCpuGroup } from './own-group.ts';
import { parseCpuStat } from './parse-stat.ts';

/** USER_HZ, in which /proc counts time: 100 on every architecture that Node runs on, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** Reads /proc/stat, /proc/loadavg, /proc/pressure/cpu, frequencies, and what the own control group may use and uses. */
export function createLinuxCpuCollector(sources: LinuxSources): Collector<'cpu'> {
  const { clock, procRoot, sysRoot } = sources;
  const stat = new KeptFile(join(procRoot, 'stat'));
  const loadavg = new OptionalFile(clock, join(procRoot, 'loadavg'));
  const pressure = new OptionalFile(clock, join(procRoot, 'pressure/cpu'));
  const frequencies = new CoreFrequencies(clock, sysRoot);
  const throttles = new CoreThrottles(clock, sysRoot);
  const group = new OwnCpuGroup(sources);
  return {
    id: 'cpu',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const { bootedSeconds: _, ...counters } = parseCpuStat(stat.read());
      const { cores } = counters;
      frequencies.refresh(cores.length);
      throttles.fill(cores);
      for (const core of cores) {
        const frequency = frequencies.get(core.id);
        core.frequencyHz = frequency?.hz ?? null;
        core.minFrequencyHz = frequency?.minHz ?? null;
        core.maxFrequencyHz = frequency?.maxHz ?? null;
      }
      const load = loadavg.read();
      return {
        ticksPerSecond,
        ...counters,
        load: load && parseLoad(load),
        pressure: derivePressure(pressure.read()),
        cgroup: group.read(cores.length),
      };
    },
    [Symbol.asyncDispose]: async () => {
      for (const file of [stat, loadavg, pressure, group]) file[Symbol.dispose]();
      await frequencies[Symbol.asyncDispose]();
    },
  };
}

/** That all tasks wait for a core is defined of groups only; the machine's `full` line is always zero (psi.rst). */
function derivePressure(bytes: Buffer | null): CpuRaw['pressure'] {
  const pressure = bytes && parsePressure(bytes);
  return pressure && { someMicros: pressure.someMicros, fullMicros: null };
}

/** Parses /proc/loadavg (proc_loadavg(5)); null where it is not of that form. */
export function parseLoad(bytes: Buffer): CpuRaw['load'] {
  const [one = NaN, five = NaN, fifteen = NaN] = bytes
    .toString('latin1', 0, 64)
    .split(' ', 3)
    .map(Number.parseFloat);
  return [one, five, fifteen].every((load) => Number.isFinite(load) && load >= 0)
    ? { one, five, fifteen }
    : null;
}
