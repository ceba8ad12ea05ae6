import { noCpuTimes } from '../../../shared/series/no-cpu-times.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { CoreRaw, CpuRaw, CpuTimes } from '../../../shared/series/raw/cpu.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { sumTimes } from './cpu-times.ts';

/** What /proc/stat says of the processor. */
export type CpuStat = Pick<
  CpuRaw,
  'total' | 'cores' | 'runnable' | 'blocked' | 'contextSwitches' | 'interrupts' | 'forks'
> & { bootedSeconds: number | null };

/**
 * Parses /proc/stat (proc_stat(5)). Columns that a kernel does not have are 0: `steal` came with 2.6.11, `guest`
 * with 2.6.24, `guest_nice` with 2.6.33. Lines that are unknown are passed over. Throws `io` where
 * there is no processor in it at all.
 */
export function parseCpuStat(bytes: Uint8Array): CpuStat {
  const scan = new ByteScanner(bytes);
  let total: CpuTimes | null = null;
  const stat: CpuStat = {
    total: noCpuTimes,
    cores: [],
    runnable: null,
    blocked: null,
    contextSwitches: null,
    interrupts: null,
    forks: null,
    bootedSeconds: null,
  };
  for (; !scan.done; scan.nextLine()) {
    if (scan.take('cpu')) {
      if (scan.peek() === 0x20) total = parseTimes(scan);
      else parseCore(scan, stat.cores);
    } else if (scan.take('intr ')) stat.interrupts = scan.numberIfThere();
    else if (scan.take('ctxt ')) stat.contextSwitches = scan.numberIfThere();
    else if (scan.take('btime ')) stat.bootedSeconds = scan.numberIfThere();
    else if (scan.take('processes ')) stat.forks = scan.numberIfThere();
    else if (scan.take('procs_running ')) stat.runnable = scan.numberIfThere();
    else if (scan.take('procs_blocked ')) stat.blocked = scan.numberIfThere();
  }
  if (!total && stat.cores.length === 0) throw new MonitorError('io', '/proc/stat lists no processor.');
  stat.total = total ?? sumTimes(stat.cores.map(({ times }) => times));
  return stat;
}

function parseCore(scan: ByteScanner, cores: CoreRaw[]): void {
  const id = scan.numberIfThere();
  // A word that only begins like a core's name.
  if (id === null) return;
  cores.push({
    id,
    times: parseTimes(scan),
    frequencyHz: null,
    minFrequencyHz: null,
    maxFrequencyHz: null,
    throttles: null,
  });
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
