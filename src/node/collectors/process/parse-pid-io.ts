import { ByteScanner } from '../byte-scanner.ts';

/**
 * Parses /proc/PID/io (proc_pid_io(5)): bytes that came from storage and bytes that were sent to it, not those that the
 * page cache served. Null where it does not say both.
 */
export function parsePidIo(bytes: Uint8Array): { readBytes: number; writtenBytes: number } | null {
  let readBytes: number | null = null;
  let writtenBytes: number | null = null;
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    if (scan.take('read_bytes:')) readBytes = scan.number();
    else if (scan.take('write_bytes:')) writtenBytes = scan.number();
  }
  return readBytes === null || writtenBytes === null ? null : { readBytes, writtenBytes };
}
