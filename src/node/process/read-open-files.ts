import { opendir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a process has open. */
export interface OpenFiles {
  /** Null where there are more than are worth counting. */
  readonly count: number | null;
  readonly files: readonly { readonly descriptor: number; readonly target: string }[];
  /** Inodes of its sockets, among as many descriptors as are looked at. */
  readonly socketInodes: ReadonlySet<string>;
  /** Whether there are more descriptors than were looked at. */
  readonly truncated: boolean;
}

/** How many descriptors are looked at, and counted where the kernel does not give their number (before 6.2). */
const mostLookedAt = 4_096;
const mostCounted = 65_536;
const targetLength = 1_024;

/** Reads /proc/PID/fd (proc_pid_fd(5)). Throws the system's error: EACCES for who may not see them. */
export async function readOpenFiles(folder: string): Promise<OpenFiles> {
  const path = join(folder, 'fd');
  const { size } = await stat(path);
  const files: { descriptor: number; target: string }[] = [];
  const socketInodes = new Set<string>();
  let seen = 0;
  for await (const { name } of await opendir(path, { bufferSize: 512 })) {
    seen++;
    if (seen > mostLookedAt) {
      if (size > 0 || seen > mostCounted) break;
      continue;
    }
    const target = await readTarget(join(path, name));
    if (target === null) continue;
    files.push({ descriptor: Number(name), target: target.slice(0, targetLength) });
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode) socketInodes.add(inode);
  }
  const counted = seen > mostCounted ? null : seen;
  return { count: size > 0 ? size : counted, files, socketInodes, truncated: seen > mostLookedAt };
}

async function readTarget(path: string): Promise<string | null> {
  try {
    return await readlink(path);
  } catch (thrown) {
    // Closed meanwhile.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
