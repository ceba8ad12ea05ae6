import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { runNpm } from '../npm-program.mjs';
import { projectFolder } from '../project.mjs';
import { ScriptError } from '../script-error.mjs';
import { parseChangelog, releaseChanges } from './changelog.mjs';

const npmLimitMs = 60_000;

/**
 * The version that a release takes.
 *
 * @param {string} current @param {string} wanted a version, or which of its numbers is to go up
 * @returns {string}
 * @throws {ScriptError} where it is none, or an older one
 */
export function deriveVersion(current, wanted) {
  const level = /** @type {const} */ (['major', 'minor', 'patch']).find((name) => name === wanted);
  const version = level === undefined ? semver.valid(wanted) : semver.inc(current, level);
  if (version === null)
    throw new ScriptError(`${wanted} is neither a version nor one of major, minor, patch.`);
  if (semver.lt(version, current))
    throw new ScriptError(`${version} is older than ${current}, which is there.`);
  return version;
}

/**
 * Writes a version into package.json, package-lock.json and CHANGELOG.md, where what was not released yet becomes its own.
 *
 * @param {string} wanted @param {Date} today
 * @returns {Promise<string>} the version
 * @throws {ScriptError}
 */
export async function prepareRelease(wanted, today) {
  const path = join(projectFolder, 'CHANGELOG.md');
  const text = await readFile(path, 'utf8');
  const { version: current } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const version = deriveVersion(current, wanted);
  const { problems } = parseChangelog(text);
  if (problems.length > 0)
    throw new ScriptError(problems.map((problem) => `CHANGELOG.md, ${problem}.`).join('\n'));
  const released = releaseChanges(text, version, today.toISOString().slice(0, 10));
  const args = ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
  const { status, stderr } = await runNpm(args, { timeoutMs: npmLimitMs });
  if (status !== 0) throw new ScriptError(`npm version failed: ${stderr.trim()}`);
  await writeFile(path, released);
  return version;
}
