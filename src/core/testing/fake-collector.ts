import type { Clock } from '../../shared/lifecycle/clock.ts';
import { unknownCpu, type CpuRaw } from '../../shared/series/raw/cpu.ts';
import { unknownMemory, type MemoryRaw } from '../../shared/series/raw/memory.ts';
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
      const times = {
        user: clock.monotonic(),
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
      return {
        ...unknownCpu,
        ticksPerSecond: 1_000,
        total: times,
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
