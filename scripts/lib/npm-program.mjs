import { spawn } from 'node:child_process';
import { projectFolder } from './project.mjs';

/**
 * The program and arguments that run npm: the one that runs us, where one does.
 *
 * @param {readonly string[]} args
 * @returns {[file: string, args: string[]]}
 */
export function npmCommand(args) {
  const npm = process.env['npm_execpath'];
  const throughNode = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  return throughNode ? [process.execPath, [npm, ...args]] : ['npm', [...args]];
}

/**
 * Runs npm in the project: the one that runs us, where one does. How it ended is a value.
 *
 * @param {readonly string[]} args
 * @param {{timeoutMs: number}} options
 * @returns {Promise<{status: number | null, stdout: string, stderr: string}>} `status` is null where it did not end by itself
 */
export function runNpm(args, { timeoutMs }) {
  const [file, all] = npmCommand(args);
  return new Promise((resolve) => {
    const child = spawn(file, all, {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      // On Windows npm is a batch file; no argument here comes from outside.
      shell: file === 'npm' && process.platform === 'win32',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', (error) => resolve({ status: null, stdout, stderr: error.message }));
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
