import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Opening a pipe in a file's place must not wait for a writer. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/** Opens a file of /proc to be read by `readKept`, and by its caller closed. Throws the system's error. */
export function openKept(path: string): number {
  return openSync(path, flags);
}

/**
 * Reads an open file of /proc from its start in one call, which gives it whole if the buffer takes it. Throws the
 * system's error: ESRCH where the process has ended, ESPIPE where a pipe stands in the file's place.
 */
export function readKept(descriptor: number, buffer: Uint8Array): number {
  return readSync(descriptor, buffer, 0, buffer.length, 0);
}

/** The start of a file in a buffer of the caller's: how many bytes; -1 where it is gone, forbidden or no file. */
export function readBytes(path: string, buffer: Uint8Array): number {
  let descriptor = -1;
  try {
    descriptor = openKept(path);
    return readKept(descriptor, buffer);
  } catch {
    // The process has ended, or its owner forbids it: nothing is known.
    return -1;
  } finally {
    if (descriptor >= 0) closeSync(descriptor);
  }
}
