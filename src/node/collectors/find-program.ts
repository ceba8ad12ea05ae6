import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Where a program of this name lies on the path, or null. Starts nothing. */
export function findProgram(name: string, path: string | undefined): string | null {
  for (const folder of (path ?? '').split(':')) {
    // What stands in the working folder is not meant.
    if (!isAbsolute(folder)) continue;
    const file = join(folder, name);
    if (isProgram(file)) return file;
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not for this user.
    return false;
  }
}
