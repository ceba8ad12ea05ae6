import { join } from 'node:path';
import { buildClient } from './lib/build-client.mjs';
import { buildLicences } from './lib/build-licences.mjs';
import { buildDocs } from './lib/build-docs.mjs';
import { digestInputs, findStaleness, writeStamp } from './lib/build-stamp.mjs';
import { withFileLock } from './lib/file-lock.mjs';
import { isStartedDirectly, projectFolder } from './lib/project.mjs';
import { describeProcessFailure, runProcess } from './lib/run-process.mjs';
import { runCommand, ScriptError } from './lib/script-error.mjs';

const outputFolder = join(projectFolder, 'out');
const lockPath = join(projectFolder, 'node_modules', '.cache', 'pulsewire-build.lock');
const patienceMs = 3 * 60 * 1000;

/**
 * @typedef {object} BuildOptions
 * @property {boolean} [force] build even where nothing has changed
 * @property {'verbose' | 'brief'} [report] brief (default): one line and what is wrong
 */

/**
 * Makes out/ current. All that it says goes to standard error, since standard output may belong to
 * the program that is started next. Two at once: the second waits, and finds the work done.
 *
 * @param {BuildOptions} [options]
 * @returns {Promise<boolean>} true where it built
 * @throws {ScriptError} where the build fails
 */
export async function ensureBuild(options = {}) {
  if (options.force !== true && (await findReason()) === undefined) return false;
  return withFileLock(lockPath, patienceMs, async () => {
    const inputs = await digestInputs(projectFolder);
    const reason = options.force === true ? 'asked to' : await findStaleness(outputFolder, inputs);
    if (reason === undefined) return false;
    process.stderr.write(`pulsewire: building (${reason}) …\n`);
    const command = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const level = options.report === 'verbose' ? 'info' : 'warn';
    const result = await runProcess(process.execPath, [command, 'build', '--logLevel', level], {
      cwd: projectFolder,
      show: 'stderr',
    });
    if (result.status !== 0) {
      throw new ScriptError(
        `The build failed: electron-vite ${describeProcessFailure(result)}. ` +
          'What is wrong stands above; if it names a missing package, run npm ci.',
      );
    }
    await buildDocs();
    await buildLicences();
    await buildClient({ verbose: options.report === 'verbose' });
    await writeStamp(outputFolder, inputs);
    return true;
  });
}

async function findReason() {
  return findStaleness(outputFolder, await digestInputs(projectFolder));
}

if (isStartedDirectly(import.meta.url)) {
  await runCommand('build', async () => {
    // Whoever packs or tests beside others must not have the build taken away from them.
    await ensureBuild({ force: !process.argv.includes('--when-stale'), report: 'verbose' });
  });
}
