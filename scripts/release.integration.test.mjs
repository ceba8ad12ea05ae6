import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from './build.mjs';
import { projectFolder } from './lib/project.mjs';
import { readReleaseState } from './lib/release/release-state.mjs';

const run = promisify(execFile);
const program = join(projectFolder, 'scripts', 'release.mjs');

/** @param {readonly string[]} args @returns {Promise<{code: number, stdout: string, stderr: string}>} */
const release = (...args) =>
  run(process.execPath, [program, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

/** @param {{code: number, stderr: string}} result */
function expectDone({ code, stderr }) {
  expect(code, stderr).toBe(0);
}

describe('a release assembled of packages that were made elsewhere', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let version;

  /** @param {string} name @param {readonly string[]} notForRelease */
  async function makeFolder(name, notForRelease) {
    const made = join(folder, name);
    const { commit } = await readReleaseState();
    const record = {
      version,
      commit,
      platform: 'linux',
      arch: 'x64',
      electron: { version: '45.4.1', source: 'package' },
      node: '24.1.0',
      notForRelease,
    };
    await mkdir(made);
    await writeFile(join(made, 'build-linux-x64.json'), JSON.stringify(record));
    await writeFile(join(made, `pulsewire-${version}-linux-x64.tar.gz`), 'an archive');
    return made;
  }

  /** @param {string} made */
  async function readAll(made) {
    const names = (await readdir(made)).sort();
    return Promise.all(names.map(async (name) => [name, await readFile(join(made, name), 'utf8')]));
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-release-'));
    ({ version } = await readReleaseState());
    await ensureBuild();
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has checksums that hold, valid bills of materials and notes, and is the same each time', async () => {
    const made = await makeFolder('fit', []);
    expectDone(await release('assemble', '--folder', made));
    const once = await readAll(made);
    expect(once.map(([name]) => name)).toEqual([
      'RELEASE-NOTES.md',
      'SHA256SUMS',
      'build-linux-x64.json',
      `pulsewire-${version}-linux-x64.tar.gz`,
      `pulsewire-${version}.cdx.json`,
      `pulsewire-server-${version}.cdx.json`,
    ]);
    const { stdout } = await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: made });
    expect(stdout.trim().split('\n')).toHaveLength(5);

    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
    for (const [name, runtime] of [
      ['pulsewire', 'electron'],
      ['pulsewire-server', 'node'],
    ]) {
      const text = await readFile(join(made, `${name}-${version}.cdx.json`), 'utf8');
      expect(await validator.validate(text)).toBeNull();
      /** @type {{components: {name: string}[]}} */
      const { components } = JSON.parse(text);
      const names = components.map((component) => component.name);
      // Of each way to reach users: the runtime, installed beside the program, bundled into a page, and a font.
      expect(names).toEqual(expect.arrayContaining([runtime, 'ws', 'react', '@fontsource-variable/inter']));
      expect(names).not.toContain('eslint');
    }
    expectDone(await release('assemble', '--folder', made));
    expect(await readAll(made)).toEqual(once);
  }, 120_000);

  it('is refused where a package must not be handed out, and marked as such in a dry run', async () => {
    const made = await makeFolder('unfit', ['Electron 33.2.1 is the fallback.']);
    const refused = await release('assemble', '--folder', made);
    expect(refused).toMatchObject({ code: 1, stderr: 'release: Electron 33.2.1 is the fallback.\n' });
    const marked = await release('assemble', '--dry-run', '--folder', made);
    expectDone(marked);
    expect(marked.stdout).toContain('complete, but not for release: see NOT-FOR-RELEASE.txt');
    expect(await readFile(join(made, 'NOT-FOR-RELEASE.txt'), 'utf8')).toContain(
      '- Electron 33.2.1 is the fallback.',
    );
    expect(await readFile(join(made, 'SHA256SUMS'), 'utf8')).toContain('  NOT-FOR-RELEASE.txt\n');
    expect(await readFile(join(made, 'RELEASE-NOTES.md'), 'utf8')).toContain('**Not for release.**');
    const published = await release('publish', '--folder', made);
    expect(published).toMatchObject({ code: 1, stderr: expect.stringContaining('says why not') });
  }, 120_000);

  it('is refused of another commit, and without packages', async () => {
    const made = await makeFolder('strange', []);
    const path = join(made, 'build-linux-x64.json');
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(/"commit":"[^"]+"/, '"commit":"0123456789abcdef"'),
    );
    expect((await release('assemble', '--folder', made)).stderr).toContain('of commit 0123456789ab, and not');
    await rm(path);
    expect((await release('assemble', '--folder', made)).stderr).toContain('There are no packages in');
  }, 120_000);
});

describe('npm run release', () => {
  it('lets tests be skipped in a dry run only, and knows no other stages', async () => {
    expect((await release('--skip-tests')).stderr).toContain('--skip-tests is for a dry run');
    expect((await release('ship')).stderr).toContain('There is no stage ship.');
    expect((await release('prepare')).stderr).toContain('prepare takes one version');
    expect(await release('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--dry-run') });
  });
});
