import { readFile } from 'node:fs/promises';
import { listPutAside } from './audit-log.ts';

/** The newest `count` lines of the log, the oldest of them first; of files that were put aside too. None where there is no log. */
export async function readAuditLines(path: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  for (const file of [path, ...(await putAside(path))]) {
    if (lines.length >= count) break;
    const found = (await readText(file)).split('\n').filter((line) => line !== '');
    lines.unshift(...found.slice(Math.max(0, found.length - (count - lines.length))));
  }
  return lines;
}

async function putAside(path: string): Promise<string[]> {
  try {
    return await listPutAside(path);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    // Put aside or removed while it was looked for.
    if (isMissing(thrown)) return '';
    throw thrown;
  }
}

function isMissing(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
