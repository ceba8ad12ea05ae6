import { lutimes, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Gives everything in a folder, and the folder itself, one time, so that an archive of it does not depend on when it was made.
 *
 * @param {string} folder
 * @param {number} seconds since 1970
 */
export async function setTimes(folder, seconds) {
  const names = await readdir(folder, { recursive: true });
  for (const name of ['', ...names]) await lutimes(join(folder, name), seconds, seconds);
}

/**
 * Writes a time into the header of a file that gzip has made (RFC 1952, MTIME).
 *
 * @param {string} path
 * @param {number} seconds since 1970
 */
export async function setGzipTime(path, seconds) {
  const time = Buffer.alloc(4);
  time.writeUInt32LE(seconds);
  const file = await open(path, 'r+');
  try {
    await file.write(time, 0, time.length, 4);
  } finally {
    await file.close();
  }
}
