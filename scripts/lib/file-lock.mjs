import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ScriptError } from './script-error.mjs';

const askAgainMs = 100;

/**
 * Runs the body while no other process holds the same lock. A lock whose owner has died is taken over.
 *
 * @template Value
 * @param {string} path of the lock's file
 * @param {number} patienceMs how long to wait for somebody else
 * @param {() => Promise<Value>} body
 * @returns {Promise<Value>}
 * @throws {ScriptError} where another process kept it for longer than that
 */
export async function withFileLock(path, patienceMs, body) {
  await mkdir(dirname(path), { recursive: true });
  const startMs = Date.now();
  while (!(await tryToTake(path))) {
    const owner = await readOwner(path);
    if (owner !== undefined && !isRunning(owner)) {
      await removeLockOf(owner, path);
      continue;
    }
    if (Date.now() - startMs > patienceMs) {
      throw new ScriptError(
        `Process ${owner ?? 'unknown'} has been busy with the same work for more than ${Math.round(patienceMs / 1000)} s. ` +
          `Wait for it or end it; if it is gone, remove ${path}.`,
      );
    }
    await delay(askAgainMs);
  }
  try {
    return await body();
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * @param {number} processId
 * @returns {boolean}
 */
export function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} path @returns {Promise<boolean>} */
async function tryToTake(path) {
  // Linked into place with its content, so that nobody reads a lock without an owner.
  const own = createAside(path);
  await writeFile(own, String(process.pid));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Removes the lock of a process that has died, but not the one of somebody who was quicker to.
 *
 * @param {number} owner
 * @param {string} path
 */
async function removeLockOf(owner, path) {
  const aside = createAside(path);
  try {
    await rename(path, aside);
  } catch {
    // Somebody else has removed it.
    return;
  }
  if ((await readOwner(aside)) !== owner) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** @param {string} path */
function createAside(path) {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** @param {string} path @returns {Promise<number | undefined>} undefined where there is no lock */
async function readOwner(path) {
  try {
    const owner = Number(await readFile(path, 'utf8'));
    return Number.isInteger(owner) && owner > 0 ? owner : undefined;
  } catch {
    // It was given back between the two looks.
    return undefined;
  }
}
