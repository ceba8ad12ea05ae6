import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveElectronRuntime } from '../electron-runtime.mjs';
import { derivePackageOrigin } from './package-origin.mjs';
import { preparePackageTools } from './package-tools.mjs';
import { projectFolder } from './project.mjs';
import { ScriptError } from './script-error.mjs';
import { setGzipTime, setTimes } from './set-times.mjs';
import { UpdateMetadata } from './update-metadata-of-packages.mjs';

/**
 * @typedef {object} PackageOptions
 * @property {readonly string[] | undefined} [targets] default: `defaultTargets`
 * @property {readonly string[] | undefined} [arch] x64, arm64, universal; default: this machine's
 * @property {boolean} [release] refuse what must not be handed out
 * @property {boolean} [fast] compress quickly, not well
 * @property {string} [outputFolder] default: dist/
 *
 * @typedef {object} PackageResult
 * @property {string[]} files absolute paths, in the order of the targets; of `dir` the folder
 * @property {import('../electron-runtime.mjs').ElectronRuntime} electron
 *
 * @typedef {'linux' | 'mac' | 'windows'} PackagePlatform
 */

/** Which platform's packager makes which target. @type {Readonly<Record<PackagePlatform, readonly string[]>>} */
const targetsOf = {
  linux: ['dir', 'tar.gz', 'deb', 'rpm', 'AppImage'],
  windows: ['dir', 'nsis', 'portable'],
  mac: ['dir', 'dmg', 'zip'],
};

/**
 * What is packaged where nothing is asked for.
 *
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function defaultTargets(platform) {
  return platform === 'linux' ? ['dir', 'tar.gz'] : ['dir'];
}

/**
 * The platform that the targets are of: `dir` is of every platform, and then this one's.
 *
 * @param {readonly string[]} targets
 * @param {NodeJS.Platform} platform of this machine
 * @returns {PackagePlatform}
 * @throws {ScriptError} where there is no such target, or no platform has all of them
 */
export function derivePlatform(targets, platform) {
  const unknown = targets.filter((target) => !Object.values(targetsOf).flat().includes(target));
  if (unknown.length > 0) throw new ScriptError(`There is no target ${unknown.join(', ')}.`);
  const own = platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux';
  const order = /** @type {PackagePlatform[]} */ ([own, 'linux', 'windows', 'mac']);
  const found = order.find((name) => targets.every((target) => targetsOf[name].includes(target)));
  if (found === undefined) {
    throw new ScriptError(`${targets.join(', ')} are of different platforms: package one after the other.`);
  }
  return found;
}

/**
 * Makes packages of the build in out/, which must be current.
 *
 * @param {PackageOptions} options
 * @returns {Promise<PackageResult>}
 * @throws {ScriptError}
 */
export async function packageApp(options) {
  const { release = false, fast = false, outputFolder = join(projectFolder, 'dist') } = options;
  const targets = options.targets ?? defaultTargets(process.platform);
  const architectures = options.arch ?? [process.arch];
  const platform = derivePlatform(targets, process.platform);
  const origin = derivePackageOrigin(process.env);
  if (release && origin.publish === undefined) {
    throw new ScriptError(
      'A release must know where its updates are. Set PULSEWIRE_UPDATE_URL to the folder of a web server that has them, ' +
        'or GITHUB_REPOSITORY to the repository whose releases do.',
    );
  }
  const electron = await resolveElectronRuntime({ release });
  await preparePackageTools({ targets, release, fast, log: (line) => process.stderr.write(`${line}\n`) });
  const builder = await import('electron-builder');

  /** @param {string} arch @param {readonly string[]} names @param {string} [prepackaged] */
  const build = (arch, names, prepackaged) =>
    builder.build({
      projectDir: projectFolder,
      publish: 'never',
      targets: new Map([
        [
          builder.Platform[/** @type {'LINUX' | 'MAC' | 'WINDOWS'} */ (platform.toUpperCase())],
          new Map([[builder.archFromString(arch), [...names]]]),
        ],
      ]),
      ...(prepackaged !== undefined && { prepackaged }),
      config: {
        directories: { output: outputFolder },
        electronVersion: electron.version,
        // Electron for another machine is fetched by the packager; for this one it is here.
        ...(isForThisMachine(platform, arch) && { electronDist: electron.distPath }),
        extraMetadata: { homepage: origin.homepage },
        linux: { maintainer: origin.maintainer },
        ...(origin.publish && { publish: origin.publish }),
        ...(fast && { deb: { compression: 'gz' } }),
      },
    });

  const files = [];
  const metadata = await UpdateMetadata.begin(outputFolder);
  for (const arch of architectures) {
    if (platform !== 'linux') {
      files.push(...(await build(arch, targets)));
      continue;
    }
    const folder = join(outputFolder, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
    await build(arch, ['dir']);
    // By which whoever builds a release says of when it is: https://reproducible-builds.org/specs/source-date-epoch/.
    const epochSeconds = Number(process.env['SOURCE_DATE_EPOCH'] ?? NaN);
    if (epochSeconds > 0) await setTimes(folder, epochSeconds);
    if (targets.includes('dir')) files.push(folder);
    // One by one of the same folder: what the deb and the rpm write into it of themselves is in no other package.
    for (const target of targets.filter((name) => name !== 'dir')) {
      const made = await build(arch, [target], folder);
      if (target === 'tar.gz' && epochSeconds > 0)
        for (const path of made) await setGzipTime(path, epochSeconds);
      files.push(...made);
      await metadata.take();
      for (const name of ['package-type', 'apparmor-profile']) {
        await rm(join(folder, 'resources', name), { force: true });
      }
    }
  }
  await metadata.write();
  return { files: files.filter((file) => !file.endsWith('.yml')), electron };
}

/** @param {PackagePlatform} platform @param {string} arch */
function isForThisMachine(platform, arch) {
  const own = { linux: 'linux', mac: 'darwin', windows: 'win32' }[platform];
  return own === process.platform && arch === process.arch;
}
