import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../../fixtures/packaged-test.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** The listed files of a deb with their modes and owners, folders left out. */
async function listFiles(deb: string): Promise<Map<string, string>> {
  const { stdout } = await run('dpkg-deb', ['--contents', deb], { maxBuffer: 64 * 1024 * 1024 });
  const lines = [...stdout.matchAll(/^([-l]\S{9}) (\S+) +\d+ \S+ \S+ \.(\/.*)$/gm)];
  return new Map(lines.map(([, mode, owner, path]) => [String(path), `${mode} ${owner}`]));
}

test('the deb holds the app, and what a system knows it by', async ({ packages, programFolder }) => {
  test.skip(packages.deb === undefined, 'there is no dpkg-deb here');
  const deb = packages.deb ?? '';
  const files = await listFiles(deb);
  const program = '-rwxr-xr-x root/root';
  const plain = '-rw-r--r-- root/root';
  expect(Object.fromEntries([...files].filter(([path]) => !path.startsWith('/opt/Pulsewire/')))).toEqual({
    '/usr/bin/pulsewire': program,
    '/usr/share/applications/pulsewire.desktop': plain,
    '/usr/share/bash-completion/completions/pulsewire': plain,
    '/usr/share/doc/pulsewire/copyright': plain,
    '/usr/share/fish/vendor_completions.d/pulsewire.fish': plain,
    ...Object.fromEntries(
      [16, 24, 32, 48, 64, 128, 256, 512].map((edge) => [
        `/usr/share/icons/hicolor/${edge}x${edge}/apps/pulsewire.png`,
        plain,
      ]),
    ),
    '/usr/share/man/man1/pulsewire.1': plain,
    '/usr/share/metainfo/io.github.pulsewire.pulsewire.metainfo.xml': plain,
    '/usr/share/zsh/vendor-completions/_pulsewire': plain,
  });
  for (const path of ['pulsewire', 'chrome-sandbox', 'chrome_crashpad_handler', 'bin/pulsewire']) {
    expect(files.get(`/opt/Pulsewire/${path}`), path).toBe(program);
  }
  for (const path of ['resources/app.asar', 'resources/app-update.yml', 'resources/apparmor-profile']) {
    expect(files.get(`/opt/Pulsewire/${path}`), path).toBe(plain);
  }
  // What the updater takes to know that it has to update a deb; the archive must not have it.
  expect(files.has('/opt/Pulsewire/resources/package-type')).toBe(true);
  const inArchive = await readdir(join(programFolder, 'resources'));
  expect(inArchive.sort()).toEqual(['app-update.yml', 'app.asar', 'package-facts.json']);

  const { stdout: control } = await run('dpkg-deb', ['--field', deb]);
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(control).toContain(`Package: pulsewire\nVersion: ${version}\nArchitecture: `);
  expect(control).toMatch(/^Depends: .*\blibgtk-3-0\b.*\bxdg-utils$/m);
  expect(control).toMatch(/^Maintainer: The Pulsewire contributors <\S+@\S+>$/m);
});

test('the deb is installed and removed by dpkg, and leaves only what its user has', async ({ packages }) => {
  test.skip(packages.deb === undefined || !isRoot, 'there is no dpkg-deb here, or no root to install as');
  // Most of it is dpkg's, which has 230 MB to lay.
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-root-'));
  try {
    const script = join(import.meta.dirname, 'deb-life.sh');
    const life = ['--mount', 'sh', script, folder, packages.deb ?? ''];
    const { stdout } = await run('unshare', life, { timeout: 110_000, maxBuffer: 16 * 1024 * 1024 });
    const found = Object.fromEntries(
      [...stdout.matchAll(/^([\w ]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(found).toEqual({
      version,
      // Not setuid, for here a user may make namespaces: the archive's test shows it.
      'sandbox helper': '755 root',
      'desktop entry': '',
      metadata: expect.stringMatching(/^✔ Validation was successful/) as unknown,
      handler: '1',
      manual: '/usr/share/man/man1/pulsewire.1',
      'after removal': '',
      'after purge': '',
      'kept tokens': '1',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
