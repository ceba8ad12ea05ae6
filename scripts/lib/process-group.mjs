import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

/**
 * @typedef {object} GroupOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {number} limitMs the whole group is killed when this has passed
 * @property {(text: string) => void} write gets both of its streams
 */

/** Groups that run now, so that ending us ends them. @type {Set<number>} */
const running = new Set();

/**
 * Runs a program in a process group of its own, and ends whatever is left of the group with it: a
 * display server or a browser that a crashed test run has left does not stay.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {GroupOptions} options
 * @returns {Promise<{status: number | null, problem?: string}>} the problem in words where it was no
 *   ordinary end
 */
export function runGroup(file, args, { cwd, env, limitMs, write }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    /** @type {string | undefined} */
    let problem;
    if (child.pid !== undefined) running.add(child.pid);
    const timer = setTimeout(() => {
      problem = `was ended because it took more than ${Math.round(limitMs / 1000)} s`;
      endGroup(child.pid, 'SIGKILL');
    }, limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8');
      stream.on('data', (/** @type {Buffer} */ chunk) => write(decoder.write(chunk)));
    }
    child.once('error', (error) => {
      problem = `could not be started: ${error.message}`;
    });
    // What it has started may hold the pipes open, so that `close` would wait for it.
    child.once('exit', () => endGroup(child.pid, 'SIGKILL'));
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      if (child.pid !== undefined) running.delete(child.pid);
      if (signal !== null) problem ??= `was ended by ${signal}`;
      resolve(problem === undefined ? { status } : { status: status ?? 1, problem });
    });
  });
}

/**
 * Sends a signal to all groups that run now.
 *
 * @param {NodeJS.Signals} signal
 */
export function endAllGroups(signal) {
  for (const id of running) endGroup(id, signal);
}

/** @param {number | undefined} id @param {NodeJS.Signals} signal */
function endGroup(id, signal) {
  if (id === undefined) return;
  try {
    process.kill(-id, signal);
  } catch {
    // Nothing of the group is left, which is what was wanted.
  }
}
