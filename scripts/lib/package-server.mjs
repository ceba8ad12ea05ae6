import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { projectFolder } from './project.mjs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { ScriptError } from './script-error.mjs';
import { serverFlags } from './server-flags.mjs';

/**
 * @typedef {object} ServerPackageOptions
 * @property {string} [into] folder for the archive (default: dist/)
 * @property {boolean} [fast] compress quickly, not well
 */

/** What of the build the server needs beside the program itself. */
const built = ['renderer', 'docs', 'licences.txt', 'settings.schema.json'];
/** From the checkout to their places in the archive; what is not made yet is left out. */
const shared = [
  ['build/systemd/pulsewire.service', 'lib/systemd/system/pulsewire.service'],
  ['build/systemd/user/pulsewire.service', 'lib/systemd/user/pulsewire.service'],
  ['build/systemd/examples', 'share/doc/pulsewire/examples'],
  ['build/man/pulsewire.1', 'share/man/man1/pulsewire.1'],
  ['build/completions/pulsewire.bash', 'share/bash-completion/completions/pulsewire'],
  ['build/completions/pulsewire.zsh', 'share/zsh/site-functions/_pulsewire'],
  ['build/completions/pulsewire.fish', 'share/fish/vendor_completions.d/pulsewire.fish'],
  ['LICENSE', 'LICENSE'],
];
const entries = ['headless.js', 'probe-process.js'];

/** Finds itself through links, and needs nothing of PATH. */
const launcher = `#!/bin/sh
here=$(command -p dirname -- "$(command -p readlink -f -- "$0")")
exec "$here/../lib/pulsewire/node" ${serverFlags.join(' ')} "$here/../lib/pulsewire/app/out/main/headless.js" "$@"
`;

/**
 * Makes the archive of the server from the current build: the program without a window, the packages that it needs, and the Node
 * that this runs on.
 *
 * @param {ServerPackageOptions} [options]
 * @returns {Promise<string>} the archive's path
 * @throws {ScriptError}
 */
export async function packageServer(options = {}) {
  const { into = join(projectFolder, 'dist'), fast = false } = options;
  const { name, version, license } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const folderName = `${name}-server-${version}-${process.platform}-${process.arch}`;
  const work = await mkdtemp(join(tmpdir(), 'pulsewire-server-package-'));
  try {
    const folder = join(work, folderName);
    const app = join(folder, 'lib', 'pulsewire', 'app');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(join(folder, 'bin', 'pulsewire'), launcher);
    await copyProgram(app);
    await writeFile(
      join(app, 'package.json'),
      `${JSON.stringify({ name, version, license, type: 'module', private: true }, null, 2)}\n`,
    );
    await cp(process.execPath, join(folder, 'lib', 'pulsewire', 'node'));
    for (const [from = '', to = ''] of shared) await copyIfThere(join(projectFolder, from), join(folder, to));
    await writeFile(join(folder, 'THIRD-PARTY-LICENCES.txt'), await collectLicences());
    for (const each of ['bin/pulsewire', 'lib/pulsewire/node']) await chmod(join(folder, each), 0o755);

    await mkdir(into, { recursive: true });
    const archive = join(into, `${folderName}.tar.gz`);
    const draft = `${archive}.new`;
    await runTar([
      '-cf',
      draft,
      `--use-compress-program=gzip -n -${fast ? 1 : 9}`,
      '-C',
      work,
      ...reproducible(),
      folderName,
    ]);
    await rename(draft, archive);
    return archive;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The files of the build that the entries load, and the packages that those name.
 *
 * @param {string} app
 */
async function copyProgram(app) {
  const from = join(projectFolder, 'out', 'main');
  const to = join(app, 'out', 'main');
  await mkdir(to, { recursive: true });
  /** @type {Set<string>} */
  const files = new Set();
  /** @type {Set<string>} */
  const packages = new Set();
  for (const waiting = [...entries]; waiting.length > 0;) {
    const file = waiting.pop() ?? '';
    if (files.has(file)) continue;
    files.add(file);
    const text = await readFile(join(from, file), 'utf8');
    for (const name of listImports(text)) {
      if (name.startsWith('./')) waiting.push(basename(name));
      else if (!name.startsWith('node:')) packages.add(derivePackage(name));
    }
    await cp(join(from, file), join(to, file));
  }
  if (packages.has('electron'))
    throw new ScriptError('The program of the server needs Electron, which it has not.');
  for (const part of built) await copyIfThere(join(projectFolder, 'out', part), join(app, 'out', part));
  const lock = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8'));
  for (const path of listNeededPaths(lock.packages, [...packages])) {
    // What lies in a package's own node_modules comes with it.
    await cp(join(projectFolder, path), join(app, path), {
      recursive: true,
      dereference: true,
      filter: isUsed,
    });
  }
}

/**
 * Whether a file of a package is of use to a program that runs: types and source maps are not.
 *
 * @param {string} path
 */
function isUsed(path) {
  return !/\.([mc]?ts|map)$/.test(path);
}

/**
 * What a built module imports, by whichever of the ways that the bundler writes.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function listImports(text) {
  const pattern =
    /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{}\s,$]+\s*from\s*)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
  return [...text.matchAll(pattern)].map(([, plain, dynamic]) => plain ?? dynamic ?? '');
}

/** @param {string} specifier */
function derivePackage(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * The places of packages and of all that they depend on, as Node looks for them: in the folder of who asks, then further up.
 * What lies inside another of them is not named again.
 *
 * @param {Readonly<Record<string, { dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }>>} packages of the lock file
 * @param {readonly string[]} direct
 * @returns {string[]}
 */
export function listNeededPaths(packages, direct) {
  /** @type {Set<string>} */
  const needed = new Set();
  const waiting = direct.map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = findPackage(packages, next.name, next.from);
    if (path === null || needed.has(path)) continue;
    needed.add(path);
    const { dependencies, optionalDependencies } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
      waiting.push({ name, from: path });
  }
  const all = [...needed].sort();
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}

/**
 * @param {Readonly<Record<string, unknown>>} packages
 * @param {string} name
 * @param {string} from
 * @returns {string | null}
 */
function findPackage(packages, name, from) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[path]) return path;
    if (at === '') return null;
  }
}

/** @returns {Promise<string>} */
async function collectLicences() {
  const own = await readFile(join(projectFolder, 'out', 'licences.txt'), 'utf8');
  const rule = `\n${'='.repeat(78)}\n\n`;
  return `${own}${rule}Node.js ${process.version}\n\n${await readNodeLicence()}`;
}

/** The licence of the Node that goes along, where its distributions put it. */
async function readNodeLicence() {
  const prefix = dirname(dirname(process.execPath));
  for (const place of [
    'LICENSE',
    'share/doc/node/LICENSE',
    'share/doc/nodejs/LICENSE',
    'share/doc/nodejs/copyright',
  ]) {
    const text = await readFile(join(prefix, place), 'utf8').catch(() => null);
    if (text !== null) return text;
  }
  throw new ScriptError(
    `The licence of Node was not found beside ${process.execPath}, and Node must not be handed on without it. ` +
      'Run this with a Node from nodejs.org or of a distribution that brings it.',
  );
}

/** The same files make the same archive, whoever makes it and when. */
function reproducible() {
  const mtime = process.env['SOURCE_DATE_EPOCH'] ?? '0';
  return [
    '--sort=name',
    `--mtime=@${mtime}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u=rwX,go=rX',
  ];
}

/** @param {readonly string[]} args */
async function runTar(args) {
  const result = await runProcess('tar', [...args], { cwd: projectFolder, show: 'stderr' });
  if (result.status !== 0)
    throw new ScriptError(`The archive was not made: tar ${describeProcessFailure(result)}.`);
}

/** @param {string} from @param {string} to */
async function copyIfThere(from, to) {
  const there = await access(from, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!there) return;
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true });
}
