import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProcessFailure, runProcess } from './run-process.mjs';

/** A slow line may need minutes for its 110 MB; a host that does not answer fails after seconds. */
const downloadLimitMs = 4 * 60 * 1000;

/**
 * The executable's path inside an Electron distribution.
 *
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function executableName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * The version that the npm package stands for, or undefined where it is not installed.
 *
 * @param {string} packageFolder node_modules/electron
 * @returns {Promise<string | undefined>}
 */
export async function readPackageVersion(packageFolder) {
  const text = await readText(join(packageFolder, 'package.json'));
  if (text === undefined) return undefined;
  const { version } = /** @type {{version?: unknown}} */ (JSON.parse(text));
  return typeof version === 'string' ? version : undefined;
}

/**
 * The version written into a distribution, or undefined where it has none.
 *
 * @param {string} distPath
 * @returns {Promise<string | undefined>}
 */
export async function readDistVersion(distPath) {
  return (await readText(join(distPath, 'version')))?.trim().replace(/^v/, '');
}

/**
 * True where the package's own download is complete: its installer writes path.txt last.
 *
 * @param {string} packageFolder
 * @param {string} version
 * @param {NodeJS.Platform} platform
 * @returns {Promise<boolean>}
 */
export async function isPackageBinaryComplete(packageFolder, version, platform) {
  const name = executableName(platform);
  if ((await readText(join(packageFolder, 'path.txt'))) !== name) return false;
  const distPath = join(packageFolder, 'dist');
  return (await readDistVersion(distPath)) === version && isExecutable(join(distPath, name));
}

/**
 * Has the package download its binary.
 *
 * @param {string} packageFolder
 * @returns {Promise<string | undefined>} why it failed; undefined where it worked
 */
export async function downloadPackageBinary(packageFolder) {
  const result = await runProcess(process.execPath, [join(packageFolder, 'install.js')], {
    timeoutMs: downloadLimitMs,
    env: { ...process.env, ELECTRON_GET_NO_PROGRESS: '1' },
  });
  if (result.status === 0) return undefined;
  const said = /^\S*Error: .*$/m.exec(result.output)?.[0];
  return said ?? `its installer ${describeProcessFailure(result)}`;
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
export async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Missing or not executable: no either way.
    return false;
  }
}

/** @param {string} path */
async function readText(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // A missing file is an answer here: the thing is not installed.
    return undefined;
  }
}
