import * as v from 'valibot';
import { count, pressureSchema } from './common.ts';
import { createUnknown } from './unknown.ts';

/** Source: /proc/meminfo (there in kB), /proc/vmstat for the counters. Null is "this kernel does not say". */
export const memoryRawSchema = v.object({
  totalBytes: count,
  freeBytes: count,
  /** The kernel's estimate of what can be had without swapping (MemAvailable). */
  availableBytes: count,
  buffersBytes: count,
  /** Page cache with reclaimable slab, as free(1) counts it. */
  cachedBytes: count,
  /** Shared memory and tmpfs (Shmem). */
  sharedBytes: v.nullable(count),
  /** Kernel objects, and how much of them can be had back. */
  slabBytes: v.nullable(count),
  slabReclaimableBytes: v.nullable(count),
  /** Waiting to be written to a disk, and being written now. */
  dirtyBytes: v.nullable(count),
  writebackBytes: v.nullable(count),
  /** Of processes and of no file (AnonPages). */
  anonymousBytes: v.nullable(count),
  mappedBytes: v.nullable(count),
  pageTablesBytes: v.nullable(count),
  /** What was promised to processes, and how much may be (Committed_AS, CommitLimit). */
  committedBytes: v.nullable(count),
  commitLimitBytes: v.nullable(count),
  /** The pool of huge pages, counted in pages of `pageBytes`. */
  hugePages: v.nullable(v.object({ pageBytes: count, total: count, free: count, reserved: count })),
  /** Transparent huge pages of processes. */
  transparentHugeBytes: v.nullable(count),
  swapTotalBytes: count,
  swapFreeBytes: count,
  /** Size of a page of the counters below; null where it is not told. */
  pageBytes: v.nullable(count),
  swapInPages: v.nullable(count),
  swapOutPages: v.nullable(count),
  /** Page faults that had to read from a disk. */
  majorFaults: v.nullable(count),
  /** Processes that the kernel has killed for want of memory since boot. */
  oomKills: v.nullable(count),
  pressure: v.nullable(pressureSchema),
  /** ZFS's cache, which `availableBytes` does not count as available: what it has, and below what it does not go. */
  arc: v.nullable(v.object({ sizeBytes: count, minimumBytes: count, maximumBytes: count })),
  /** Memory limit of the cgroup and what it uses of it; null without a limit. */
  limit: v.nullable(v.object({ limitBytes: count, usedBytes: count })),
});
export type MemoryRaw = v.InferOutput<typeof memoryRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownMemory = createUnknown(memoryRawSchema);
