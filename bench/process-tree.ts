import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all that descend from it have used so far. */
export interface TreeUse {
  readonly pids: readonly number[];
  /** Processor time of all of them, with that of the children that have ended and were waited for. */
  readonly cpuMs: number;
  /** Voluntary context switches of all threads, by process: how often something woke up. */
  readonly wakeups: ReadonlyMap<number, number>;
}

/** The kernel's USER_HZ, which is 100 on every architecture that Node runs on. */
const msPerTick = 10;

/**
 * Reads the use of a tree from /proc. Live threads count by `schedstat`, which is exact to the nanosecond where
 * `stat` counts ticks of 10 ms; children that have ended count by `stat` (proc(5), cutime and cstime).
 */
export function readTree(rootPid: number): TreeUse {
  const pids = listTree(rootPid);
  let cpuMs = 0;
  const wakeups = new Map<number, number>();
  for (const pid of pids) {
    cpuMs += readCpuMs(pid);
    let switches = 0;
    for (const thread of listNames(`/proc/${pid}/task`)) {
      switches += Number(
        /^voluntary_ctxt_switches:\s+(\d+)/m.exec(readText(`/proc/${pid}/task/${thread}/status`))?.[1] ?? 0,
      );
    }
    wakeups.set(pid, switches);
  }
  return { pids, cpuMs, wakeups };
}

/** Processor time of one process and of its children that have ended and were waited for; 0 where it has gone. */
export function readCpuMs(pid: number): number {
  const stat = parseStat(readText(`/proc/${pid}/stat`));
  if (!stat) return 0;
  let exactMs = 0;
  for (const thread of listNames(`/proc/${pid}/task`))
    exactMs += Number(readText(`/proc/${pid}/task/${thread}/schedstat`).split(' ', 1)[0]) / 1e6;
  // Threads that have ended are in `stat` alone, a kernel without schedstat has only that.
  return Math.max(exactMs, stat.ownTicks * msPerTick) + stat.childTicks * msPerTick;
}

/** Proportional memory of a tree in MiB: what several processes share is divided among them. */
export function readTreePssMb(rootPid: number): number {
  return listTree(rootPid).reduce((sum, pid) => sum + readPssMb(pid), 0);
}

/** Likewise of one process. */
export function readPssMb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readText(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1_024;
}

/** The processes and their descendants, the roots first. */
export function listTree(...rootPids: readonly number[]): number[] {
  const parents = new Map<number, number>();
  for (const pid of listPids()) {
    const stat = parseStat(readText(`/proc/${pid}/stat`));
    if (stat) parents.set(pid, stat.parentPid);
  }
  const found = [...rootPids];
  // Grows while it is walked: children of children follow.
  for (const parent of found) {
    for (const [pid, parentPid] of parents) if (parentPid === parent) found.push(pid);
  }
  return found;
}

export function listPids(): number[] {
  return listNames('/proc').map(Number).filter(Number.isInteger);
}

/** The name of a process as the kernel keeps it; empty where it has gone. */
export function readProcessName(pid: number): string {
  return readText(`/proc/${pid}/comm`).trim();
}

/** How many processes and threads the machine has started since boot. */
export function readMachineForks(): number {
  return Number(/^processes (\d+)/m.exec(readText('/proc/stat'))?.[1] ?? NaN);
}

function parseStat(text: string): { parentPid: number; ownTicks: number; childTicks: number } | null {
  // A name may hold anything, spaces and brackets too: fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 15) return null;
  return {
    parentPid: Number(fields[1]),
    ownTicks: Number(fields[11]) + Number(fields[12]),
    childTicks: Number(fields[13]) + Number(fields[14]),
  };
}

function listNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // It has ended between listing and reading.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // Likewise.
  }
}
