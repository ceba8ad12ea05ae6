import { unknownMemory, type MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { counted, type PortableSources } from './portable-sources.ts';

/** Memory by Node and the library. Swap on Windows is the page file. */
export async function readPortableMemory({ library, node }: PortableSources): Promise<MemoryRaw> {
  const { available, buffers, cached, swaptotal, swapfree } = await library.mem();
  const { totalBytes, freeBytes } = node();
  const swapTotalBytes = counted(swaptotal);
  return {
    ...unknownMemory,
    totalBytes,
    freeBytes,
    availableBytes: Math.min(totalBytes, counted(available)),
    buffersBytes: counted(buffers),
    cachedBytes: counted(cached),
    swapTotalBytes,
    swapFreeBytes: Math.min(swapTotalBytes, counted(swapfree)),
  };
}
