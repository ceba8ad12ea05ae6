import type { DeviceRaw } from '../../../shared/series/raw/disk.ts';
import { ByteScanner } from '../byte-scanner.ts';

/** The counters of one block device or partition. */
export type DeviceCounters = Omit<
  DeviceRaw,
  | 'number'
  | 'model'
  | 'sizeBytes'
  | 'rotational'
  | 'removable'
  | 'health'
  | 'discardedBytes'
  | 'flushOperations'
> & { readonly number: string };

/** The unit of /proc/diskstats, whatever the device's own sectors are. */
const sectorBytes = 512;

/**
 * Parses /proc/diskstats (Documentation/admin-guide/iostats.rst). Lines with fewer than 14 columns are partitions of
 * kernels before 2.6.25, which have no times, and are passed over; discard and flush columns are too.
 */
export function parseDiskstats(bytes: Uint8Array): DeviceCounters[] {
  const devices: DeviceCounters[] = [];
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    if (scan.countWords() < 14) continue;
    const number = `${scan.number()}:${scan.number()}`;
    const name = scan.word();
    const [readOperations, , readSectors, readTimeMs] = next4(scan);
    const [writeOperations, , writtenSectors, writeTimeMs] = next4(scan);
    const [inFlight, busyTimeMs, queueTimeMs] = [scan.number(), scan.number(), scan.number()];
    devices.push({
      name,
      number,
      readBytes: readSectors * sectorBytes,
      readOperations,
      readTimeMs,
      writtenBytes: writtenSectors * sectorBytes,
      writeOperations,
      writeTimeMs,
      busyTimeMs,
      queueTimeMs,
      inFlight,
    });
  }
  return devices;
}

function next4(scan: ByteScanner): [number, number, number, number] {
  return [scan.number(), scan.number(), scan.number(), scan.number()];
}
