import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { readCgroupLimits } from '../cgroup.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { parseMeminfo, parseSwapCounters, type SwapCounters } from './parse-meminfo.ts';

/** Reads /proc/meminfo, the swap counters of /proc/vmstat and what the own cgroup uses of its limit. */
export function createLinuxMemoryCollector({ clock, procRoot, sysRoot }: LinuxSources): Collector<'memory'> {
  const meminfo = new KeptFile(join(procRoot, 'meminfo'));
  const vmstat = new KeptFile(join(procRoot, 'vmstat'));
  const limit = new LimitReader(clock, procRoot, sysRoot);
  return {
    id: 'memory',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const memory = parseMeminfo(meminfo.read());
      return { ...memory, ...readSwapCounters(vmstat), limit: limit.read(memory.totalBytes) };
    },
    [Symbol.asyncDispose]: async () => {
      for (const file of [meminfo, vmstat, limit]) file[Symbol.dispose]();
    },
  };
}

const noSwapCounters: SwapCounters = { swapInPages: null, swapOutPages: null };

function readSwapCounters(file: KeptFile): SwapCounters {
  const bytes = file.readIfThere();
  return bytes ? parseSwapCounters(bytes) : noSwapCounters;
}

/** The tightest limit, looked for every 10 s, and its use, read each time from a kept descriptor. */
class LimitReader implements Disposable {
  readonly #limits: Refreshed<ReturnType<typeof readCgroupLimits>['memory']>;
  #used: KeptFile | null = null;

  constructor(clock: Clock, procRoot: string, sysRoot: string) {
    this.#limits = new Refreshed(clock, 10_000, () => readCgroupLimits(procRoot, sysRoot).memory);
  }

  /** Null without a limit; one that is no less than the machine's memory is none. */
  read(totalBytes: number): MemoryRaw['limit'] {
    const limit = this.#limits.get();
    if (!limit || limit.limitBytes >= totalBytes) return null;
    if (this.#used?.path !== limit.usedFile) {
      this[Symbol.dispose]();
      this.#used = new KeptFile(limit.usedFile);
    }
    try {
      return { limitBytes: limit.limitBytes, usedBytes: new ByteScanner(this.#used.read()).number() };
    } catch (thrown) {
      // The group was removed or its file is not to be read: the limit is looked for again in a moment.
      if (MonitorError.from(thrown).code === 'internal') throw thrown;
      return null;
    }
  }

  [Symbol.dispose](): void {
    this.#used?.[Symbol.dispose]();
    this.#used = null;
  }
}
