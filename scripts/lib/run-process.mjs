import { spawn } from 'node:child_process';

/** Enough of a child's output to find its own words in. */
const usuallyKeptCharacters = 64 * 1024;

/**
 * @typedef {object} ProcessResult
 * @property {number | null} status exit status; null where a signal ended it
 * @property {NodeJS.Signals | null} signal
 * @property {string} output the end of what it wrote, both streams as they came
 * @property {boolean} timedOut
 * @property {Error} [error] set where it could not be started
 */

/**
 * @typedef {object} ProcessOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] the child is killed when this has passed
 * @property {number} [keptCharacters] how much of the end of its output is kept
 * @property {'keep' | 'stderr' | 'both'} [show] `keep` (default) shows nothing, `stderr` passes both of
 *   its streams to our standard error, `both` passes each to its own
 */

/**
 * Runs a program to its end. Never throws and never rejects: how it ended is a value.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {ProcessOptions} [options]
 * @returns {Promise<ProcessResult>}
 */
export function runProcess(file, args, options = {}) {
  const { cwd, env, timeoutMs, keptCharacters = usuallyKeptCharacters, show = 'keep' } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString('utf8');
      if (output.length > keptCharacters) output = output.slice(-keptCharacters);
    };
    child.stdout.on('data', (chunk) => {
      keep(chunk);
      if (show === 'both') process.stdout.write(chunk);
      if (show === 'stderr') process.stderr.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      keep(chunk);
      if (show !== 'keep') process.stderr.write(chunk);
    });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: null, signal: null, output, timedOut, error });
    });
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, output, timedOut });
    });
  });
}

/**
 * Why a process did not end well, in a few words.
 *
 * @param {ProcessResult} result
 * @returns {string}
 */
export function describeProcessFailure(result) {
  if (result.error !== undefined) return `could not be started: ${result.error.message}`;
  if (result.timedOut) return 'was ended because it took too long';
  if (result.signal !== null) return `was ended by ${result.signal}`;
  return `ended with status ${result.status}`;
}
