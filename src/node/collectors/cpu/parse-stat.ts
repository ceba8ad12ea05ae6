import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { unknownCore, type CoreRaw, type CpuRaw, type CpuTimes } from '../../../shared/series/raw/cpu.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { sumTimes } from './cpu-times.ts';

/** What /proc/stat says of the processor. */
export type CpuStat = Pick<
  CpuRaw,
  'total' | 'cores' | 'runnable' | 'blocked' | 'contextSwitches' | 'interrupts' | 'forks'
> & { readonly bootedSeconds: number | null };

/**
 * Parses /proc/stat (proc_stat(5)). Columns that a kernel does not have are 0: `steal` came with 2.6.11, `guest`
 * with 2.6.24, `guest_nice` with 2.6.33. Lines that are unknown are passed over. Throws `io` where
 * there is no processor in it at all.
 */
export function parseCpuStat(bytes: Uint8Array): CpuStat {
  const scan = new ByteScanner(bytes);
  const cores: CoreRaw[] = [];
  let total: CpuTimes | null = null;
  const one: Record<
    'ctxt' | 'intr' | 'processes' | 'procs_running' | 'procs_blocked' | 'btime',
    number | null
  > = {
    ctxt: null,
    intr: null,
    processes: null,
    procs_running: null,
    procs_blocked: null,
    btime: null,
  };
  for (; !scan.done; scan.nextLine()) {
    if (scan.take('cpu')) {
      if (scan.peek() === 0x20) total = parseTimes(scan);
      else cores.push({ ...unknownCore, id: scan.number(), times: parseTimes(scan) });
      continue;
    }
    const name = scan.word();
    if (Object.hasOwn(one, name)) one[name as keyof typeof one] = scan.number();
  }
  if (!total && cores.length === 0) throw new MonitorError('io', '/proc/stat lists no processor.');
  return {
    total: total ?? sumTimes(cores.map(({ times }) => times)),
    cores,
    runnable: one.procs_running,
    blocked: one.procs_blocked,
    contextSwitches: one.ctxt,
    interrupts: one.intr,
    forks: one.processes,
    bootedSeconds: one.btime,
  };
}

function parseTimes(scan: ByteScanner): CpuTimes {
  return {
    user: scan.number(),
    nice: scan.number(),
    system: scan.number(),
    idle: scan.number(),
    iowait: scan.number(),
    irq: scan.number(),
    softirq: scan.number(),
    steal: scan.number(),
    guest: scan.number(),
    guestNice: scan.number(),
  };
}
