import { closeSync, constants, fstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** The trimmed text of a small file, or null where there is none that can be read. Never waits on a pipe. */
export function readSmallFile(path: string, maxBytes = 64 * 1024): string | null {
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
    return buffer.toString('utf8', 0, length).trim();
  } catch {
    // Absent, forbidden or, as `speed` of an interface that is down, refused with EINVAL: it does not say.
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** A small file's text as a number that is not negative, or null. */
export function readSmallNumber(path: string): number | null {
  const text = readSmallFile(path, 64);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
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
