#!/usr/bin/env node
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { isStartedDirectly } from './project.mjs';
import { describeProcessFailure, runProcess } from './run-process.mjs';
import { runCommand, ScriptError } from './script-error.mjs';

// Takes the arguments that electron-builder gives to fpm, of which it stands in the place, and makes the deb by Debian's own
// dpkg-deb: the same contents, control fields and scripts, wherever fpm cannot be had. A release is made by fpm.

/**
 * @typedef {object} DebManifest
 * @property {string} outputPath
 * @property {Record<string, string>} control fields by name; without Installed-Size, which is measured
 * @property {string} [postinst] a file
 * @property {string} [postrm] a file
 * @property {string} compression as dpkg-deb names it
 * @property {{from: string, to: string}[]} files `from` ends in a slash where the content of a folder is meant
 */

/**
 * @param {readonly string[]} args
 * @returns {DebManifest}
 * @throws {TypeError} where there is an argument that we do not know: what is silently left out would be missed too late
 */
export function parseFpmArguments(args) {
  /** @type {Record<string, {type: 'string', short?: string, multiple?: boolean}>} */
  const options = {};
  const names = [
    'input-type',
    'output-type',
    'architecture',
    'after-install',
    'after-remove',
    'description',
    'version',
  ];
  names.push(
    'package',
    'name',
    'maintainer',
    'vendor',
    'url',
    'category',
    'license',
    'deb-priority',
    'deb-compression',
  );
  for (const name of names) options[name] = { type: 'string' };
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...options,
      'input-type': { type: 'string', short: 's' },
      'output-type': { type: 'string', short: 't' },
      depends: { type: 'string', short: 'd', multiple: true, default: [] },
      'deb-recommends': { type: 'string', multiple: true, default: [] },
      force: { type: 'boolean' },
    },
  });
  /** @param {string} name */
  const text = (name) => String(/** @type {Record<string, unknown>} */ (values)[name] ?? '');
  if (text('output-type') !== 'deb')
    throw new TypeError(`Only a deb is made here, and no ${text('output-type')}.`);
  const control = {
    Package: text('name'),
    Version: text('version'),
    Architecture: text('architecture'),
    Maintainer: text('maintainer'),
    Section: text('category') || 'default',
    Priority: text('deb-priority') || 'optional',
    Depends: values.depends.join(', '),
    Recommends: values['deb-recommends'].join(', '),
    Homepage: text('url'),
    // The first line is the synopsis; the rest is set in by one space, as the field asks for.
    Description: text('description')
      .split('\n')
      .map((line, index) => (index === 0 ? line : ` ${line.trim()}`))
      .join('\n'),
  };
  return {
    outputPath: text('package'),
    control: Object.fromEntries(Object.entries(control).filter(([, value]) => value !== '')),
    ...(text('after-install') !== '' && { postinst: text('after-install') }),
    ...(text('after-remove') !== '' && { postrm: text('after-remove') }),
    compression: { gz: 'gzip', xz: 'xz', zst: 'zstd' }[text('deb-compression')] ?? 'xz',
    files: positionals.map((mapping) => {
      const split = mapping.lastIndexOf('=');
      return { from: mapping.slice(0, split), to: mapping.slice(split + 1) };
    }),
  };
}

/**
 * Builds the package.
 *
 * @param {DebManifest} manifest
 * @throws {ScriptError} with what dpkg-deb says
 */
async function buildDeb(manifest) {
  const root = await mkdtemp(join(tmpdir(), 'pulsewire-deb-'));
  try {
    for (const { from, to } of manifest.files) {
      const target = join(root, to);
      if (from.endsWith('/')) {
        await copyFolder(from, target);
      } else {
        await mkdir(dirname(target), { recursive: true });
        await copyFile(from, target);
        await chmod(target, (await stat(from)).mode & 0o111 ? 0o755 : 0o644);
      }
    }
    const { sums, bytes } = await measure(root);
    const control = join(root, 'DEBIAN');
    await mkdir(control, { mode: 0o755 });
    const fields = { ...manifest.control, 'Installed-Size': String(Math.ceil(bytes / 1024)) };
    const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
    await writeFile(join(control, 'control'), text.join(''));
    await writeFile(join(control, 'md5sums'), sums.join(''));
    for (const name of /** @type {const} */ (['postinst', 'postrm'])) {
      const script = manifest[name];
      if (script === undefined) continue;
      await copyFile(script, join(control, name));
      await chmod(join(control, name), 0o755);
    }
    const level = manifest.compression === 'gzip' ? ['-z1'] : [];
    const result = await runProcess('dpkg-deb', [
      ...['--root-owner-group', `-Z${manifest.compression}`, ...level],
      ...['--build', root, manifest.outputPath],
    ]);
    if (result.status !== 0) {
      throw new ScriptError(`dpkg-deb ${describeProcessFailure(result)}: ${result.output.trim()}`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** @param {string} from @param {string} to */
async function copyFolder(from, to) {
  await mkdir(to, { recursive: true, mode: 0o755 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyFolder(source, target);
    } else {
      await copyFile(source, target);
      await chmod(target, (await stat(source)).mode & 0o111 ? 0o755 : 0o644);
    }
  }
}

/** @param {string} root @returns {Promise<{sums: string[], bytes: number}>} lines of md5sums, and what the files hold */
async function measure(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sums = [];
  let bytes = 0;
  for (const path of paths.sort()) {
    const content = await readFile(path);
    bytes += content.length;
    sums.push(`${createHash('md5').update(content).digest('hex')}  ${relative(root, path)}\n`);
  }
  return { sums, bytes };
}

if (isStartedDirectly(import.meta.url)) {
  await runCommand('deb-by-dpkg', () => buildDeb(parseFpmArguments(process.argv.slice(2))));
}
