import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import semver from 'semver';
import { ensureBuild } from '../../build.mjs';
import { runNpm } from '../npm-program.mjs';
import { projectFolder } from '../project.mjs';
import { describeProcessFailure, runProcess } from '../run-process.mjs';
import { ScriptError } from '../script-error.mjs';
import { versionFloors } from '../version-floors.mjs';

/**
 * @typedef {import('./release-state.mjs').ReleaseState} ReleaseState
 * @typedef {import('../../electron-runtime.mjs').ElectronRuntime} ElectronRuntime
 *
 * What a machine has made its packages of; beside them as build-PLATFORM-ARCH.json.
 *
 * @typedef {object} BuildRecord
 * @property {string} version
 * @property {string} commit
 * @property {string} platform
 * @property {string} arch
 * @property {{version: string, source: string}} electron
 * @property {string} node of the server package
 * @property {string[]} notForRelease why these packages must not be handed out
 */

/** What each platform's users are offered. @type {Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>>} */
const packageArguments = {
  linux: ['--targets', 'tar.gz,AppImage,deb,rpm'],
  win32: ['--targets', 'nsis,portable'],
  darwin: ['--targets', 'dmg,zip', '--arch', 'universal'],
};
/** In a dry run one package, quickly. @type {Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>>} */
const dryArguments = {
  linux: ['--targets', 'tar.gz', '--fast'],
  win32: ['--targets', 'portable', '--fast'],
  darwin: ['--targets', 'zip', '--fast'],
};
const packLimitMs = 60_000;

/**
 * Makes the packages of this platform, the server's and the client's where this is Linux, in an emptied folder.
 *
 * @param {object} options
 * @param {ReleaseState} options.state
 * @param {ElectronRuntime} options.electron
 * @param {string} options.folder
 * @param {boolean} options.dryRun
 * @param {readonly string[]} options.notForRelease what was found before
 * @throws {ScriptError}
 */
export async function makePackages({ state, electron, folder, dryRun, notForRelease }) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await ensureBuild();
  const wanted = (dryRun ? dryArguments : packageArguments)[process.platform];
  if (wanted === undefined) throw new ScriptError(`Nothing is released for ${process.platform}.`);
  const own = dryRun ? wanted : [...wanted, '--release'];
  const isLinux = process.platform === 'linux';
  const missing = [];
  for (const args of isLinux ? [own, ['--server']] : [own]) {
    try {
      await collect(await runPackager(args, state), folder);
    } catch (error) {
      if (!dryRun || !(error instanceof ScriptError)) throw error;
      missing.push(error.message);
    }
  }
  if (isLinux) await packClient(state, folder);
  /** @type {BuildRecord} */
  const record = {
    version: state.version,
    commit: state.commit,
    platform: process.platform,
    arch: process.arch,
    electron: { version: electron.version, source: electron.source },
    node: process.versions.node,
    notForRelease: [...notForRelease, ...findElectronProblems(electron), ...missing],
  };
  const name = `build-${process.platform}-${process.arch}.json`;
  await writeFile(join(folder, name), `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * What keeps an Electron from being handed out.
 *
 * @param {Pick<ElectronRuntime, 'version' | 'source'>} electron
 * @returns {string[]} a sentence each
 */
export function findElectronProblems({ version, source }) {
  const minimum = versionFloors.find(({ name }) => name === 'electron')?.minimum ?? '0.0.0';
  if (source === 'fallback') {
    return [
      `Electron ${version} is the fallback for development and tests; a release takes ${minimum} or newer.`,
    ];
  }
  if (semver.valid(version) === null || semver.lt(version, minimum)) {
    return [`Electron ${version} is older than ${minimum}.`];
  }
  return [];
}

/**
 * Runs the packager.
 *
 * @param {readonly string[]} args @param {ReleaseState} state
 * @returns {Promise<string[]>} the files that it has made, and the update metadata beside them
 */
async function runPackager(args, state) {
  const result = await runProcess(
    process.execPath,
    [join(projectFolder, 'scripts', 'package.mjs'), ...args],
    {
      cwd: projectFolder,
      // The time that is in what it makes, where that has one: the commit's, whenever it is built.
      env: { ...process.env, SOURCE_DATE_EPOCH: String(state.committedAtSeconds) },
      show: 'stderr',
    },
  );
  if (result.status !== 0) {
    throw new ScriptError(`npm run package -- ${args.join(' ')} ${describeProcessFailure(result)}.`);
  }
  const made = result.output.split('\n').filter((line) => isAbsolute(line));
  const folders = [...new Set(made.map((path) => dirname(path)))];
  const metadata = await Promise.all(
    folders.map(async (at) =>
      (await readdir(at)).filter((name) => /^latest.*\.yml$/.test(name)).map((name) => join(at, name)),
    ),
  );
  return [...made, ...metadata.flat()];
}

/** @param {readonly string[]} paths @param {string} folder */
async function collect(paths, folder) {
  for (const path of paths) await copyFile(path, join(folder, basename(path)));
}

/** @param {ReleaseState} state @param {string} folder */
async function packClient({ version }, folder) {
  const work = await mkdtemp(join(tmpdir(), 'pulsewire-client-'));
  try {
    const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', work];
    const { status, stderr } = await runNpm(args, { timeoutMs: packLimitMs });
    const [name] = await readdir(work);
    if (status !== 0 || name === undefined) throw new ScriptError(`npm pack failed: ${stderr.trim()}`);
    await copyFile(join(work, name), join(folder, `pulsewire-client-${version}.tgz`));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
