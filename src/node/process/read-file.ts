import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const chunkBytes = 64 * 1024;

/**
 * The start of a file of /proc, at most `mostBytes`, read in a thread: the memory of a process that is stuck in the
 * kernel may hold whoever asks for it. A pipe in its place is refused. Throws the system's error.
 */
export async function readStart(
  path: string,
  mostBytes: number,
): Promise<{ bytes: Buffer; truncated: boolean }> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const parts: Buffer[] = [];
  let length = 0;
  // One byte more than wanted tells whether there is more.
  while (length <= mostBytes) {
    const size = Math.min(chunkBytes, mostBytes + 1 - length);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, length);
    if (bytesRead === 0) break;
    parts.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { bytes: Buffer.concat(parts).subarray(0, mostBytes), truncated: length > mostBytes };
}

/** Likewise as text; null where it is absent, forbidden or the process has no memory of its own. */
export async function readTextIfAllowed(path: string, mostBytes = 1024 * 1024): Promise<string | null> {
  try {
    return (await readStart(path, mostBytes)).bytes.toString();
  } catch {
    // What is not told is null; that the process has ended is noticed at the end.
    return null;
  }
}

/** Whether an error says that this user may not. */
export function isForbidden(thrown: unknown): boolean {
  const { code } = thrown as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}
