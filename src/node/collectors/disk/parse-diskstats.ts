import type { DeviceRaw } from '../../../shared/series/raw/disk.ts';
import { ByteScanner } from '../byte-scanner.ts';

/** The counters of one block device or partition. */
export type DeviceCounters = Omit<
  DeviceRaw,
  'number' | 'model' | 'sizeBytes' | 'rotational' | 'removable' | 'health'
> & { readonly number: string };

/** The unit of /proc/diskstats, whatever the device's own sectors are. */
const sectorBytes = 512;
/** Columns up to the time in the queue, up to discards (kernel 4.18) and up to flushes (5.5). */
const columns = { fewest: 14, withDiscards: 18, withFlushes: 20 } as const;

/**
 * Parses /proc/diskstats (Documentation/admin-guide/iostats.rst) for the devices whose name `isWanted`. Lines with
 * fewer than 14 columns are partitions of kernels before 2.6.25, which have no times, and are passed over.
 */
export function parseDiskstats(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean = () => true,
): DeviceCounters[] {
  const devices: DeviceCounters[] = [];
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    const count = scan.countWords();
    if (count < columns.fewest) continue;
    const [major, minor] = [scan.number(), scan.number()];
    const name = scan.word();
    if (isWanted(name)) devices.push(parseCounters(name, `${major}:${minor}`, scan, count));
  }
  return devices;
}

function parseCounters(name: string, number: string, scan: ByteScanner, count: number): DeviceCounters {
  const readOperations = scan.number();
  scan.number();
  const readBytes = scan.number() * sectorBytes;
  const readTimeMs = scan.number();
  const writeOperations = scan.number();
  scan.number();
  const writtenBytes = scan.number() * sectorBytes;
  const writeTimeMs = scan.number();
  const inFlight = scan.number();
  const busyTimeMs = scan.number();
  const queueTimeMs = scan.number();
  const hasDiscards = count >= columns.withDiscards;
  const discardOperations = hasDiscards ? scan.number() : null;
  if (hasDiscards) scan.number();
  const discardedBytes = hasDiscards ? scan.number() * sectorBytes : null;
  const discardTimeMs = hasDiscards ? scan.number() : null;
  const hasFlushes = count >= columns.withFlushes;
  const flushOperations = hasFlushes ? scan.number() : null;
  const flushTimeMs = hasFlushes ? scan.number() : null;
  return {
    name,
    number,
    readBytes,
    readOperations,
    readTimeMs,
    writtenBytes,
    writeOperations,
    writeTimeMs,
    discardedBytes,
    discardOperations,
    discardTimeMs,
    flushOperations,
    flushTimeMs,
    busyTimeMs,
    queueTimeMs,
    inFlight,
  };
}
