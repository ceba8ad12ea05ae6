import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseChangelog } from './changelog.mjs';
import { findElectronProblems } from './make-packages.mjs';
import { deriveVersion } from './prepare.mjs';
import { deriveReleaseNotes } from './release-notes.mjs';
import { findObstacles, findPreviousTag } from './release-state.mjs';
import { findMetadataProblems } from './update-metadata.mjs';

const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-26\n\n### Added\n\n- A thing.\n';
/** @type {import('./release-state.mjs').ReleaseState} */
const ready = {
  version: '1.2.0',
  lockedVersion: '1.2.0',
  changelog: parseChangelog(changelog),
  commit: '0123456789abcdef',
  committedAtSeconds: 1_795_000_000,
  tagsHere: ['v1.2.0'],
  previousTag: 'v1.1.0',
  changedFiles: [],
};

describe('findObstacles', () => {
  it('finds none where all is committed, has one version and its tag', () => {
    expect(findObstacles(ready)).toEqual([]);
  });

  it('finds each that there is, and says what to do', () => {
    expect(
      findObstacles({
        ...ready,
        version: '1.3.0',
        lockedVersion: '1.2.0',
        changedFiles: ['a.ts', 'b.ts', 'c.ts', 'd.ts'],
      }),
    ).toEqual([
      'Not committed: a.ts, b.ts, c.ts and 1 more. A release is made of what is on record.',
      'package-lock.json has version 1.2.0, package.json 1.3.0: run npm install.',
      'CHANGELOG.md: the newest version is 1.2.0, package.json has 1.3.0: run npm run release -- prepare 1.3.0.',
      'The commit has no tag v1.3.0: git tag --sign v1.3.0.',
    ]);
  });

  it('lets no change go out that belongs to no version', () => {
    const late = changelog.replace('## [Unreleased]', '## [Unreleased]\n\n### Fixed\n\n- A fault.');
    expect(findObstacles({ ...ready, changelog: parseChangelog(late) })).toEqual([
      'CHANGELOG.md: changes stand below "Unreleased" that would be in no version.',
    ]);
  });
});

describe('findPreviousTag', () => {
  it('takes the newest version before this one', () => {
    const tags = ['v1.9.0', 'v1.10.0', 'v2.0.0', 'v2.0.0-beta.1', 'vintage'];
    expect(findPreviousTag(tags, '2.0.0')).toBe('v2.0.0-beta.1');
    expect(findPreviousTag(tags, '1.11.0')).toBe('v1.10.0');
    expect(findPreviousTag(tags, '1.9.0')).toBeUndefined();
  });
});

describe('findElectronProblems', () => {
  it('refuses the fallback, and what is older than the floor', () => {
    expect(findElectronProblems({ version: '45.4.1', source: 'package' })).toEqual([]);
    expect(findElectronProblems({ version: '33.2.1', source: 'fallback' })).toEqual([
      'Electron 33.2.1 is the fallback for development and tests; a release takes 45.0.0 or newer.',
    ]);
    expect(findElectronProblems({ version: '44.9.9', source: 'override' })).toHaveLength(1);
    expect(findElectronProblems({ version: 'unknown', source: 'override' })).toHaveLength(1);
  });
});

describe('deriveVersion', () => {
  it('takes a version, or which of its numbers goes up', () => {
    expect(deriveVersion('0.1.0', '0.1.0')).toBe('0.1.0');
    expect(deriveVersion('0.1.0', 'minor')).toBe('0.2.0');
    expect(deriveVersion('0.1.0', '1.0.0-rc.1')).toBe('1.0.0-rc.1');
    expect(() => deriveVersion('0.2.0', '0.1.9')).toThrow('0.1.9 is older than 0.2.0');
    expect(() => deriveVersion('0.2.0', 'next')).toThrow('next is neither a version nor one of');
  });
});

describe('deriveReleaseNotes', () => {
  const release = {
    version: '1.2.0',
    changes: '### Added\n\n- A thing.',
    commits: [
      { hash: 'aaa', subject: 'fix(tray): a fault' },
      { hash: 'bbb', subject: 'feat(main)!: a thing' },
      { hash: 'ccc', subject: 'Something else' },
    ],
    previousTag: 'v1.1.0',
    notForRelease: [],
  };

  it('says what has changed, how to verify it, and which commits were made, by kind', () => {
    const notes = deriveReleaseNotes(release);
    expect(notes).toContain('# Pulsewire 1.2.0\n\n### Added\n\n- A thing.\n\n## Verify');
    expect(notes.slice(notes.indexOf('## Commits'))).toBe(
      '## Commits since v1.1.0\n\n### Features\n\n- feat(main)!: a thing (bbb)\n\n### Fixes\n\n' +
        '- fix(tray): a fault (aaa)\n\n### Other\n\n- Something else (ccc)\n',
    );
    expect(notes).not.toContain('Not for release');
  });

  it('begins with why it must not be handed out', () => {
    const notes = deriveReleaseNotes({ ...release, notForRelease: ['It was not tested.'] });
    expect(notes).toContain('# Pulsewire 1.2.0\n\n**Not for release.**\n- It was not tested.\n');
  });

  it('is no longer than the forge takes, and says how many commits it leaves out', () => {
    const commits = Array.from({ length: 5_000 }, (_, index) => ({
      hash: `h${index}`,
      subject: `feat: the ${index}th thing of many, each with a subject of its own`,
    }));
    const notes = deriveReleaseNotes({ ...release, commits });
    expect(notes.length).toBeLessThan(125_000);
    const listed = notes.match(/^- feat/gm)?.length ?? 0;
    expect(listed).toBeGreaterThan(1_000);
    expect(notes.endsWith(`and ${5_000 - listed} more.\n`)).toBe(true);
  });
});

describe('findMetadataProblems', () => {
  const bytes = 'an app';
  const sha512 = createHash('sha512').update(bytes).digest('base64');
  /** @param {string} metadata */
  const problemsOf = async (metadata) => {
    const folder = await mkdtemp(join(tmpdir(), 'pulsewire-metadata-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'app.AppImage'), bytes);
    await writeFile(join(folder, 'latest-linux.yml'), metadata);
    return findMetadataProblems(folder, '1.2.0');
  };
  const metadata = `version: 1.2.0\nfiles:\n  - url: app.AppImage\n    sha512: ${sha512}\n    size: 6\npath: app.AppImage\n`;

  it('finds nothing wrong where each file is there as it is announced', async () => {
    expect(await problemsOf(metadata)).toEqual([]);
  });

  it('finds what would fail or mislead an installed app', async () => {
    expect(await problemsOf(metadata.replace('1.2.0', '1.1.0'))).toEqual([
      'latest-linux.yml announces 1.1.0, not 1.2.0.',
    ]);
    expect(await problemsOf(metadata.replace('url: app', 'url: other'))).toEqual([
      'latest-linux.yml names other.AppImage, which is not there.',
    ]);
    expect(await problemsOf(metadata.replace('size: 6', 'size: 7'))).toEqual([
      'latest-linux.yml gives app.AppImage another size.',
    ]);
    expect(await problemsOf(metadata.replace(sha512, 'AAAA'))).toEqual([
      'latest-linux.yml gives app.AppImage another checksum.',
    ]);
    expect(await problemsOf('version: 1.2.0\nfiles: []\n')).toHaveLength(1);
    expect(await problemsOf('files: [')).toHaveLength(1);
  });
});
