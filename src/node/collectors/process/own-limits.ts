import { endianness } from 'node:os';
import { join } from 'node:path';
import { readBytes } from './read-bytes.ts';

/** AT_PAGESZ of linux/auxvec.h. */
const pageSizeEntry = 6;
const commonPageSize = 4096;

/** Bytes of a page, in which /proc counts memory, from /proc/self/auxv (getauxval(3)); 4096 where it is not told. */
export function readPageSize(procRoot: string): number {
  const buffer = Buffer.alloc(4096);
  const length = readBytes(join(procRoot, 'self/auxv'), buffer);
  const isLittle = endianness() === 'LE';
  for (let at = 0; at + 16 <= length; at += 16) {
    const [key, value] = isLittle
      ? [buffer.readBigUInt64LE(at), buffer.readBigUInt64LE(at + 8)]
      : [buffer.readBigUInt64BE(at), buffer.readBigUInt64BE(at + 8)];
    if (key === BigInt(pageSizeEntry) && value >= 1024n && value <= 2n ** 24n) return Number(value);
  }
  return commonPageSize;
}

/** How many files this process may have open, from /proc/self/limits; 1024, the least that is common, where not told. */
export function readDescriptorLimit(procRoot: string): number {
  const buffer = Buffer.alloc(4096);
  const length = readBytes(join(procRoot, 'self/limits'), buffer);
  const soft = /^Max open files\s+(\d+)/m.exec(buffer.toString('latin1', 0, Math.max(0, length)))?.[1];
  return soft === undefined ? 1_024 : Number(soft);
}
