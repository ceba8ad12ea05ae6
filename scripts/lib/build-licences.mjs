import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './project.mjs';

/** What of a package is its licence. */
const licenceName = /^(licen[cs]e|copying|notice)(\.|-|$)/i;
/** Of the development packages these are in what is shipped: the renderer's bundle carries them. */
const bundled = [
  '@base-ui/react',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  '@tanstack/react-virtual',
  'chart.js',
  'lucide-react',
  'react',
  'react-dom',
  'react-grid-layout',
];

/**
 * Makes out/licences.txt: our licence, and that of every package that is shipped with its notice, as they ask for. The
 * lock file says which packages those need.
 */
export async function buildLicences() {
  const { packages } = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8'));
  const direct = [...Object.keys(packages[''].dependencies), ...bundled];
  const parts = [await readFile(join(projectFolder, 'LICENSE'), 'utf8')];
  for (const name of listNeeded(packages, direct)) {
    const folder = join(projectFolder, 'node_modules', name);
    const { version, license } = packages[`node_modules/${name}`];
    const files = (await readdir(folder).catch(() => [])).filter((file) => licenceName.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    parts.push([`${name} ${version} (${license ?? 'see its text'})`, ...texts].join('\n\n'));
  }
  const rule = `\n\n${'='.repeat(78)}\n\n`;
  await writeFile(
    join(projectFolder, 'out', 'licences.txt'),
    `${parts.map((text) => text.trim()).join(rule)}\n`,
  );
}

/**
 * These packages and all that they depend on, each once, by name.
 *
 * @param {Readonly<Record<string, { dependencies?: Record<string, string> }>>} packages of the lock file
 * @param {readonly string[]} direct
 */
export function listNeeded(packages, direct) {
  /** @type {Set<string>} */
  const needed = new Set();
  const waiting = [...direct];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const entry = packages[`node_modules/${name}`];
    if (!entry || needed.has(name)) continue;
    needed.add(name);
    waiting.push(...Object.keys(entry.dependencies ?? {}));
  }
  return [...needed].sort();
}
