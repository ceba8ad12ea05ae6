import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { asUnprivilegedUser, makeUserFolder } from '../../fixtures/packaged-app.ts';
import { expect, test } from '../../fixtures/packaged-test.ts';
import { MarkedProcesses } from '../../fixtures/marked-processes.ts';
import { HostStream } from '../../models/host-stream.ts';
import { handedOver } from '../../../src/main/find-hand-over.ts';
import { createProgram } from '../../../src/headless/command-line.ts';

test('the launcher and the app know every command of the command line', async () => {
  const commands = createProgram('0').commands.map((command) => command.name());
  expect(handedOver).toEqual(expect.arrayContaining(commands));
  const launcher = await readFile('build/linux/pulsewire.sh', 'utf8');
  const known = /^ {2}(.*)\)$/m.exec(launcher)?.[1]?.split(' | ');
  expect(known).toEqual(handedOver);
});

test('a command of the package needs no display, is one process with its probe, and ends as a plain program does', async ({
  programFolder,
}) => {
  const home = await makeUserFolder();
  const launcher = join(programFolder, 'bin', 'pulsewire');
  const marked = new MarkedProcesses();
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, ...marked.environment };
  const command = (...args: string[]): [string, string[]] => {
    const [file = '', ...rest] = asUnprivilegedUser([launcher, ...args]);
    return [file, rest];
  };
  try {
    const dataDir = ['--data-dir', join(home, 'data')];
    const made = await promisify(execFile)(
      ...command('token', 'create', '--name', 'test', '--scope', 'view', ...dataDir),
      { env },
    );
    expect(made.stdout).toMatch(/^[\w-]{43}\n$/);

    const host = spawn(...command('serve', '--port', '0', '--json', ...dataDir), {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Chromium writes its own name over the environment: what it starts is found by its session.
    if (host.pid !== undefined) marked.follow(host.pid);
    const exited = once(host, 'exit');
    const [listening] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    const { port } = JSON.parse(listening) as { port: number };
    // Space on file systems is read by the probe process.
    const stream = await HostStream.open(port, made.stdout.trim(), ['cpu', 'filesystem']);
    await expect.poll(() => stream.samples.at(-1)?.sections.filesystem?.status).toBe('ok');
    const running = (): string[] =>
      marked
        .list()
        .map(({ command: line }) => /probe-process\.js$|\bserve\b|--type=\w+/.exec(line)?.[0] ?? line);
    await expect.poll(() => running().sort()).toEqual(['probe-process.js', 'serve']);
    host.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await marked.expectGone(5000);
    expect(stream.messages.at(-1)).toMatchObject({ type: 'bye', code: 'shutdown' });

    const refused = promisify(execFile)(...command('token', 'nonsense'), { env });
    await expect(refused).rejects.toMatchObject({ code: 2, stdout: '' });
  } finally {
    marked.kill();
    await rm(home, { recursive: true, force: true });
  }
});
