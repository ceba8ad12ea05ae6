import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: what Electron is started on. */
export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * True where the module is what Node was started with, so that it acts as a command.
 *
 * @param {string} moduleUrl `import.meta.url` of the asking module
 * @returns {boolean}
 */
export function isStartedDirectly(moduleUrl) {
  const started = process.argv[1];
  if (started === undefined) return false;
  try {
    return realpathSync(started) === fileURLToPath(moduleUrl);
  } catch {
    // What Node was started with is not a file (`node -e`), so it is not this module either.
    return false;
  }
}
