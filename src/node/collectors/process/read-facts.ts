import { readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { commandBytes, deriveCommand } from './command-line.ts';
import { deriveGroup } from './derive-group.ts';
import { readBytes } from './read-bytes.ts';
import type { UserNames } from './user-names.ts';

/** What a process seldom changes, and what is too dear to read each time. */
export interface ProcessFacts {
  readonly command: string;
  readonly user: string;
  readonly group: string;
}

/** The group of all threads of the kernel. */
const kernelGroup = 'kernel';
const buffer = Buffer.allocUnsafe(Math.max(commandBytes, 4096));

/**
 * Reads a process's command line, user and group. `state` is that of its last reading: of a process that waits
 * uninterruptibly (D) the command line is not asked for, because the kernel may need the lock that it holds, and would
 * hang the asker with it; null stands for it then.
 */
export function readFacts(
  folder: string,
  process: { readonly name: string; readonly state: string; readonly isKernelThread: boolean },
  users: UserNames,
): Omit<ProcessFacts, 'command'> & { readonly command: string | null } {
  // The folder belongs to whom the process runs as, even where its files belong to root, as of one not dumpable.
  const uid = readOwner(folder);
  const user = uid === null ? '' : users.get(uid);
  if (process.isKernelThread) return { command: '', user, group: kernelGroup };
  const command = process.state === 'D' ? null : readCommand(folder);
  const cgroup = readBytes(`${folder}/cgroup`, buffer);
  const group = (cgroup > 0 && deriveGroup(buffer.toString('utf8', 0, cgroup))) || readExecutable(folder);
  return { command, user, group: group ?? process.name };
}

function readCommand(folder: string): string {
  const length = readBytes(`${folder}/cmdline`, buffer.subarray(0, commandBytes));
  return length > 0 ? deriveCommand(buffer.subarray(0, length)) : '';
}

function readOwner(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.uid ?? null;
}

/** The name of the program's file; null for who may not see it, and for a process that has none. */
function readExecutable(folder: string): string | null {
  try {
    // What an update replaced while it runs reads as "/usr/bin/x (deleted)".
    return basename(readlinkSync(`${folder}/exe`)).replace(/ \(deleted\)$/, '') || null;
  } catch {
    // Another user's process, or one that has ended.
    return null;
  }
}
