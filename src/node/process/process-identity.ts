import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { ProcessIdentity } from '../../shared/series/raw/process.ts';
import { createPidStat, parsePidStat, type PidStat } from '../collectors/process/parse-pid-stat.ts';
import { openKept, readKept } from '../collectors/process/read-bytes.ts';

/** What /proc says of the process with this number at this moment. */
export interface FoundProcess extends Readonly<PidStat> {
  readonly name: string;
}

/**
 * The process that is meant, looked up now. Throws MonitorError `notFound` where it has ended or its number has become
 * another's, `io` where it cannot be told.
 */
export function findProcess(procRoot: string, { pid, startTicks }: ProcessIdentity): FoundProcess {
  const found = readProcess(join(procRoot, String(pid), 'stat'), pid);
  if (!found) throw new MonitorError('notFound', `Process ${pid} has ended.`);
  if (found.startTicks !== startTicks) {
    throw new MonitorError(
      'notFound',
      `Process ${pid} has ended, and its number is another’s now: ${found.name}.`,
    );
  }
  return found;
}

function readProcess(path: string, pid: number): FoundProcess | null {
  const buffer = Buffer.alloc(4096);
  let descriptor = -1;
  try {
    descriptor = openKept(path);
    const length = readKept(descriptor, buffer);
    const stat = createPidStat();
    if (!parsePidStat(buffer, length, stat) || stat.pid !== pid) throw new Error('it is of another form');
    return { ...stat, name: buffer.toString('utf8', stat.nameStart, stat.nameEnd) };
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR') return null;
    throw new MonitorError('io', `What ${path} says cannot be used: ${(thrown as Error).message}.`, {
      cause: thrown,
    });
  } finally {
    if (descriptor >= 0) closeSync(descriptor);
  }
}
