import semver from 'semver';

/**
 * Versions below which a package is not taken, whatever its range allows. docs/dependencies.md has the same list.
 *
 * @type {readonly {name: string, minimum: string}[]}
 */
export const versionFloors = [
  { name: 'ws', minimum: '8.21.1' },
  { name: 'electron', minimum: '45.0.0' },
];

/**
 * What is below its floor: what is installed, or the range that would let it be.
 *
 * @param {import('./shipped-packages.mjs').LockedPackages} packages
 * @returns {string[]} a sentence each
 */
export function findFloorProblems(packages) {
  const { dependencies, devDependencies } = packages[''] ?? {};
  return versionFloors.flatMap(({ name, minimum }) => {
    const range = { ...dependencies, ...devDependencies }[name];
    const version = packages[`node_modules/${name}`]?.version;
    if (range === undefined || version === undefined)
      return [`${name} has a floor, but is no dependency any more.`];
    const lowest = semver.minVersion(range)?.version ?? '0.0.0';
    const problems = [];
    if (semver.lt(version, minimum)) problems.push(`${name} ${version} is older than ${minimum}.`);
    if (semver.lt(lowest, minimum)) problems.push(`${name} ${range} allows versions older than ${minimum}.`);
    return problems;
  });
}
