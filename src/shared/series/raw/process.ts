import * as v from 'valibot';
import { count, name, signed } from './common.ts';

/** How much of a command line travels with the table; the whole of it is what `process.inspect` answers. */
export const commandLength = 256;

/**
 * The table of processes, one array a column, all of the same length: entry n of each is one process. A process is
 * known by `pid` and `startTicks` together, since numbers are used again. Source: /proc/PID/stat, statm, cmdline, io,
 * status; see proc_pid_stat(5).
 */
export const processRawSchema = v.object({
  ticksPerSecond: count,
  /** When the machine started, to which `startTicks` count. */
  bootedWallMs: count,
  /** Threads of all processes together; null where it is not told. */
  threads: v.nullable(count),
  /** Names that `user` and `group` point into, so that each travels once. */
  users: v.array(name),
  groups: v.array(name),
  pid: v.array(count),
  /** Ticks after the machine's start. */
  startTicks: v.array(count),
  parentPid: v.array(count),
  name: v.array(name),
  /** The start of the command line, `commandLength` characters at most; empty for threads of the kernel. */
  command: v.array(name),
  /** Index into `users`. */
  user: v.array(count),
  /** Index into `groups`: the application, service or container that it belongs to. */
  group: v.array(count),
  /** One letter of proc_pid_stat(5): R running, S sleeping, D waiting for a disk, T stopped, Z gone but not reaped … */
  state: v.array(v.pipe(v.string(), v.maxLength(1))),
  /** Null where the platform does not say. */
  threadCount: v.array(v.nullable(count)),
  nice: v.array(signed),
  /** Time on a core in user and kernel mode, in ticks; null where the platform counts none, as it is in `cpuShares`. */
  cpuTicks: v.array(v.nullable(count)),
  /** What a platform without such counters says itself: share of one core lately, 1 being one core. Null where it counts. */
  cpuShares: v.nullable(v.array(v.nullable(count))),
  residentBytes: v.array(count),
  /** Bytes that reached or came from storage; null where only root may see it, or not read lately. */
  readBytes: v.array(v.nullable(count)),
  writtenBytes: v.array(v.nullable(count)),
  /**
   * How long before the section's `readMs` this row was read: rates are taken between the readings of the row. An idle
   * process is not read every time; its row says so here. Slightly below zero where reading them all took long, and this
   * one's turn came after `readMs`.
   */
  ageMs: v.array(signed),
});
export type ProcessRaw = v.InferOutput<typeof processRawSchema>;

/** What names one process for certain. */
export const processIdentitySchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  startTicks: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type ProcessIdentity = v.InferOutput<typeof processIdentitySchema>;

/** A list that may be refused: what there is, or why there is nothing and what would help. */
function listed<Entry extends v.GenericSchema>(entry: Entry) {
  return v.variant('status', [
    v.object({ status: v.literal('ok'), entries: v.array(entry), truncated: v.boolean() }),
    v.object({ status: v.literal('needsPermission'), message: v.string(), remedy: v.string() }),
    v.object({ status: v.literal('unsupported'), message: v.string() }),
  ]);
}

/** Answer to `process.inspect`: what is too dear to read of every process. */
export const processDetailsSchema = v.object({
  pid: count,
  startTicks: count,
  name,
  /** Arguments one by one, up to 64 KiB together. Nothing where the process hides them. */
  command: v.array(v.string()),
  executable: v.nullable(name),
  workingFolder: v.nullable(name),
  cgroup: v.nullable(name),
  user: name,
  threadCount: count,
  nice: signed,
  residentBytes: count,
  /** Shared pages divided among those who share them. Source: smaps_rollup; null where only root may see it. */
  proportionalBytes: v.nullable(count),
  swappedBytes: v.nullable(count),
  virtualBytes: v.nullable(count),
  readBytes: v.nullable(count),
  writtenBytes: v.nullable(count),
  voluntarySwitches: v.nullable(count),
  involuntarySwitches: v.nullable(count),
  openFileCount: v.nullable(count),
  openFileLimit: v.nullable(count),
  openFiles: listed(v.object({ descriptor: count, target: name })),
  sockets: listed(
    v.object({ protocol: name, local: name, remote: v.nullable(name), state: v.nullable(name) }),
  ),
  /** Only for who may also act on the process. */
  environment: listed(v.object({ name: v.string(), value: v.string() })),
});
export type ProcessDetails = v.InferOutput<typeof processDetailsSchema>;

/** What can be done to a process, and the signal of each. */
export const processActions = {
  end: 'SIGTERM',
  kill: 'SIGKILL',
  stop: 'SIGSTOP',
  continue: 'SIGCONT',
} as const;
export type ProcessAction = keyof typeof processActions;

/** Parameters of `process.signal` and `process.renice`: refused unless pid and start time still match. */
export const processSignalSchema = v.object({
  ...processIdentitySchema.entries,
  action: v.picklist(Object.keys(processActions) as ProcessAction[]),
});
export const processReniceSchema = v.object({
  ...processIdentitySchema.entries,
  nice: v.pipe(v.number(), v.integer(), v.minValue(-20), v.maxValue(19)),
});
