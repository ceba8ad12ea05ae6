import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../project.mjs';
import { parseChangelog, releaseChanges } from './changelog.mjs';

const changelog = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.2.0] - 2026-10-02

### Fixed

- A fault.

## [0.1.0] - 2026-09-01

### Added

- The first thing.
`;

/** @param {string} from @param {string} to */
const problemsAfter = (from, to) => parseChangelog(changelog.replace(from, to)).problems;

describe('parseChangelog', () => {
  it('finds nothing wrong with the changelog of this project', () => {
    const { sections, problems } = parseChangelog(readFileSync(join(projectFolder, 'CHANGELOG.md'), 'utf8'));
    expect(problems).toEqual([]);
    expect(sections[0]).toMatchObject({ version: undefined });
  });

  it('reads the sections, newest first', () => {
    const { sections, problems } = parseChangelog(changelog);
    expect(problems).toEqual([]);
    expect(sections.map(({ version, date }) => [version, date])).toEqual([
      [undefined, undefined],
      ['0.2.0', '2026-10-02'],
      ['0.1.0', '2026-09-01'],
    ]);
    expect(sections[1]?.body).toBe('### Fixed\n\n- A fault.');
  });

  it('says by line what is not as the format asks', () => {
    expect(problemsAfter('# Changelog', '# Changes')).toEqual(['line 1: the title is "# Changelog"']);
    expect(problemsAfter('## [Unreleased]', '## [0.3.0] - 2026-11-01')).toEqual([
      'the first section is "## [Unreleased]"',
    ]);
    expect(problemsAfter('### Fixed', '### Mended')).toEqual([
      'line 11: "Mended" is none of Added, Changed, Deprecated, Removed, Fixed, Security',
    ]);
    expect(problemsAfter('- A fault.', '')).toEqual(['line 11: "Fixed" has no list below it']);
    expect(problemsAfter('- A thing.', '- A thing.\n\n### Added\n\n- More.')).toEqual([
      'line 9: "Added" stands twice in one section',
    ]);
    expect(problemsAfter('2026-10-02', '2026-02-30')).toContain('line 9: 2026-02-30 is no day');
    expect(problemsAfter('[0.2.0] -', '0.2.0,')).toEqual([
      'line 9: "## 0.2.0, 2026-10-02" is no "## [1.2.3] - 2026-01-31"',
    ]);
  });

  it('holds versions and days to their order', () => {
    expect(problemsAfter('[0.1.0]', '[0.2.0]')).toEqual(['line 15: 0.2.0 is not older than 0.2.0']);
    expect(problemsAfter('2026-09-01', '2026-10-03')).toEqual(['line 15: 0.1.0 is dated after 0.2.0']);
  });
});

describe('releaseChanges', () => {
  it('makes a version of what was not released yet', () => {
    const { sections, problems } = parseChangelog(releaseChanges(changelog, '0.3.0', '2026-11-26'));
    expect(problems).toEqual([]);
    expect(sections[0]).toMatchObject({ version: undefined, body: '' });
    expect(sections[1]).toMatchObject({
      version: '0.3.0',
      date: '2026-11-26',
      body: '### Added\n\n- A thing.',
    });
  });

  it('refuses where there is nothing to release', () => {
    expect(() =>
      releaseChanges(releaseChanges(changelog, '0.3.0', '2026-11-26'), '0.4.0', '2026-11-27'),
    ).toThrow('there is nothing to release');
  });
});
