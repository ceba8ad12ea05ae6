import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './project.mjs';

/** The built entry of the headless program. */
const headlessEntry = join(projectFolder, 'out', 'main', 'headless.js');

/**
 * Becomes the headless program: it runs in this process, so that signals, standard streams and exit
 * status are its own, with nothing in between. Resolves when its main module has been evaluated.
 *
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
export async function runHeadless(args) {
  process.exitCode = undefined;
  process.argv = [process.execPath, headlessEntry, ...args];
  await import(pathToFileURL(headlessEntry).href);
}
