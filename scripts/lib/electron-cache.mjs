import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isRunning, withFileLock } from './file-lock.mjs';

/** Beside the runtime's files, written last: which recipe made it, and the size of each file. */
const markerName = 'pulsewire-runtime.json';
const failureName = 'electron-download-failed.json';
const unfinishedPrefix = 'unfinished-';
const rememberedForMs = 24 * 60 * 60 * 1000;
/** How long somebody else may take to fetch and unpack 200 MB. */
const patienceMs = 10 * 60 * 1000;

/**
 * @typedef {object} RuntimeMarker
 * @property {string} recipe
 * @property {string} version of Electron
 * @property {Record<string, number>} files bytes by path
 */

/**
 * Where what is expensive to get is kept between checkouts.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string}
 */
export function findCacheFolder(environment) {
  const base = environment['XDG_CACHE_HOME'];
  // The XDG specification has relative values ignored.
  const usable = base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache');
  return join(usable, 'pulsewire');
}

/**
 * Makes a folder that appears only when complete: it is filled under another name and then renamed.
 * Two that want it at once: the second waits, and takes what the first has made.
 *
 * @param {string} cacheFolder
 * @param {string} name of the finished folder
 * @param {(folder: string) => Promise<RuntimeMarker>} fill writes the content, and says what it should be
 * @returns {Promise<void>}
 */
export async function installAtomically(cacheFolder, name, fill) {
  const finished = join(cacheFolder, name);
  await withFileLock(join(cacheFolder, `${name}.lock`), patienceMs, async () => {
    if ((await readIntactMarker(finished)) !== undefined) return;
    await removeAbandoned(cacheFolder);
    const suffix = `${process.pid}-${randomBytes(4).toString('hex')}`;
    const unfinished = join(cacheFolder, `${unfinishedPrefix}${suffix}`);
    try {
      await mkdir(unfinished);
      const marker = await fill(unfinished);
      await writeFile(join(unfinished, markerName), `${JSON.stringify(marker, null, 2)}\n`);
      await rm(finished, { recursive: true, force: true });
      await rename(unfinished, finished);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
}

/**
 * The marker of a folder whose files are all there in their full size; undefined for a folder that is
 * missing, was made by something else, or has been damaged.
 *
 * @param {string} folder
 * @returns {Promise<RuntimeMarker | undefined>}
 */
export async function readIntactMarker(folder) {
  const marker = /** @type {Partial<RuntimeMarker> | undefined} */ (await readJson(join(folder, markerName)));
  if (typeof marker?.recipe !== 'string' || typeof marker.version !== 'string') return undefined;
  if (typeof marker.files !== 'object' || marker.files === null) return undefined;
  try {
    const checks = Object.entries(marker.files).map(async ([path, bytes]) => {
      const { size } = await stat(join(folder, path));
      return size === bytes;
    });
    if ((await Promise.all(checks)).includes(false)) return undefined;
  } catch {
    // A file of it is missing: the same answer as a file cut short.
    return undefined;
  }
  return /** @type {RuntimeMarker} */ (marker);
}

/**
 * Notes that the download of a version failed, so that it is not waited for again for a day.
 *
 * @param {string} cacheFolder
 * @param {string} version
 * @param {string} reason
 * @param {number} nowMs wall time
 */
export async function rememberFailedDownload(cacheFolder, version, reason, nowMs) {
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(join(cacheFolder, failureName), `${JSON.stringify({ version, reason, atMs: nowMs })}\n`);
}

/**
 * Why the download of this version failed within the last day, or undefined.
 *
 * @param {string} cacheFolder
 * @param {string} version
 * @param {number} nowMs wall time
 * @returns {Promise<string | undefined>}
 */
export async function recallFailedDownload(cacheFolder, version, nowMs) {
  const note = /** @type {{version?: unknown, reason?: unknown, atMs?: unknown} | undefined} */ (
    await readJson(join(cacheFolder, failureName))
  );
  if (note?.version !== version || typeof note.atMs !== 'number') return undefined;
  const ageMs = nowMs - note.atMs;
  // A clock that was set back must not keep the note for ever.
  return ageMs >= 0 && ageMs < rememberedForMs ? String(note.reason) : undefined;
}

/** @param {string} cacheFolder */
export async function forgetFailedDownload(cacheFolder) {
  await rm(join(cacheFolder, failureName), { force: true });
}

/** @param {string} cacheFolder */
async function removeAbandoned(cacheFolder) {
  for (const name of await readdir(cacheFolder)) {
    const owner = new RegExp(`^${unfinishedPrefix}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    await rm(join(cacheFolder, name), { recursive: true, force: true });
  }
}

/** @param {string} path @returns {Promise<unknown>} undefined where it is missing or no JSON */
async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Missing, unreadable and broken are one answer: there is nothing to go by.
    return undefined;
  }
}
