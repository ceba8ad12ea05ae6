import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project.mjs';
import { ensureSystemPackages, packageRequirements } from './system-packages.mjs';

const debianSevenZip = '/usr/bin/7za';
const dpkgDeb = '/usr/bin/dpkg-deb';

/**
 * Gets the programs that electron-builder calls, and tells it by its environment variables where they are. It would
 * otherwise download each from its own release host, and does so for those that are not named here.
 *
 * @param {object} options
 * @param {readonly string[]} options.targets
 * @param {boolean} options.release whose deb is made by fpm, as electron-builder has it
 * @param {boolean} options.fast
 * @param {(line: string) => void} options.log
 * @returns {Promise<void>}
 */
export async function preparePackageTools({ targets, release, fast, log }) {
  const environment = process.env;
  if (
    process.platform === 'linux' &&
    targets.includes('tar.gz') &&
    !environment['ELECTRON_BUILDER_7ZIP_PATH']
  ) {
    await ensureSystemPackages(packageRequirements, log);
    if (existsSync(debianSevenZip)) environment['ELECTRON_BUILDER_7ZIP_PATH'] = debianSevenZip;
  }
  const { CUSTOM_FPM_PATH: ownFpm, USE_SYSTEM_FPM: systemFpm } = environment;
  if (targets.includes('deb') && !release && !ownFpm && systemFpm !== 'true' && existsSync(dpkgDeb)) {
    // The same contents from the same arguments, by Debian's own tool, wherever fpm cannot be had.
    environment['CUSTOM_FPM_PATH'] = join(projectFolder, 'scripts', 'lib', 'deb-by-dpkg.mjs');
  }
  if (fast) environment['ELECTRON_BUILDER_COMPRESSION_LEVEL'] = '1';
}
