import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledFolder } from './shipped-packages.mjs';

/**
 * Writes down which packages a build has taken into its files, fonts and style sheets among them: their licences go with
 * what is shipped, and they are in its bill of materials.
 *
 * @param {string} name of the build
 * @returns {import('vite').Plugin}
 */
export function recordBundled(name) {
  return {
    name: 'pulsewire:record-bundled',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const sources = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? output.moduleIds : output.originalFileNames,
      );
      const paths = new Set(sources.flatMap((source) => findPackagePath(source) ?? []));
      await mkdir(bundledFolder, { recursive: true });
      await writeFile(join(bundledFolder, `${name}.json`), JSON.stringify([...paths].sort(), undefined, 2));
    },
  };
}

/**
 * The path of the package that a file is of, as the lock file has it.
 *
 * @param {string} file
 * @returns {string | undefined} undefined for our own
 */
export function findPackagePath(file) {
  const inside = file.replaceAll('\\', '/').replace(/^.*?(?=node_modules\/)/, '');
  return /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0];
}
