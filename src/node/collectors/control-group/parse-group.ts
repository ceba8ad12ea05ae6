import { ByteScanner } from '../byte-scanner.ts';

const space = 0x20;

/** The figure after this word at the start of a line, as in `usage_usec 5`; null where no line has it. */
export function parseFlatKey(bytes: Uint8Array, key: string): number | null {
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    if (scan.take(key) && scan.peek() === space) return scan.numberIfThere();
  }
  return null;
}

/** A file of one figure, which says `max` where there is no limit; null then too. */
export function parseSingle(bytes: Uint8Array): number | null {
  return new ByteScanner(bytes).numberIfThere();
}

/** Bytes that a group read from devices and wrote to them. */
export interface GroupTraffic {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/**
 * Parses `io.stat` of version 2 (`8:0 rbytes=1 wbytes=2 …`). What went through a device that stands on others is
 * counted by each of those too: such devices, by their number, are left out.
 */
export function parseIoStat(bytes: Uint8Array, stacked: ReadonlySet<string>): GroupTraffic {
  let [readBytes, writtenBytes] = [0, 0];
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    const device = scan.word();
    if (stacked.size > 0 && stacked.has(device)) continue;
    while (scan.skipBlanks()) {
      if (scan.take('rbytes=')) readBytes += scan.number();
      else if (scan.take('wbytes=')) writtenBytes += scan.number();
      else scan.skipWord();
      // A byte that ends a word and is no blank would be met again and again.
      if (scan.peek() !== space) break;
    }
  }
  return { readBytes, writtenBytes };
}

/** Parses `blkio.throttle.io_service_bytes` of version 1 (`8:0 Read 1`). */
export function parseServiceBytes(bytes: Uint8Array, stacked: ReadonlySet<string>): GroupTraffic {
  let [readBytes, writtenBytes] = [0, 0];
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    const device = scan.word();
    if (stacked.has(device) || !scan.skipBlanks()) continue;
    if (scan.take('Read')) readBytes += scan.number();
    else if (scan.take('Write')) writtenBytes += scan.number();
  }
  return { readBytes, writtenBytes };
}
