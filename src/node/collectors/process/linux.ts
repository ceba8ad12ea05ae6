import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import { parseUptime } from '../host/linux.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { noColumns, type ProcessColumns } from './build-columns.ts';
import { readDescriptorLimit, readPageSize } from './own-limits.ts';
import { ProcessTable } from './process-table.ts';
import { UserNames } from './user-names.ts';

/** USER_HZ, in which /proc counts time: 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;
/** For how long one turn of a reading may hold the event loop. */
const sliceMs = 2;
/** Descriptors kept open at most; the kernel holds 4.3 KB for each. */
const mostKept = 1_024;

/** Reads every process from /proc, in slices where there are many; see `ProcessTable`. */
export function createLinuxProcessCollector({
  clock,
  procRoot,
  etcRoot = '/etc',
}: LinuxSources): Collector<'process'> {
  const now = (): number => clock.monotonic();
  const uptime = new KeptFile(join(procRoot, 'uptime'));
  const booted = new Refreshed(clock, 60_000, () =>
    Math.round(clock.wall() - parseUptime(uptime.read()) * 1_000),
  );
  let table: ProcessTable | null = null;
  let sliceStartMs = 0;
  const createTable = (): ProcessTable =>
    new ProcessTable({
      procRoot,
      users: new UserNames(clock, etcRoot),
      pageSize: readPageSize(procRoot),
      maxKept: Math.min(mostKept, Math.floor(readDescriptorLimit(procRoot) / 4)),
      now,
      sliceIsOver: () => now() - sliceStartMs >= sliceMs,
    });

  const finish = async (
    pass: Generator<undefined, ProcessColumns>,
    signal: AbortSignal,
    noteBusy?: (ms: number) => void,
  ): Promise<ProcessRaw> => {
    try {
      for (;;) {
        await clock.sleep(0, signal);
        sliceStartMs = now();
        const step = pass.next();
        noteBusy?.(now() - sliceStartMs);
        if (step.done) return complete(step.value);
      }
    } finally {
      // Cancelled in the middle of a list, it lets go of it.
      pass.return(noColumns);
    }
  };
  const complete = (columns: ProcessColumns): ProcessRaw => ({
    ticksPerSecond,
    // The machine's clock may have been set meanwhile: to the second, so that it is not asked each time.
    bootedWallMs: booted.get(String(Math.round((clock.wall() - now()) / 1_000))),
    threads: columns.threadCount.reduce<number>((sum, threads) => sum + (threads ?? 0), 0),
    cpuShares: null,
    ...columns,
  });
  const rest = (): void => {
    table?.clear();
    uptime[Symbol.dispose]();
  };
  return {
    id: 'process',
    minIntervalMs: 1_000,
    deadlineMs: 2_000,
    probe: () => ({ status: 'ok' }),
    read: (signal, noteBusy) => {
      sliceStartMs = now();
      const pass = (table ??= createTable()).pass();
      const step = pass.next();
      return step.done ? complete(step.value) : finish(pass, signal, noteBusy);
    },
    rest,
    [Symbol.asyncDispose]: async () => rest(),
  };
}
