import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { LabelledNumbers } from '../labelled-numbers.ts';

/** Lines are name, type and value. */
const arcstats = new LabelledNumbers(['c_min', 'c_max', 'size'], 1);

/** Parses /proc/spl/kstat/zfs/arcstats of OpenZFS (zpool-arcstat, zfs(4)); null where its figures are not all there. */
export function parseArcstats(bytes: Buffer): MemoryRaw['arc'] {
  const { size: sizeBytes, c_min: minimumBytes, c_max: maximumBytes } = arcstats.find(bytes);
  if (sizeBytes === null || minimumBytes === null || maximumBytes === null) return null;
  return { sizeBytes, minimumBytes, maximumBytes };
}
