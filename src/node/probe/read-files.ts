import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileTexts, ProbeMethods } from './probe-messages.ts';

/** What a file of /sys can hold. */
const mostBytes = 4_096;

/**
 * Reads small files one after the other, each in a thread, so that a driver which does not answer holds that thread
 * and nothing else. A pipe in a file's place is refused. Never throws for a file.
 */
export async function readFiles(params: unknown): Promise<FileTexts> {
  const { paths } = params as ProbeMethods['readFiles']['params'];
  const texts: (string | null)[] = [];
  let slowestMs = 0;
  for (const path of paths) {
    const startMs = performance.now();
    texts.push(await readText(path));
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
  }
  return { texts, slowestMs };
}

async function readText(path: string): Promise<string | null> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } catch {
    // Absent, forbidden, or refused by its driver with EIO or ENODATA: it does not say.
    return null;
  }
}
