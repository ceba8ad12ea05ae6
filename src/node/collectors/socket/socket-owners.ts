import { opendirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { Slice } from '../slice.ts';
import { readNames, readSmallFile } from '../small-file.ts';

/** The process that holds a socket. */
export interface SocketOwner {
  readonly pid: number;
  readonly processName: string | null;
}

interface Held extends SocketOwner {
  /** Link to the socket under the process's descriptors. */
  readonly link: string;
}

/** For how long a socket whose owner was not found is left alone: it is mostly somebody else's. */
const retryMs = 60_000;

/**
 * Whose a socket is, found by going over the descriptors of every process (proc_pid_fd(5)), in slices. What was found
 * is only looked at again where it was; processes are gone over only for sockets that were not looked for yet.
 */
export class SocketOwners {
  readonly #clock: Clock;
  readonly #procRoot: string;
  readonly #owners = new Map<number, Held>();
  readonly #retryAtMs = new Map<number, number>();
  /** Whether a process kept its descriptors from this user when processes were last gone over. */
  isRefused = false;

  constructor(clock: Clock, procRoot: string) {
    this.#clock = clock;
    this.#procRoot = procRoot;
  }

  /** The owner as far as it is known; null where it was looked for and not found, undefined before that. */
  get(inode: number): SocketOwner | null | undefined {
    return this.#owners.get(inode) ?? (this.#retryAtMs.has(inode) ? null : undefined);
  }

  /** Finds the owners of these sockets and forgets all others. */
  async find(inodes: ReadonlySet<number>, signal: AbortSignal): Promise<void> {
    const slice = new Slice(this.#clock);
    this.#forget(inodes);
    for (const [inode, { link }] of this.#owners) {
      if (readSocket(link) !== inode) this.#owners.delete(inode);
      if (slice.isOver) await pause(slice, signal);
    }
    const nowMs = this.#clock.monotonic();
    const isDue = (inode: number): boolean => (this.#retryAtMs.get(inode) ?? -Infinity) <= nowMs;
    const wanted = new Set([...inodes].filter((inode) => inode !== 0 && !this.#owners.has(inode)));
    if (![...wanted].some(isDue)) return;
    await this.#search(wanted, slice, signal);
    for (const inode of wanted) this.#retryAtMs.set(inode, nowMs + retryMs);
  }

  /** Newest processes first: what was not known yet is mostly theirs. */
  async #search(wanted: Set<number>, slice: Slice, signal: AbortSignal): Promise<void> {
    const pids = readNames(this.#procRoot).filter((name) => /^\d+$/.test(name)).map(Number); // prettier-ignore
    this.isRefused = false;
    for (const pid of pids.sort((a, b) => b - a)) {
      if (wanted.size === 0) return;
      for (const link of this.#listDescriptors(pid)) {
        const inode = readSocket(link);
        if (inode !== null && wanted.delete(inode)) this.#add(inode, pid, link);
        if (slice.isOver) await pause(slice, signal);
      }
      if (slice.isOver) await pause(slice, signal);
    }
  }

  #add(inode: number, pid: number, link: string): void {
    const processName = readSmallFile(join(this.#procRoot, String(pid), 'comm'), 64);
    this.#owners.set(inode, { pid, processName: processName || null, link });
    this.#retryAtMs.delete(inode);
  }

  /** Some at a time: a process can have a million. */
  *#listDescriptors(pid: number): Generator<string> {
    const folder = join(this.#procRoot, String(pid), 'fd');
    try {
      const directory = opendirSync(folder, { bufferSize: 64 });
      try {
        for (let entry = directory.readSync(); entry; entry = directory.readSync())
          yield join(folder, entry.name);
      } finally {
        directory.closeSync();
      }
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      // Another user's; any other error is a process that ended.
      if (code === 'EACCES' || code === 'EPERM') this.isRefused = true;
    }
  }

  #forget(inodes: ReadonlySet<number>): void {
    for (const inode of this.#owners.keys()) if (!inodes.has(inode)) this.#owners.delete(inode);
    for (const inode of this.#retryAtMs.keys()) if (!inodes.has(inode)) this.#retryAtMs.delete(inode);
  }
}

async function pause(slice: Slice, signal: AbortSignal): Promise<void> {
  await slice.next();
  signal.throwIfAborted();
}

/** The number of the socket that a descriptor stands for; null where it is none, or gone. */
function readSocket(link: string): number | null {
  try {
    const digits = /^socket:\[(\d{1,15})\]$/.exec(readlinkSync(link))?.[1];
    return digits === undefined ? null : Number(digits);
  } catch {
    // Closed meanwhile, or kept from this user.
    return null;
  }
}
