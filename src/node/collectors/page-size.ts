import { endianness } from 'node:os';
import { join } from 'node:path';
import { readSmallBytes } from './small-file.ts';

/** AT_PAGESZ of getauxval(3). */
const pageSizeType = 6;
/** Architectures of Node whose words have four bytes. */
const narrow: readonly string[] = ['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390'];

/** Bytes of a page of this machine's memory: 4096 on x86, also 16384 or 65536 on others. Null where it is not told. */
export function readPageBytes(procRoot: string): number | null {
  const bytes = readSmallBytes(join(procRoot, 'self/auxv'), 4_096);
  return bytes && parsePageBytes(bytes, narrow.includes(process.arch) ? 4 : 8, endianness());
}

/** Parses /proc/self/auxv (proc_pid_auxv(5)): pairs of words in the machine's own order, a type and its value. */
export function parsePageBytes(bytes: Uint8Array, wordBytes: 4 | 8, order: 'LE' | 'BE'): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number =>
    wordBytes === 4 ? view.getUint32(at, order === 'LE') : Number(view.getBigUint64(at, order === 'LE'));
  for (let at = 0; at + 2 * wordBytes <= bytes.length; at += 2 * wordBytes) {
    if (word(at) !== pageSizeType) continue;
    const pageBytes = word(at + wordBytes);
    // A power of two of some size, or it was none of ours that we have read.
    return pageBytes >= 1_024 && pageBytes <= 2 ** 24 && Number.isInteger(Math.log2(pageBytes))
      ? pageBytes
      : null;
  }
  return null;
}
