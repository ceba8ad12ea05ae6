import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import type { ProcessDetails, ProcessIdentity } from '../../shared/series/raw/process.ts';
import { parseArguments } from '../collectors/process/command-line.ts';
import { readPageSize } from '../collectors/process/own-limits.ts';
import { parsePidIo } from '../collectors/process/parse-pid-io.ts';
import { readFacts } from '../collectors/process/read-facts.ts';
import { UserNames } from '../collectors/process/user-names.ts';
import { parseInternetSockets, parseUnixSockets, type SocketsByInode } from './net-tables.ts';
import { findProcess } from './process-identity.ts';
import { isForbidden, readStart, readTextIfAllowed } from './read-file.ts';
import { readOpenFiles, type OpenFiles } from './read-open-files.ts';

export interface InspectParams extends ProcessIdentity {
  readonly procRoot: string;
  readonly etcRoot: string;
}

type Environment = ProcessDetails['environment'];
type Refused = Extract<Environment, { status: 'needsPermission' }>;

/** How much of a process travels: entries of a list, bytes of its command line and of its environment. */
const mostEntries = 500;
const mostCommandBytes = 64 * 1024;
const mostEnvironmentBytes = 128 * 1024;
/** A busy server's table of connections is of some megabytes. */
const mostTableBytes = 16 * 1024 * 1024;

/**
 * Everything there is to know of one process. Runs in the probe process: what lies in a process's memory cannot be read
 * while the kernel holds that memory's lock, and may hang. What this user may not see is null, or says what would help.
 * Throws MonitorError `notFound` where the process has ended, also while it was being read.
 */
export async function inspectProcess(params: unknown): Promise<ProcessDetails> {
  const known = params as InspectParams;
  try {
    return await readDetails(known);
  } catch (thrown) {
    // A file that was not there any more: said as what it means.
    findProcess(known.procRoot, known);
    throw thrown;
  }
}

async function readDetails({ procRoot, etcRoot, ...identity }: InspectParams): Promise<ProcessDetails> {
  const folder = join(procRoot, String(identity.pid));
  const { name, state, isKernelThread } = findProcess(procRoot, identity);
  const users = new UserNames(systemClock, etcRoot);
  const { user } = readFacts(folder, { name, state: 'D', isKernelThread }, users);
  const status = (await readTextIfAllowed(join(folder, 'status'))) ?? '';
  const rollup = state === 'Z' ? null : await readTextIfAllowed(join(folder, 'smaps_rollup'));
  const io = await readTextIfAllowed(join(folder, 'io'));
  const traffic = io === null ? null : parsePidIo(Buffer.from(io));
  const opened = await allowed(() => readOpenFiles(folder), refusals.openFiles(identity.pid, user));
  const details = {
    command: parseArguments(await readCommand(folder)),
    executable: await readTarget(join(folder, 'exe')),
    workingFolder: await readTarget(join(folder, 'cwd')),
    cgroup: deriveCgroupPath((await readTextIfAllowed(join(folder, 'cgroup'))) ?? ''),
    proportionalBytes: parseKilobytes(rollup, 'Pss'),
    swappedBytes: parseKilobytes(status, 'VmSwap'),
    virtualBytes: parseKilobytes(status, 'VmSize'),
    readBytes: traffic?.readBytes ?? null,
    writtenBytes: traffic?.writtenBytes ?? null,
    voluntarySwitches: parseCount(status, 'voluntary_ctxt_switches'),
    involuntarySwitches: parseCount(status, 'nonvoluntary_ctxt_switches'),
    openFileLimit: parseOpenFileLimit((await readTextIfAllowed(join(folder, 'limits'))) ?? ''),
    openFileCount: 'status' in opened ? null : opened.count,
    openFiles: 'status' in opened ? opened : deriveOpenFiles(opened),
    sockets: 'status' in opened ? refusals.sockets(identity.pid, user) : await readSockets(folder, opened),
    environment: await readEnvironment(folder, refusals.environment(identity.pid, user)),
  };
  // Last, so that everything above is of the process that was meant, and these figures are its newest.
  const { threadCount, nice, residentPages } = findProcess(procRoot, identity);
  const residentBytes = residentPages * readPageSize(procRoot);
  return { ...identity, name, user, threadCount, nice, residentBytes, ...details };
}

/** What is kept to the process's user and root, and the command that shows it. */
const refusals = {
  openFiles: (pid: number, user: string) => refuse(pid, user, 'open files', `sudo ls -l /proc/${pid}/fd`),
  sockets: (pid: number, user: string) => refuse(pid, user, 'sockets', `sudo ss -tuxanp | grep pid=${pid},`),
  environment: (pid: number, user: string) =>
    refuse(pid, user, 'environment', `sudo cat /proc/${pid}/environ | tr '\\0' '\\n'`),
};

function refuse(pid: number, user: string, what: string, remedy: string): Refused {
  const message = `The ${what} of process ${pid} may be seen by root, and by ${user || 'its user'} unless it hides them. Run Pulsewire so, or look here:`; // prettier-ignore
  return { status: 'needsPermission', message, remedy };
}

async function allowed<Value>(read: () => Promise<Value>, refused: Refused): Promise<Value | Refused> {
  try {
    return await read();
  } catch (thrown) {
    if (isForbidden(thrown)) return refused;
    throw thrown;
  }
}

async function readCommand(folder: string): Promise<Buffer> {
  try {
    return (await readStart(join(folder, 'cmdline'), mostCommandBytes)).bytes;
  } catch (thrown) {
    if (isForbidden(thrown)) return Buffer.alloc(0);
    throw thrown;
  }
}

async function readTarget(path: string): Promise<string | null> {
  try {
    return await readlink(path);
  } catch {
    // Forbidden, or a thread of the kernel, which has none.
    return null;
  }
}

function deriveOpenFiles({ files, truncated }: OpenFiles): ProcessDetails['openFiles'] {
  const entries = files.slice(0, mostEntries);
  return { status: 'ok', entries, truncated: truncated || files.length > mostEntries };
}

async function readSockets(
  folder: string,
  { socketInodes, truncated }: OpenFiles,
): Promise<ProcessDetails['sockets']> {
  const found: SocketsByInode = new Map();
  if (socketInodes.size > 0) {
    const table = (name: string): Promise<string | null> =>
      readTextIfAllowed(join(folder, 'net', name), mostTableBytes);
    for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6']) {
      parseInternetSockets((await table(protocol)) ?? '', protocol, socketInodes, found);
    }
    parseUnixSockets((await table('unix')) ?? '', socketInodes, found);
  }
  const entries = [...socketInodes].map(
    (inode) =>
      found.get(inode) ?? { protocol: 'other', local: `socket:[${inode}]`, remote: null, state: null },
  );
  return {
    status: 'ok',
    entries: entries.slice(0, mostEntries),
    truncated: truncated || entries.length > mostEntries,
  };
}

async function readEnvironment(folder: string, refused: Refused): Promise<Environment> {
  return allowed(async () => {
    if (!(await hasMemory(folder))) {
      return {
        status: 'unsupported',
        message: 'It has no memory of its own, and so no environment.',
      } as const;
    }
    const { bytes, truncated } = await readStart(join(folder, 'environ'), mostEnvironmentBytes);
    const entries = parseArguments(bytes).map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? { name: text, value: '' } : { name: text.slice(0, at), value: text.slice(at + 1) };
    });
    return {
      status: 'ok',
      entries: entries.slice(0, mostEntries),
      truncated: truncated || entries.length > mostEntries,
    } as const;
  }, refused);
}

/** Threads of the kernel and processes that have ended have none: /proc/PID/statm says 0 for them. */
async function hasMemory(folder: string): Promise<boolean> {
  return !/^0 /.test((await readTextIfAllowed(join(folder, 'statm'))) ?? '');
}

/** The path in the unified hierarchy; where only those of version 1 are used, in systemd's own. */
function deriveCgroupPath(text: string): string | null {
  const unified = /^0::(\/.*)$/m.exec(text)?.[1];
  const named = /^\d+:name=systemd:(\/.*)$/m.exec(text)?.[1];
  return (unified === '/' ? (named ?? unified) : (unified ?? named)) ?? null;
}

function parseKilobytes(text: string | null, key: string): number | null {
  const kilobytes = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
}

function parseCount(text: string, key: string): number | null {
  const count = new RegExp(`^${key}:\\s+(\\d+)$`, 'm').exec(text)?.[1];
  return count === undefined ? null : Number(count);
}

/** The soft limit of /proc/PID/limits; null without one. */
function parseOpenFileLimit(text: string): number | null {
  const limit = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  return limit === undefined ? null : Number(limit);
}
