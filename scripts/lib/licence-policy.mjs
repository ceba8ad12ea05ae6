import satisfies from 'spdx-satisfies';

/**
 * The licences that what is shipped may have: they ask for their notice at most, which out/licences.txt gives, and bind
 * nobody who passes the program on. docs/dependencies.md has the same list.
 */
export const allowedLicences = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/**
 * What stands against shipping these packages, a sentence each.
 *
 * @param {readonly Pick<import('./shipped-packages.mjs').ShippedPackage, 'name' | 'version' | 'license'>[]} packages
 * @returns {string[]}
 */
export function findLicenceProblems(packages) {
  return packages.flatMap(({ name, version, license }) => {
    if (license === undefined) return [`${name} ${version} states no licence.`];
    return isAllowed(license)
      ? []
      : [`${name} ${version} has the licence ${license}, which is not on the list.`];
  });
}

/** @param {string} license an SPDX expression, or what an author took for one @returns {boolean} */
function isAllowed(license) {
  try {
    return satisfies(license, allowedLicences);
  } catch {
    // "SEE LICENSE IN …" and the like: somebody has to read it first.
    return false;
  }
}
