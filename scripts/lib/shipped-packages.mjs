import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './project.mjs';

/**
 * A package of somebody else that reaches users: installed beside the program, or bundled into it.
 *
 * @typedef {object} ShippedPackage
 * @property {string} path its key in the lock file, and its folder: `node_modules/ws`
 * @property {string} name
 * @property {string} version
 * @property {string | undefined} license as its author states it: an SPDX expression
 * @property {readonly string[]} needs paths of the packages that it depends on, as far as they are shipped too
 *
 * @typedef {object} LockEntry what the lock file says of a package
 * @property {string} [version]
 * @property {string} [license]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [devDependencies] of the project itself alone
 *
 * @typedef {Readonly<Record<string, LockEntry>>} LockedPackages by path; the project's own is ''
 */

/** Where each build leaves the paths of the packages that it has bundled; see record-bundled.mjs. */
export const bundledFolder = join(projectFolder, 'out', 'bundled');

/** @returns {Promise<LockedPackages>} */
export async function readLockedPackages() {
  return JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8')).packages;
}

/**
 * What is shipped of the build in out/.
 *
 * @returns {Promise<ShippedPackage[]>} by path
 */
export async function readShippedPackages() {
  const names = await readdir(bundledFolder);
  const lists = await Promise.all(names.map((name) => readFile(join(bundledFolder, name), 'utf8')));
  return listShipped(
    await readLockedPackages(),
    lists.flatMap((list) => JSON.parse(list)),
  );
}

/**
 * The production dependencies with all that they depend on, and what was bundled.
 *
 * @param {LockedPackages} packages
 * @param {readonly string[]} bundled paths
 * @returns {ShippedPackage[]} by path
 * @throws {Error} where something was bundled that the lock file does not know
 */
export function listShipped(packages, bundled) {
  // Of what is bundled the build has said itself which of its needs it took; the others bring all of theirs.
  /** @type {Map<string, string[]>} */
  const needs = new Map(bundled.map((path) => [path, listNeeds(packages, path)]));
  const waiting = listNeeds(packages, '');
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needs.has(path) && !bundled.includes(path)) continue;
    const needed = listNeeds(packages, path);
    needs.set(path, needed);
    waiting.push(...needed.filter((other) => !needs.has(other)));
  }
  return [...needs.keys()].sort().map((path) => {
    const entry = packages[path];
    if (entry?.version === undefined)
      throw new Error(`${path} was bundled, but package-lock.json has it not.`);
    return {
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      license: entry.license,
      needs: (needs.get(path) ?? []).filter((other) => needs.has(other)),
    };
  });
}

/**
 * Where the packages lie that a package depends on: the nearest of each name, as Node looks for them.
 *
 * @param {LockedPackages} packages @param {string} from @returns {string[]}
 */
function listNeeds(packages, from) {
  const { dependencies, optionalDependencies } = packages[from] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('node_modules/') - 1, 0))) {
      const path = `${at}${at === '' ? '' : '/'}node_modules/${name}`;
      if (packages[path] !== undefined) return [path];
      if (at === '') return [];
    }
  });
}
