import { stat, type FileHandle } from 'node:fs/promises';

/**
 * Gives a file that root has made in somebody's folder to whose folder it is: what an administrator's command writes for a host
 * that runs as another user must be that user's to read. Does nothing for who is not root. `file` is one that this process
 * has made; by its handle, so that nobody can put another in its place.
 */
export async function keepOwner(file: FileHandle, folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  if (uid !== 0) await file.chown(uid, gid);
}
