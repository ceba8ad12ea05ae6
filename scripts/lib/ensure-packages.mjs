import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensureBuild } from '../build.mjs';
import { resolveElectronRuntime } from '../electron-runtime.mjs';
import { digestInputs } from './build-stamp.mjs';
import { withFileLock } from './file-lock.mjs';
import { projectFolder } from './project.mjs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { ScriptError } from './script-error.mjs';

/** Apart from what `npm run package` makes for people, which is compressed well and takes longer. */
const outputFolder = join(projectFolder, 'dist', 'for-tests');
const stampPath = join(outputFolder, 'stamp.json');
const lockPath = join(projectFolder, 'node_modules', '.cache', 'pulsewire-packages.lock');
const patienceMs = 5 * 60 * 1000;

/**
 * The packages that tests look at, of the program as it is now.
 *
 * @typedef {object} TestPackages
 * @property {string} folder the unpacked app
 * @property {string} archive the tar.gz of it
 * @property {string} archiveRoot the one folder in the archive
 * @property {string | undefined} deb where this machine has dpkg-deb
 * @property {string} electron version
 */

/**
 * Makes the packages, unless they are there and nothing that goes into them has changed since. Two at once: the second
 * waits, and finds the work done.
 *
 * @returns {Promise<TestPackages>}
 * @throws {ScriptError}
 */
export async function ensurePackages() {
  await ensureBuild();
  const electron = await resolveElectronRuntime();
  const inputs = await digestPackageInputs(electron.executablePath);
  return withFileLock(lockPath, patienceMs, async () => {
    const made = await readStamp(inputs);
    if (made !== undefined) return made;
    process.stderr.write('pulsewire: making packages for the tests …\n');
    await rm(outputFolder, { recursive: true, force: true });
    await mkdir(outputFolder, { recursive: true });
    const hasDpkg = existsSync('/usr/bin/dpkg-deb');
    const targets = ['dir', 'tar.gz', ...(hasDpkg ? ['deb'] : [])];
    const script = join(projectFolder, 'scripts', 'package.mjs');
    const args = [script, '--targets', targets.join(','), '--fast', '--json', '--output', outputFolder];
    const result = await runProcess(process.execPath, args, { cwd: projectFolder, timeoutMs: patienceMs });
    if (result.status !== 0) {
      const failure = describeProcessFailure(result);
      throw new ScriptError(`The packages for the tests were not made: it ${failure}.\n${result.output}`);
    }
    /** @type {import('./package-app.mjs').PackageResult} */
    const { files } = JSON.parse(result.output.trimEnd().split('\n').at(-1) ?? '');
    const [folder = '', archive = '', deb] = files;
    /** @type {TestPackages} */
    const packages = {
      folder,
      archive,
      archiveRoot: basename(archive, '.tar.gz'),
      deb,
      electron: electron.version,
    };
    await writeFile(stampPath, `${JSON.stringify({ inputs, packages }, null, 2)}\n`);
    return packages;
  });
}

/** @param {string} electronPath */
async function digestPackageInputs(electronPath) {
  const scripts = await readdir(join(projectFolder, 'scripts', 'lib'));
  const settings = scripts
    .filter((name) => /^(deb-by-dpkg|ensure-packages|package-.*)\.mjs$/.test(name))
    .sort();
  const hash = createHash('sha256').update(`${await digestInputs(projectFolder)}\0${electronPath}\0`);
  for (const path of ['electron-builder.yml', 'LICENSE', ...settings.map((name) => `scripts/lib/${name}`)]) {
    hash.update(await readFile(join(projectFolder, path))).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} inputs @returns {Promise<TestPackages | undefined>} undefined where they are not current */
async function readStamp(inputs) {
  try {
    const stamp = /** @type {{inputs: string, packages: TestPackages}} */ (
      JSON.parse(await readFile(stampPath, 'utf8'))
    );
    const { folder, archive, deb } = stamp.packages;
    const isThere = [join(folder, 'pulsewire'), archive, ...(deb === undefined ? [] : [deb])].every(
      existsSync,
    );
    return stamp.inputs === inputs && isThere ? stamp.packages : undefined;
  } catch {
    // Missing, or cut short: nobody vouches for what is there.
    return undefined;
  }
}
