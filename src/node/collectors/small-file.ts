import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';

/** The trimmed text of a small file, or null where there is none that can be read. Never waits on a pipe. */
export function readSmallFile(path: string, maxBytes = 64 * 1024): string | null {
  return readSmallBytes(path, maxBytes)?.toString('utf8').trim() ?? null;
}

/** The bytes of a small file up to a limit, or null where there is none that can be read. Never waits on a pipe. */
export function readSmallBytes(path: string, maxBytes = 64 * 1024): Buffer | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(descriptor).isFile()) return null;
    let buffer = Buffer.allocUnsafe(Math.min(maxBytes, 4096));
    let length = 0;
    for (let count = -1; count !== 0 && length < maxBytes; length += count) {
      if (length === buffer.length) {
        buffer = Buffer.concat([buffer], Math.min(maxBytes, 2 * buffer.length));
      }
      count = readSync(descriptor, buffer, length, buffer.length - length, length);
    }
    return buffer.subarray(0, length);
  } catch {
    // Absent, forbidden or, as `speed` of an interface that is down, refused with EINVAL: it does not say.
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** A small file's text as a number that is not negative and of 64 bits at most, or null. */
export function readSmallNumber(path: string): number | null {
  const text = readSmallFile(path, 64);
  return text !== null && /^\d{1,20}$/.test(text) ? Number(text) : null;
}

/** Names in a folder; empty where it cannot be read. */
export function readNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // No such folder on this kernel or in this container: there is nothing in it.
    return [];
  }
}

/** Where a symbolic link points, or null. */
export function readLinkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // Not a link, or gone meanwhile.
    return null;
  }
}

/** Whether there is something at this path, whatever it is. */
export function isThere(path: string): boolean {
  return existsSync(path);
}
