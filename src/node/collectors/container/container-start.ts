import { join } from 'node:path';
import { readSmallFile } from '../small-file.ts';

/** The unit of times in /proc/<pid>/stat is 1/100 s on every architecture of today. */
const ticksPerSecond = 100;
/** The first process of a container is among the first of its group; more are not looked at. */
const mostProcesses = 16;

/**
 * When a container was started: when the oldest of its processes was, which is the first for as long as it lives.
 * Null where none can be seen. Source: `cgroup.procs`, proc_pid_stat(5). To be asked once a container.
 */
export function readContainerStart(procRoot: string, folder: string): number | null {
  const bootedSeconds = Number(/^btime (\d+)$/m.exec(readSmallFile(join(procRoot, 'stat'), 1024 * 1024) ?? '')?.[1]); // prettier-ignore
  let oldest = Infinity;
  for (const pid of findProcesses(folder)) {
    const stat = readSmallFile(join(procRoot, String(pid), 'stat'), 4_096);
    // The name, in brackets, may hold anything; the start time is the 20th word after it.
    const start = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    if (Number.isFinite(start) && start >= 0) oldest = Math.min(oldest, start);
  }
  const startedMs = (bootedSeconds + oldest / ticksPerSecond) * 1_000;
  return Number.isFinite(startedMs) ? startedMs : null;
}

/** Processes of the group itself or, where its own manager has put them into groups of theirs, of one below. */
function findProcesses(folder: string): number[] {
  for (const below of ['', 'container', 'init.scope', 'ns']) {
    const text = readSmallFile(join(folder, below, 'cgroup.procs'), 4_096) ?? '';
    const pids = text.split('\n').map(Number);
    const found = pids.filter((pid) => Number.isSafeInteger(pid) && pid > 0).slice(0, mostProcesses);
    if (found.length > 0) return found;
  }
  return [];
}
