import { unknownDevice, type DiskRaw } from '../../../shared/series/raw/disk.ts';
import { counted, told, Unsupported, type PortableSources } from './portable-sources.ts';

/**
 * The traffic of all disks together, which is all that the library counts; on macOS it gives 0 for every time. Throws
 * `unsupported` where it counts nothing.
 */
export async function readPortableDisk({ library }: PortableSources): Promise<DiskRaw> {
  const [io, bytes] = [await library.disksIO(), await library.fsStats()];
  // Windows and the BSDs give neither.
  if (!io || !bytes) throw new Unsupported('systeminformation counts no disk traffic on this system.');
  return {
    pressure: null,
    devices: [
      {
        ...unknownDevice,
        name: 'all disks',
        readBytes: counted(bytes.rx),
        readOperations: counted(io.rIO),
        readTimeMs: told(io.rWaitTime),
        writtenBytes: counted(bytes.wx),
        writeOperations: counted(io.wIO),
        writeTimeMs: told(io.wWaitTime),
        queueTimeMs: told(io.tWaitTime),
      },
    ],
  };
}
