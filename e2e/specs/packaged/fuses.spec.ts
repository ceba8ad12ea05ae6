import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { asUnprivilegedUser, makeUserFolder } from '../../fixtures/packaged-app.ts';
import { expect, test } from '../../fixtures/packaged-test.ts';
import { FiguresPage } from '../../models/dashboard-window.ts';

const run = promisify(execFile);
const [off, on] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];

/** What a program writes, both streams, however it ends: started by a user without rights, without a display. */
async function outputOf(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const [file = '', ...rest] = asUnprivilegedUser([program, ...args]);
  const options = { env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env }, timeout: 20_000 };
  const ended = await run(file, rest, options).catch(
    (thrown: unknown) => thrown as { stdout: string; stderr: string },
  );
  return `${ended.stdout}${ended.stderr}`;
}

/** A copy whose files are those of the original until they are replaced: most of 230 MB stays where it is. */
async function copyByLinks(from: string, to: string): Promise<void> {
  await run('cp', ['-al', from, to]);
}

/** An app that is none of ours, and leaves a mark where it was run. Also fit to be required. */
async function writeStranger(folder: string, mark: string): Promise<void> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    '{"name": "stranger", "version": "6.6.6", "main": "main.cjs"}',
  );
  const script = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'ran'); process.exit(0);`;
  await writeFile(join(folder, 'main.cjs'), script);
}

test('the packaged binary has every fuse where it is to be', async ({ programFolder }) => {
  const { version, ...wire } = await getCurrentFuseWire(join(programFolder, 'pulsewire'));
  expect(version).toBe(FuseVersion.V1);
  expect(wire).toEqual({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: off,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});

test('no variable, switch or file beside it has the package run other code; without its fuses each of them does', async ({
  programFolder,
}) => {
  const folder = await makeUserFolder();
  try {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const mark = join(folder, 'mark');
    const [fused, unfused] = [join(folder, 'fused'), join(folder, 'unfused')];
    for (const copy of [fused, unfused]) {
      await copyByLinks(programFolder, copy);
      // What the archive is not there to win over.
      await writeStranger(join(copy, 'resources', 'app'), mark);
    }
    await rm(join(unfused, 'pulsewire'));
    await run('cp', ['-a', join(programFolder, 'pulsewire'), join(unfused, 'pulsewire')]);
    await flipFuses(join(unfused, 'pulsewire'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: false,
    });
    const ask = async (args: string[], env?: Record<string, string>): Promise<[string, string]> => [
      await outputOf(join(fused, 'pulsewire'), args, env),
      await outputOf(join(unfused, 'pulsewire'), args, env),
    ];

    const [app, node] = await ask(['--version'], { ELECTRON_RUN_AS_NODE: '1' });
    expect(app).toContain(`${version}\n`);
    expect(node).toMatch(/^v\d+\.\d+\.\d+\n$/);

    const [deaf, hearing] = await ask(['--version'], { NODE_OPTIONS: `--require=${mark}.cjs` });
    expect(deaf).toContain(`${version}\n`);
    expect(deaf).not.toContain('NODE_OPTION');
    expect(hearing).toContain('NODE_OPTION');

    const [closed, open] = await ask(['--version', '--inspect=127.0.0.1:0']);
    expect(closed).toContain(`${version}\n`);
    expect(closed).not.toContain('Debugger listening');
    expect(open).toContain('Debugger listening');

    // With the archive gone Electron would look for a folder in its place.
    for (const copy of [fused, unfused]) {
      const resources = join(copy, 'resources');
      await rename(join(resources, 'app.asar'), join(resources, 'gone.asar'));
    }
    await outputOf(join(fused, 'pulsewire'), ['--version']);
    expect(existsSync(mark)).toBe(false);
    await outputOf(join(unfused, 'pulsewire'), ['--version']);
    expect(existsSync(mark)).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('started with all of that at once, the app runs itself', async ({ programFolder, startPackaged }) => {
  const folder = await makeUserFolder();
  try {
    const mark = join(folder, 'mark');
    const copy = join(folder, 'program');
    await copyByLinks(programFolder, copy);
    const stranger = join(copy, 'resources', 'app');
    await writeStranger(stranger, mark);
    await chmod(folder, 0o777);
    const app = await startPackaged({
      programFolder: copy,
      args: ['--inspect=127.0.0.1:0', '--app-path', stranger, `--app=${stranger}`, stranger],
      env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${join(stranger, 'main.cjs')}` },
    });
    await new FiguresPage(await app.page()).expectLive();
    expect(app.log).not.toContain('Debugger listening');
    expect(existsSync(mark)).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
