import semver from 'semver';
import { ScriptError } from '../script-error.mjs';

/**
 * A section of the changelog: what one version changed.
 *
 * @typedef {object} ChangelogSection
 * @property {string | undefined} version undefined for what is not released yet
 * @property {string | undefined} date `2026-11-26`
 * @property {number} line where its heading stands, from 1
 * @property {string} body what stands below its heading
 *
 * @typedef {object} Changelog
 * @property {readonly ChangelogSection[]} sections as they stand: newest first
 * @property {readonly string[]} problems what is not as Keep a Changelog 1.1.0 asks, each with its line
 */

const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
const unreleasedHeading = '## [Unreleased]';
const releasedHeading = /^## \[([^\]]+)\] - (\d{4}-\d{2}-\d{2})( \[YANKED\])?$/;

/**
 * Reads a changelog, and says what is wrong with it.
 *
 * @param {string} text
 * @returns {Changelog}
 */
export function parseChangelog(text) {
  const lines = text.split('\n');
  /** @type {string[]} */
  const problems = [];
  if (lines[0] !== '# Changelog') problems.push('line 1: the title is "# Changelog"');
  const starts = lines.flatMap((line, index) => (line.startsWith('## ') ? [index] : []));
  const sections = starts.map((start, index) => {
    const body = lines.slice(start + 1, starts[index + 1]);
    problems.push(...findKindProblems(body, start + 2));
    return { ...parseHeading(lines[start] ?? '', start + 1, problems), body: body.join('\n').trim() };
  });
  if (sections[0]?.version !== undefined || sections.length === 0) {
    problems.push(`the first section is "${unreleasedHeading}"`);
  }
  problems.push(...findOrderProblems(sections));
  return { sections, problems };
}

/** @param {string} heading @param {number} line @param {string[]} problems */
function parseHeading(heading, line, problems) {
  if (heading === unreleasedHeading) return { version: undefined, date: undefined, line };
  const [, version, date] = releasedHeading.exec(heading) ?? [];
  if (version === undefined || date === undefined || semver.valid(version) !== version) {
    problems.push(`line ${line}: "${heading}" is no "## [1.2.3] - 2026-01-31"`);
  } else if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) {
    problems.push(`line ${line}: ${date} is no day`);
  }
  return { version: version ?? heading, date, line };
}

/** @param {readonly string[]} body @param {number} firstLine @returns {string[]} */
function findKindProblems(body, firstLine) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const seen = [];
  for (const [index, text] of body.entries()) {
    if (!text.startsWith('### ')) continue;
    const kind = text.slice('### '.length);
    const at = `line ${firstLine + index}`;
    if (!kinds.includes(kind)) problems.push(`${at}: "${kind}" is none of ${kinds.join(', ')}`);
    if (seen.includes(kind)) problems.push(`${at}: "${kind}" stands twice in one section`);
    seen.push(kind);
    const next = body.slice(index + 1).find((line) => line !== '');
    if (next === undefined || !next.startsWith('- ')) problems.push(`${at}: "${kind}" has no list below it`);
  }
  return problems;
}

/** @param {readonly ChangelogSection[]} sections @returns {string[]} */
function findOrderProblems(sections) {
  return sections.slice(1).flatMap((section, index) => {
    const { version, date, line } = section;
    const newer = sections[index];
    if (version === undefined) return [`line ${line}: "${unreleasedHeading}" stands twice`];
    if (newer?.version === undefined || newer.date === undefined || date === undefined) return [];
    if (!semver.valid(version) || !semver.valid(newer.version)) return [];
    if (semver.gte(version, newer.version))
      return [`line ${line}: ${version} is not older than ${newer.version}`];
    return date > newer.date ? [`line ${line}: ${version} is dated after ${newer.version}`] : [];
  });
}

/**
 * The changelog in which what was not released yet is a version.
 *
 * @param {string} text
 * @param {string} version
 * @param {string} date `2026-11-26`
 * @returns {string}
 * @throws {ScriptError} where there is nothing to release
 */
export function releaseChanges(text, version, date) {
  const { sections } = parseChangelog(text);
  if (sections[0]?.version !== undefined || !sections[0]?.body) {
    throw new ScriptError(
      `Nothing stands below "${unreleasedHeading}" in CHANGELOG.md: there is nothing to release.`,
    );
  }
  return text.replace(`${unreleasedHeading}\n`, `${unreleasedHeading}\n\n## [${version}] - ${date}\n`);
}
