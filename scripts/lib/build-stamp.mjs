import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * What a build was made of and what it made.
 *
 * @typedef {object} BuildStamp
 * @property {string} inputs digest of all sources and settings
 * @property {Record<string, string>} outputs size and time of each file by its path
 */

const stampName = 'build-stamp.json';
const settings = [
  'electron.vite.config.ts',
  'scripts/lib/build-client.mjs',
  'scripts/lib/build-docs.mjs',
  'scripts/lib/build-licences.mjs',
  'scripts/lib/docs-page.mjs',
  'scripts/lib/licence-policy.mjs',
  'scripts/lib/record-bundled.mjs',
  'scripts/lib/shipped-packages.mjs',
  'scripts/docs/docs.css',
  'docs/client.md',
  'docs/settings.schema.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/**
 * Digest of everything that a build depends on, by content: a fresh clone or a changed branch has
 * other times but not other sources.
 *
 * @param {string} folder the project
 * @returns {Promise<string>}
 */
export async function digestInputs(folder) {
  // build/ has the icons that the main process imports; docs/protocol is served as pages.
  const folders = [join(folder, 'src'), join(folder, 'build')];
  const sources = (await Promise.all(folders.map(listFiles))).flat().filter((path) => isBuildInput(path));
  const pages = await listFiles(join(folder, 'docs', 'protocol'));
  const paths = [...settings.map((name) => join(folder, name)), ...sources, ...pages].sort();
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(`${relative(folder, path)}\0`);
    hash.update(await readFile(path).catch(() => 'missing'));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/**
 * Tests and recorded text are in src/, but in no build.
 *
 * @param {string} path
 * @returns {boolean}
 */
export function isBuildInput(path) {
  const parts = path.split(sep);
  const name = parts.at(-1) ?? '';
  return !parts.includes('fixtures') && !/\.test\.tsx?$|\.md$/.test(name);
}

/**
 * Notes the state of a build that has just ended well.
 *
 * @param {string} outputFolder
 * @param {string} inputs as digested before the build began
 */
export async function writeStamp(outputFolder, inputs) {
  /** @type {BuildStamp} */
  const stamp = { inputs, outputs: await measureOutputs(outputFolder) };
  await writeFile(join(outputFolder, stampName), `${JSON.stringify(stamp, null, 2)}\n`);
}

/**
 * Why the build must be made again, in words; undefined where it is fresh.
 *
 * @param {string} outputFolder
 * @param {string} inputs
 * @returns {Promise<string | undefined>}
 */
export async function findStaleness(outputFolder, inputs) {
  /** @type {Partial<BuildStamp>} */
  let stamp;
  try {
    stamp = JSON.parse(await readFile(join(outputFolder, stampName), 'utf8'));
  } catch {
    // No stamp, or one that was cut short: either way nobody vouches for what is there.
    return 'there is no build yet';
  }
  if (stamp.inputs !== inputs) return 'the sources have changed';
  const outputs = await measureOutputs(outputFolder);
  const stamped = stamp.outputs ?? {};
  const same =
    Object.keys(outputs).length === Object.keys(stamped).length &&
    Object.entries(outputs).every(([path, state]) => stamped[path] === state);
  return same ? undefined : 'the built files have changed';
}

/** @param {string} outputFolder @returns {Promise<Record<string, string>>} */
async function measureOutputs(outputFolder) {
  /** @type {Record<string, string>} */
  const outputs = {};
  for (const path of (await listFiles(outputFolder)).sort()) {
    const name = relative(outputFolder, path);
    if (name === stampName) continue;
    const { size, mtimeMs } = await stat(path);
    outputs[name] = `${size} ${Math.round(mtimeMs)}`;
  }
  return outputs;
}

/** @param {string} folder @returns {Promise<string[]>} none where there is no such folder */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
