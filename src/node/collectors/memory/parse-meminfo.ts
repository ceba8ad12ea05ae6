import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { unknownMemory, type MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { ByteScanner } from '../byte-scanner.ts';

/** Pages swapped in and out since boot; null where the kernel does not count them. */
export type SwapCounters = Pick<MemoryRaw, 'swapInPages' | 'swapOutPages'>;

/** The lines that matter, of some fifty. */
const wanted = [
  'MemTotal:', 'MemFree:', 'MemAvailable:', 'Buffers:', 'Cached:', 'SReclaimable:', 'Shmem:', 'SwapTotal:', 'SwapFree:',
] as const; // prettier-ignore

/**
 * Parses /proc/meminfo (proc_meminfo(5)), whose "kB" are KiB. Kernels before 3.14 have no MemAvailable: free memory
 * with buffers and cache that is not shared stands in for it, as it did for everybody then. Throws `io` where not even
 * MemTotal is there.
 */
export function parseMeminfo(bytes: Uint8Array): Omit<MemoryRaw, keyof SwapCounters | 'limit'> {
  const found = new Map<string, number>();
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    const name = wanted.find((candidate) => scan.take(candidate));
    if (name) found.set(name, scan.number() * 1024);
  }
  const total = found.get('MemTotal:');
  if (total === undefined) throw new MonitorError('io', '/proc/meminfo has no MemTotal.');
  const of = (name: (typeof wanted)[number]): number => found.get(name) ?? 0;
  const cachedBytes = of('Cached:') + of('SReclaimable:');
  const sharedBytes = found.get('Shmem:') ?? null;
  const reclaimable = of('MemFree:') + of('Buffers:') + cachedBytes - (sharedBytes ?? 0);
  return {
    ...unknownMemory,
    totalBytes: total,
    freeBytes: of('MemFree:'),
    availableBytes: found.get('MemAvailable:') ?? Math.min(total, Math.max(0, reclaimable)),
    buffersBytes: of('Buffers:'),
    cachedBytes,
    sharedBytes,
    swapTotalBytes: of('SwapTotal:'),
    swapFreeBytes: of('SwapFree:'),
  };
}

/** Parses pswpin and pswpout of /proc/vmstat: pages swapped in and out since boot. */
export function parseSwapCounters(bytes: Uint8Array): SwapCounters {
  let swapInPages: number | null = null;
  let swapOutPages: number | null = null;
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    if (scan.take('pswpin ')) swapInPages = scan.number();
    else if (scan.take('pswpout ')) swapOutPages = scan.number();
    if (swapInPages !== null && swapOutPages !== null) break;
  }
  return { swapInPages, swapOutPages };
}
