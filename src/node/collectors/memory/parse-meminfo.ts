import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { LabelledNumbers } from '../labelled-numbers.ts';

/** What /proc/meminfo says. */
export type MeminfoFigures = Pick<
  MemoryRaw,
  | 'totalBytes' | 'freeBytes' | 'availableBytes' | 'buffersBytes' | 'cachedBytes' | 'sharedBytes' | 'slabBytes'
  | 'slabReclaimableBytes' | 'dirtyBytes' | 'writebackBytes' | 'anonymousBytes' | 'mappedBytes' | 'pageTablesBytes'
  | 'committedBytes' | 'commitLimitBytes' | 'hugePages' | 'transparentHugeBytes' | 'swapTotalBytes' | 'swapFreeBytes'
>; // prettier-ignore

/** The lines that matter, of some fifty, in the kernel's order. */
const meminfo = new LabelledNumbers([
  'MemTotal:', 'MemFree:', 'MemAvailable:', 'Buffers:', 'Cached:', 'SwapTotal:', 'SwapFree:', 'Dirty:', 'Writeback:',
  'AnonPages:', 'Mapped:', 'Shmem:', 'Slab:', 'SReclaimable:', 'PageTables:', 'CommitLimit:', 'Committed_AS:',
  'AnonHugePages:', 'HugePages_Total:', 'HugePages_Free:', 'HugePages_Rsvd:', 'Hugepagesize:',
]); // prettier-ignore

/**
 * Parses /proc/meminfo (proc_meminfo(5)), whose "kB" are KiB. Kernels before 3.14 have no MemAvailable: free memory
 * with buffers and cache that is not shared stands in for it, as it did for everybody then. Throws `io` where not even
 * MemTotal is there.
 */
export function parseMeminfo(bytes: Buffer): MeminfoFigures {
  const found = meminfo.find(bytes);
  if (found['MemTotal:'] === null) throw new MonitorError('io', '/proc/meminfo has no MemTotal.');
  const totalBytes = found['MemTotal:'] * 1024;
  const freeBytes = orZero(found['MemFree:']);
  const buffersBytes = orZero(found['Buffers:']);
  const cachedBytes = orZero(found['Cached:']) + orZero(found['SReclaimable:']);
  const reclaimable = freeBytes + buffersBytes + cachedBytes - orZero(found['Shmem:']);
  return {
    totalBytes,
    freeBytes,
    availableBytes: orNull(found['MemAvailable:']) ?? Math.min(totalBytes, Math.max(0, reclaimable)),
    buffersBytes,
    cachedBytes,
    sharedBytes: orNull(found['Shmem:']),
    slabBytes: orNull(found['Slab:']),
    slabReclaimableBytes: orNull(found['SReclaimable:']),
    dirtyBytes: orNull(found['Dirty:']),
    writebackBytes: orNull(found['Writeback:']),
    anonymousBytes: orNull(found['AnonPages:']),
    mappedBytes: orNull(found['Mapped:']),
    pageTablesBytes: orNull(found['PageTables:']),
    committedBytes: orNull(found['Committed_AS:']),
    commitLimitBytes: orNull(found['CommitLimit:']),
    hugePages: deriveHugePages(found),
    transparentHugeBytes: orNull(found['AnonHugePages:']),
    swapTotalBytes: orZero(found['SwapTotal:']),
    swapFreeBytes: orZero(found['SwapFree:']),
  };
}

function deriveHugePages(found: ReturnType<typeof meminfo.find>): MemoryRaw['hugePages'] {
  const { 'HugePages_Total:': total, 'HugePages_Free:': free, 'HugePages_Rsvd:': reserved } = found;
  const pageBytes = orNull(found['Hugepagesize:']);
  if (pageBytes === null || total === null || free === null) return null;
  return { pageBytes, total, free, reserved: reserved ?? 0 };
}

function orNull(kibibytes: number | null): number | null {
  return kibibytes === null ? null : kibibytes * 1024;
}

function orZero(kibibytes: number | null): number {
  return kibibytes === null ? 0 : kibibytes * 1024;
}
