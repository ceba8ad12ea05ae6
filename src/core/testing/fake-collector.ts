import type { Clock } from '../../shared/lifecycle/clock.ts';
import { unknownCpu, type CpuRaw } from '../../shared/series/raw/cpu.ts';
import { unknownMemory, type MemoryRaw } from '../../shared/series/raw/memory.ts';
import { noCpuTimes } from '../../shared/series/no-cpu-times.ts';
import type { Collector } from '../collector.ts';

/** A collector whose counter rises by one tick a millisecond of the clock, and that counts its reads. */
export function createFakeCpu(
  clock: Clock,
  options: Partial<Collector<'cpu'>> = {},
): Collector<'cpu'> & { reads: number } {
  const collector = {
    id: 'cpu' as const,
    minIntervalMs: 250,
    deadlineMs: 1_000,
    reads: 0,
    probe: () => ({ status: 'ok' as const }),
    read: (): CpuRaw => {
      collector.reads++;
      return {
        ...unknownCpu,
        ticksPerSecond: 1_000,
        total: { ...noCpuTimes, user: clock.monotonic() },
        cores: [],
      };
    },
    ...options,
  };
  return collector;
}

/** A collector of memory that counts its reads. */
export function createFakeMemory(
  options: Partial<Collector<'memory'>> = {},
): Collector<'memory'> & { reads: number } {
  const collector = {
    id: 'memory' as const,
    minIntervalMs: 250,
    deadlineMs: 1_000,
    reads: 0,
    probe: () => ({ status: 'ok' as const }),
    read: (): MemoryRaw => {
      collector.reads++;
      return {
        ...unknownMemory,
        totalBytes: 100,
        freeBytes: 50,
        availableBytes: 60,
        buffersBytes: 1,
        cachedBytes: 9,
        swapTotalBytes: 0,
        swapFreeBytes: 0,
      };
    },
    ...options,
  };
  return collector;
}
