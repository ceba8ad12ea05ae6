import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../npm-program.mjs';
import { ScriptError } from '../script-error.mjs';
import { deriveBillOfMaterials } from './bill-of-materials.mjs';
import { writeChecksums } from './checksums.mjs';
import { deriveReleaseNotes } from './release-notes.mjs';
import { findMetadataProblems } from './update-metadata.mjs';

/**
 * @typedef {import('./make-packages.mjs').BuildRecord} BuildRecord
 * @typedef {import('./release-state.mjs').ReleaseState} ReleaseState
 */

/** The notes of a release, in its folder. */
export const notesName = 'RELEASE-NOTES.md';
/** Is in the folder where its files must not be handed out, and says why. */
export const warningName = 'NOT-FOR-RELEASE.txt';
const recordName = /^build-.+\.json$/;
const bomLimitMs = 60_000;

/**
 * Makes a release of a folder with the packages of all platforms: bills of materials, notes and checksums come beside them.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {ReleaseState} options.state
 * @param {readonly {hash: string, subject: string}[]} options.commits since the release before, newest first
 * @param {readonly import('../shipped-packages.mjs').ShippedPackage[]} options.shipped
 * @param {boolean} options.dryRun what must not be handed out is marked instead of refused
 * @returns {Promise<{files: string[], notForRelease: string[]}>} by name
 * @throws {ScriptError}
 */
export async function assembleRelease({ folder, state, commits, shipped, dryRun }) {
  const { version, changelog } = state;
  const records = await readRecords(folder, state);
  const notForRelease = [...new Set(records.flatMap((record) => record.notForRelease))];
  if (notForRelease.length > 0 && !dryRun) throw new ScriptError(notForRelease.join('\n'));
  const problems = await findMetadataProblems(folder, version);
  if (problems.length > 0) throw new ScriptError(problems.join('\n'));

  await rm(join(folder, warningName), { force: true });
  if (notForRelease.length > 0) {
    const text = `These files must not be handed out.\n\n${notForRelease.map((reason) => `- ${reason}\n`).join('')}`;
    await writeFile(join(folder, warningName), text);
  }
  await writeBillsOfMaterials(folder, { state, shipped, record: records[0] });
  // A dry run may be made before its version has a section.
  const section = changelog.sections.find((some) => some.version === version) ?? changelog.sections[0];
  const changes = section?.body ?? '';
  const notes = deriveReleaseNotes({
    version,
    changes,
    commits,
    previousTag: state.previousTag,
    notForRelease,
  });
  await writeFile(join(folder, notesName), notes);
  return { files: await writeChecksums(folder), notForRelease };
}

/** @param {string} folder @param {ReleaseState} state @returns {Promise<[BuildRecord, ...BuildRecord[]]>} */
async function readRecords(folder, { version, commit }) {
  const names = (await readdir(folder)).filter((name) => recordName.test(name)).sort();
  const [first, ...others] = await Promise.all(
    names.map(
      async (name) => /** @type {BuildRecord} */ (JSON.parse(await readFile(join(folder, name), 'utf8'))),
    ),
  );
  if (first === undefined) {
    throw new ScriptError(`There are no packages in ${folder}. Make them: npm run release -- build.`);
  }
  const strange = [first, ...others].find((record) => record.commit !== commit || record.version !== version);
  if (strange !== undefined) {
    throw new ScriptError(
      `The packages of ${strange.platform} are ${strange.version} of commit ${strange.commit.slice(0, 12)}, ` +
        `and not ${version} of ${commit.slice(0, 12)}. Make them anew.`,
    );
  }
  return [first, ...others];
}

/**
 * One for each product, since they run on something else.
 *
 * @param {string} folder
 * @param {{state: ReleaseState, shipped: readonly import('../shipped-packages.mjs').ShippedPackage[], record: BuildRecord}} of
 */
async function writeBillsOfMaterials(folder, { state, shipped, record }) {
  const { version, committedAtSeconds } = state;
  const { status, stdout, stderr } = await runNpm(
    [
      'sbom',
      '--package-lock-only',
      '--include',
      'dev',
      '--sbom-format',
      'cyclonedx',
      '--sbom-type',
      'application',
    ],
    { timeoutMs: bomLimitMs },
  );
  if (status !== 0) throw new ScriptError(`npm sbom failed: ${stderr.trim()}`);
  const electron = record.electron.version;
  const products = [
    {
      name: 'pulsewire',
      runtime: { name: 'electron', version: electron, licence: 'MIT', purl: `pkg:npm/electron@${electron}` },
    },
    {
      name: 'pulsewire-server',
      runtime: {
        name: 'node',
        version: record.node,
        licence: 'MIT',
        purl: `pkg:generic/node@${record.node}`,
      },
    },
  ];
  for (const product of products) {
    const bom = deriveBillOfMaterials(JSON.parse(stdout), {
      ...product,
      version,
      shipped,
      committedAtSeconds,
    });
    await writeFile(
      join(folder, `${product.name}-${version}.cdx.json`),
      `${JSON.stringify(bom, undefined, 2)}\n`,
    );
  }
}
