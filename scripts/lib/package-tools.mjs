import { existsSync } from 'node:fs';
import { ensureSystemPackages } from './system-packages.mjs';

const debianSevenZip = '/usr/bin/7za';

/**
 * Gets the programs that electron-builder calls, and tells it by its environment variables where they are. It would
 * otherwise download each from its own release host, and does so for those that are not named here.
 *
 * @param {object} options
 * @param {readonly string[]} options.targets
 * @param {boolean} options.fast
 * @param {(line: string) => void} options.log
 * @returns {Promise<void>}
 */
export async function preparePackageTools({ targets, fast, log }) {
  const environment = process.env;
  if (
    process.platform === 'linux' &&
    targets.includes('tar.gz') &&
    !environment['ELECTRON_BUILDER_7ZIP_PATH']
  ) {
    await ensureSystemPackages([['p7zip-full', '7zip']], log);
    if (existsSync(debianSevenZip)) environment['ELECTRON_BUILDER_7ZIP_PATH'] = debianSevenZip;
  }
  if (fast) environment['ELECTRON_BUILDER_COMPRESSION_LEVEL'] = '1';
}
