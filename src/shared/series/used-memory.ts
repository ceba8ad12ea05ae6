import type { MemoryRaw } from './raw/memory.ts';

/** Memory in use as a person means it: all but what can be had without swapping. */
export function deriveUsedMemoryBytes({ totalBytes, availableBytes }: MemoryRaw): number {
  return Math.max(0, totalBytes - availableBytes);
}
