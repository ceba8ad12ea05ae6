import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { projectFolder } from '../project.mjs';
import { describeProcessFailure, runProcess } from '../run-process.mjs';
import { ScriptError } from '../script-error.mjs';
import { parseChangelog } from './changelog.mjs';

/**
 * What a release would be made of.
 *
 * @typedef {object} ReleaseState
 * @property {string} version of package.json
 * @property {string | undefined} lockedVersion of the project in package-lock.json
 * @property {import('./changelog.mjs').Changelog} changelog
 * @property {string} commit
 * @property {number} committedAtSeconds
 * @property {readonly string[]} tagsHere tags of that commit
 * @property {string | undefined} previousTag the newest version's before it
 * @property {readonly string[]} changedFiles what is not committed
 */

/** @param {string} version */
export const tagOf = (version) => `v${version}`;

/** @returns {Promise<ReleaseState>} @throws {ScriptError} where this is no repository */
export async function readReleaseState() {
  const [manifest, lock, changelog] = await Promise.all(
    ['package.json', 'package-lock.json', 'CHANGELOG.md'].map((name) =>
      readFile(join(projectFolder, name), 'utf8'),
    ),
  );
  const [commit = '', committedAt] = (await git('log', '-1', '--format=%H%n%ct')).split('\n');
  const { version } = JSON.parse(manifest ?? '');
  const tags = lines(await git('tag', '--list', 'v*', '--merged', 'HEAD'));
  return {
    version,
    lockedVersion: JSON.parse(lock ?? '').packages['']?.version,
    changelog: parseChangelog(changelog ?? ''),
    commit,
    committedAtSeconds: Number(committedAt),
    tagsHere: lines(await git('tag', '--points-at', 'HEAD')),
    previousTag: findPreviousTag(tags, version),
    changedFiles: lines(await git('status', '--porcelain')).map((line) => line.slice(3)),
  };
}

/**
 * The tag of the newest version before this one.
 *
 * @param {readonly string[]} tags @param {string} version @returns {string | undefined}
 */
export function findPreviousTag(tags, version) {
  const older = tags.filter((tag) => semver.valid(tag.slice(1)) && semver.lt(tag.slice(1), version));
  return older.sort((a, b) => semver.rcompare(a.slice(1), b.slice(1)))[0];
}

/**
 * What keeps this tree from being a release, a sentence each with what to do.
 *
 * @param {ReleaseState} state
 * @returns {string[]}
 */
export function findObstacles(state) {
  const { version, lockedVersion, changelog, changedFiles, tagsHere } = state;
  const [unreleased, newest] = changelog.sections;
  const obstacles = changelog.problems.map((problem) => `CHANGELOG.md, ${problem}.`);
  if (changedFiles.length > 0) {
    obstacles.push(`Not committed: ${shorten(changedFiles)}. A release is made of what is on record.`);
  }
  if (semver.valid(version) !== version) obstacles.push(`package.json: ${version} is no version.`);
  if (lockedVersion !== version) {
    obstacles.push(
      `package-lock.json has version ${lockedVersion}, package.json ${version}: run npm install.`,
    );
  }
  if (newest?.version !== version) {
    obstacles.push(
      `CHANGELOG.md: the newest version is ${newest?.version ?? 'none'}, package.json has ${version}: ` +
        `run npm run release -- prepare ${version}.`,
    );
  } else if (unreleased?.body) {
    obstacles.push('CHANGELOG.md: changes stand below "Unreleased" that would be in no version.');
  }
  if (!tagsHere.includes(tagOf(version))) {
    obstacles.push(`The commit has no tag ${tagOf(version)}: git tag --sign ${tagOf(version)}.`);
  }
  return obstacles;
}

/** @param {readonly string[]} files */
function shorten(files) {
  const shown = files.slice(0, 3).join(', ');
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}

/**
 * The commits since a tag, newest first.
 *
 * @param {string | undefined} tag undefined: all there are
 * @returns {Promise<{hash: string, subject: string}[]>}
 */
export async function readCommits(tag) {
  const log = await git('log', '--no-merges', '--format=%h %s', tag === undefined ? 'HEAD' : `${tag}..HEAD`);
  return lines(log).map((line) => {
    const space = line.indexOf(' ');
    return { hash: line.slice(0, space), subject: line.slice(space + 1) };
  });
}

/** @param {string} text */
const lines = (text) => text.split('\n').filter((line) => line !== '');

/** @param {readonly string[]} args @returns {Promise<string>} */
async function git(...args) {
  const result = await runProcess('git', args, { cwd: projectFolder, keptCharacters: 16 * 1024 * 1024 });
  if (result.status === 0) return result.output;
  throw new ScriptError(`git ${args[0]} ${describeProcessFailure(result)}: ${result.output.trim()}`);
}
