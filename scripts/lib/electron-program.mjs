import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { projectFolder } from './project.mjs';

/** What Electron and GTK write when the display that the environment names cannot be opened. */
const noDisplayPattern = /Missing X server|platform failed to initialize|cannot open display/i;
const watchedCharacters = 16 * 1024;

/**
 * @typedef {object} ElectronEnd
 * @property {number} status what to exit with
 * @property {boolean} hadNoDisplay it ended because nothing answered where a display should be
 */

/**
 * True where there should be a screen to open a window on.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 * @returns {boolean}
 */
export function hasDisplay(environment, platform) {
  if (platform !== 'linux') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/**
 * The switches that a machine's circumstances ask for.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 * @param {boolean} isRoot
 * @returns {string[]}
 */
export function deriveSwitches(environment, platform, isRoot) {
  if (platform !== 'linux') return [];
  const waylandOnly = Boolean(environment['WAYLAND_DISPLAY']) && !environment['DISPLAY'];
  return [...(isRoot ? ['--no-sandbox'] : []), ...(waylandOnly ? ['--ozone-platform-hint=auto'] : [])];
}

/**
 * Runs Electron on the app folder until it ends. SIGINT and SIGTERM are handed to it.
 *
 * @param {string} executablePath
 * @param {readonly string[]} args the app's
 * @returns {Promise<ElectronEnd>}
 */
export function runElectron(executablePath, args) {
  const switches = deriveSwitches(process.env, process.platform, process.getuid?.() === 0);
  const env = { ...process.env };
  // Set by some editors' terminals; it would make Electron a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve, reject) => {
    const child = spawn(executablePath, [...switches, projectFolder, ...args], {
      env,
      stdio: ['inherit', 'inherit', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      process.stderr.write(chunk);
      if (said.length < watchedCharacters) said += chunk.toString('utf8');
    });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (status, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve({
        // As a shell reports a program that a signal has ended.
        status: status ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        hadNoDisplay: status !== 0 && noDisplayPattern.test(said),
      });
    });
  });
}
