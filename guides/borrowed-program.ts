import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import envPaths from 'env-paths';

const run = promisify(execFile);
const programFolders = ['usr/bin', 'usr/sbin'];

/**
 * Where a program is: this machine's own, or that of a Debian package, which is fetched and unpacked into the user's cache
 * folder and not installed, since some packages start a service. Null where neither can be had.
 */
export async function findProgram(name: string, debianPackage: string): Promise<string | null> {
  const kept = join(envPaths('Pulsewire', { suffix: '' }).cache, 'borrowed', debianPackage);
  const places = [...programFolders.map((folder) => join('/', folder)), '/usr/local/bin'];
  const own = await findIn(name, places);
  if (own) return own;
  const keptPlaces = programFolders.map((folder) => join(kept, folder));
  return (
    (await findIn(name, keptPlaces)) ??
    ((await borrow(debianPackage, kept)) ? findIn(name, keptPlaces) : null)
  );
}

async function findIn(name: string, folders: readonly string[]): Promise<string | null> {
  for (const path of folders.map((folder) => join(folder, name))) {
    try {
      await access(path);
      return path;
    } catch {
      // Not here: in the next, then.
      continue;
    }
  }
  return null;
}

/** Whether it could be had. Apt checks what it fetches by the archive's signature. */
async function borrow(debianPackage: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true });
  const folder = await mkdtemp(`${to}-`);
  try {
    await run('apt-get', ['download', debianPackage], { cwd: folder, timeout: 60_000 });
    const [file] = (await readdir(folder)).filter((found) => found.endsWith('.deb'));
    await run('dpkg-deb', ['-x', file!, 'unpacked'], { cwd: folder });
    // Whole or not at all; where another test was first, its copy is as good.
    await rename(join(folder, 'unpacked'), to);
    return true;
  } catch {
    // No Debian, no archive, or there already: whoever asks looks what is there.
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
