import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { describe, expect, it } from 'vitest';
import { drawQr } from './pair-command.ts';
import type { HeadlessProcess } from './testing/built-headless.ts';
import { prepareHeadless } from './testing/headless-fixture.ts';

interface Listening {
  readonly event: string;
  readonly port: number;
  readonly url: string;
  readonly pairingCode: string;
}

describe('the headless program', () => {
  const headless = prepareHeadless('pulsewire-serving-');
  const start = headless.start;
  const serve = async (...args: string[]): Promise<[HeadlessProcess, Listening]> => {
    const started = start('--port', '0', '--json', '--data-dir', headless.dataDir, ...args);
    return [started, JSON.parse(await started.firstLine()) as Listening];
  };
  const run = async (...args: string[]): Promise<[number | null, string, string]> => {
    const started = start(...args);
    const { status } = await started.exited;
    return [status, started.stdout, started.stderr];
  };

  it('prints one JSON line, serves a token made by the command line, says bye at SIGTERM and exits with 0', async () => {
    const [host, listening] = await serve('--bind', '127.0.0.1');
    expect(listening).toMatchObject({ event: 'listening', url: `http://127.0.0.1:${listening.port}` });
    expect(listening.pairingCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    const [status, printed, said] = await run(
      'token',
      'create',
      '--name',
      'ci',
      '--scope',
      'view',
      '--data-dir',
      headless.dataDir,
    );
    expect([status, said]).toEqual([0, '']);
    expect(printed).toMatch(/^[\w-]{43}\n$/);

    const socket = new WebSocket(`${listening.url.replace('http', 'ws')}/v1/stream`, 'pulsewire.v1.json');
    const heard: { type: string; seq: number }[] = [];
    socket.on('message', (data: Buffer) =>
      heard.push(JSON.parse(data.toString()) as { type: string; seq: number }),
    );
    await once(socket, 'open');
    const hello = {
      type: 'hello',
      protocol: 1,
      token: printed.trim(),
      client: { name: 'test', version: '1' },
    };
    socket.send(JSON.stringify(hello));
    socket.send(JSON.stringify({ type: 'subscribe', id: 'a', topics: ['cpu', 'memory'], intervalMs: 250 }));
    while (heard.filter(({ type }) => type === 'sample').length < 3) await once(socket, 'message');
    expect(heard.slice(0, 2).map(({ type }) => type)).toEqual(['welcome', 'snapshot']);
    const seqs = heard.slice(1).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));

    const closed = once(socket, 'close');
    host.child.kill('SIGTERM');
    expect((await closed)[0]).toBe(1001);
    expect(heard.at(-1)).toMatchObject({ type: 'bye', code: 'shutdown' });
    expect(await host.exited).toEqual({ status: 0, signal: null });
    expect(host.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says for people that it serves headless, where, and the code with its end', async () => {
    const host = start('--port', '0', '--data-dir', headless.dataDir);
    await host.firstLine();
    expect(host.stdout).toMatch(/serves headless/);
    expect(host.stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\n/);
    expect(host.stdout).toMatch(/[B-Z]{4}-[B-Z]{4} .*until \d\d:\d\d/);
    host.child.kill('SIGINT');
    expect((await host.exited).status).toBe(0);
  });

  it('ends with 0 whenever a signal comes while it starts', async () => {
    for (const delayMs of [0, 5, 20, 80]) {
      // Once its data folder is there, its first lines have run; before that, a signal is Node's to answer.
      const folder = join(headless.dataDir, `early-${delayMs}`);
      const host = start('--port', '0', '--json', '--data-dir', folder);
      while (!existsSync(folder)) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      host.child.kill('SIGTERM');
      const { status, signal } = await host.exited;
      expect([delayMs, status, signal]).toEqual([delayMs, 0, null]);
    }
  });

  it('ends at once at a second signal although a client holds the first up', async () => {
    const [host, { url }] = await serve();
    const [, token] = await run('token', 'create', '--name', 'x', '--data-dir', headless.dataDir);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, {
      headers: { authorization: `Bearer ${token.trim()}` },
    });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    (socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const startedMs = performance.now();
    host.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    host.child.kill('SIGTERM');
    expect((await host.exited).status).toBe(143);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    socket.terminate();
  });

  it('lists and revokes tokens, closes the revoked client, and knows it after a restart', async () => {
    const create = ['token', 'create', '--name', 'tv \u001b[31m', '--data-dir', headless.dataDir];
    const token = (await run(...create))[1].trim();
    const list = (await run('token', 'list', '--data-dir', headless.dataDir))[1];
    expect(list).toContain('\tview\t');
    expect(list).not.toContain('\u001b');
    const id = /^[0-9a-f]{12}/m.exec(list)![0];
    const [host, { url }] = await serve();
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/v1/info`, { headers })).status).toBe(200);
    expect((await run('token', 'revoke', id, '--data-dir', headless.dataDir)).slice(0, 2)).toEqual([0, '']);
    expect((await fetch(`${url}/v1/info`, { headers })).status).toBe(401);
    host.child.kill('SIGTERM');
    await host.exited;
    const [, again] = await serve();
    expect((await fetch(`${again.url}/v1/info`, { headers })).status).toBe(401);
    expect((await run('token', 'revoke', id, '--data-dir', headless.dataDir))[0]).toBe(2);
  });

  it('takes the next free port where the default is taken, and says so where the one asked for is', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const [status, stdout, stderr] = await run(
      '--port',
      String(port),
      '--json',
      '--data-dir',
      headless.dataDir,
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
    taken.close();
    const [first, second] = [
      start('--json', '--data-dir', headless.dataDir),
      start('--json', '--data-dir', headless.dataDir),
    ];
    const ports = [await first.firstLine(), await second.firstLine()].map(
      (line) => (JSON.parse(line) as Listening).port,
    );
    expect(new Set(ports).size).toBe(2);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(9740);
  });

  it('opens a new code at the host that runs, for the owner of its data folder alone', async () => {
    const [host, listening] = await serve();
    expect((await stat(join(headless.dataDir, 'host.json'))).mode & 0o777).toBe(0o600);
    const [status, printed, said] = await run('pair', '--data-dir', headless.dataDir);
    expect([status, said]).toEqual([0, '']);
    const code = /Code {3}([B-Z]{4}-[B-Z]{4}) /.exec(printed)![1]!;
    expect(code).not.toBe(listening.pairingCode);
    expect(printed).toContain(`Open   ${listening.url}\n`);
    expect(printed).toContain(drawQr(`${listening.url}/#pair=${code}`));
    const pair = (tried: string): Promise<Response> =>
      fetch(`${listening.url}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: tried, name: 'phone' }),
      });
    expect((await pair(listening.pairingCode)).status).toBe(401);
    expect((await pair(code)).status).toBe(200);
    const list = (await run('token', 'list', '--data-dir', headless.dataDir))[1];
    expect(list.match(/\tadmin\t/g)).toBeNull();
    host.child.kill('SIGTERM');
    await host.exited;
    await expect(stat(join(headless.dataDir, 'host.json'))).rejects.toThrow('ENOENT');
  });

  it('says so where no host runs, or one was killed, and leaves no token behind', async () => {
    const expected = [1, '', `pulsewire: No host runs on the data folder ${headless.dataDir}.`];
    const short = ([status, out, said]: [number | null, string, string]): unknown[] => [
      status,
      out,
      said.slice(0, said.indexOf('.', said.indexOf(headless.dataDir) + headless.dataDir.length) + 1),
    ];
    expect(short(await run('pair', '--data-dir', headless.dataDir))).toEqual(expected);
    const [host] = await serve();
    host.child.kill('SIGKILL');
    await host.exited;
    expect(short(await run('pair', '--data-dir', headless.dataDir))).toEqual(expected);
    expect(await readdir(join(headless.dataDir, 'tokens'))).toEqual([]);
  });

  it('keeps state in folders and files for its owner alone', async () => {
    await run('token', 'create', '--name', 'x', '--data-dir', join(headless.dataDir, 'new'));
    expect((await stat(join(headless.dataDir, 'new'))).mode & 0o777).toBe(0o700);
    const tokens = join(headless.dataDir, 'new', 'tokens');
    expect((await stat(tokens)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(tokens))
      expect((await stat(join(tokens, name))).mode & 0o777).toBe(0o600);
  });

  it('refuses what it cannot use in one line on standard error, with status 2, and overwrites nothing', async () => {
    const broken = join(headless.dataDir, 'config.json');
    const file = join(headless.dataDir, 'file');
    await writeFile(broken, '{\n  "port": 1,\n}\n');
    await writeFile(file, 'mine');
    const here = ['--data-dir', join(headless.dataDir, 'state')];
    const cases: [string[], RegExp][] = [
      [['--prot', '1'], /Unknown option '--prot'.*--port/],
      [['extra'], /extra|arguments/],
      [['--port', '70000'], /0 to 65535/],
      [['--port', '-1'], /0 to 65535|argument missing/],
      [['--port', 'abc'], /must be a number/],
      [['--port', ''], /must be a number/],
      [['--port'], /argument missing/],
      [['--bind', 'desk.local'], /must be an address of this machine/],
      [['--bind', '1.2.3'], /must be an address of this machine/],
      [['--max-clients', '0'], /must be at least 1/],
      [['--data-dir', file], /data folder .*file cannot be used/],
      [['--data-dir', '/proc/nowhere'], /data folder .*cannot be used/],
      [['--data-dir', headless.dataDir], /config\.json is broken, line 3, column 1: this is not JSON/],
      [['--config', join(headless.dataDir, 'none.json'), ...here], /there is no such file/],
      [['--config', broken, ...here], /line 3, column 1/],
      [['token'], /token create/],
      [['token', 'make'], /token create/],
      [['token', 'create', ...here], /--name/],
      [
        ['token', 'create', '--name', 'x', '--scope', 'all', ...here],
        /vitals, view, arguments, control, admin/,
      ],
      [['token', 'create', '--name', '', ...here], /1 to 64/],
      [['token', 'revoke', ...here], /id/],
      [['token', 'revoke', '../x', ...here], /no token/],
    ];
    const outcomes = await Promise.all(cases.map(async ([args]) => run(...args)));
    for (const [index, [status, stdout, stderr]] of outcomes.entries()) {
      const [args, expected] = cases[index]!;
      expect([args, status, stdout, stderr.trimEnd().split('\n').length]).toEqual([args, 2, '', 1]);
      expect(stderr).toMatch(expected);
    }
    expect(await readFile(broken, 'utf8')).toBe('{\n  "port": 1,\n}\n');
    expect(await readFile(file, 'utf8')).toBe('mine');
  }, 120_000);

  it('prints help and its version', async () => {
    const [status, help] = await run('--help');
    expect(status).toBe(0);
    for (const flag of [
      '--port',
      '--bind',
      '--json',
      '--data-dir',
      '--config',
      '--max-clients',
      '--version',
      'token',
    ]) {
      expect(help).toContain(flag);
    }
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await run('--version')).toEqual([0, `${version}\n`, '']);
  });
});
