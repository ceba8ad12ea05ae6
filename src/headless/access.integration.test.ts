import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SocketClient } from '../node/server/testing/socket-client.ts';
import type { HeadlessProcess } from './testing/built-headless.ts';
import { prepareHeadless } from './testing/headless-fixture.ts';

describe('the command line beside a headless host', () => {
  const headless = prepareHeadless('pulsewire-access-');
  const run = async (...args: string[]): Promise<string> => {
    const started = headless.start(...args, '--data-dir', headless.dataDir);
    const { status } = await started.exited;
    if (status !== 0) throw new Error(started.stderr);
    return started.stdout;
  };
  const serve = async (): Promise<{ host: HeadlessProcess; port: number }> => {
    const host = headless.start('--port', '0', '--json', '--data-dir', headless.dataDir);
    return { host, port: (JSON.parse(await host.firstLine()) as { port: number }).port };
  };
  const create = async (...args: string[]): Promise<{ token: string; id: string }> => {
    const token = (await run('token', 'create', '--name', 'tv', ...args)).trim();
    const rows = (await run('token', 'list')).trimEnd().split('\n');
    return { token, id: rows.at(-1)!.split('\t')[0]! };
  };
  const enter = async (port: number, token: string): Promise<SocketClient> => {
    const client = new SocketClient(port);
    await client.opened;
    client.hello(token);
    await client.next('welcome');
    return client;
  };
  /** For how long a client was still there after a command had ended. */
  const outlived = async (client: SocketClient, command: Promise<string>): Promise<number> => {
    const closed = client.closed.then(() => performance.now());
    await command;
    const doneMs = performance.now();
    return (await closed) - doneMs;
  };

  it('closes a device’s sockets within a second when it changes its scope or revokes it, for good', async () => {
    const { token, id } = await create('--scope', 'control');
    const { host, port } = await serve();
    const first = await enter(port, token);
    expect(
      await outlived(first, run('token', 'change', id, '--scope', 'vitals', '--name', 'hall')),
    ).toBeLessThan(1_000);
    expect(first.heard.at(-1)).toMatchObject({ type: 'bye', code: 'invalidState' });
    const second = await enter(port, token);
    const { capabilities } = await second.next('welcome');
    expect(capabilities.methods).toEqual(['history.read']);
    expect(capabilities.topics).not.toContain('process');
    expect(await run('token', 'list')).toMatch(new RegExp(`^${id}\tvitals\t.*\thall$`, 'm'));

    expect(await outlived(second, run('token', 'revoke', id))).toBeLessThan(1_000);
    expect(second.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
    host.child.kill('SIGKILL');
    await host.exited;
    const again = await serve();
    const refused = new SocketClient(again.port, { headers: { authorization: `Bearer ${token}` } });
    await refused.closed;
    expect(refused.refusedWith).toBe(401);
  });

  it('makes guests, marks them in the list, and lets them stay', async () => {
    const { id } = await create('--guest', '30m');
    const row = async (): Promise<string> => (await run('token', 'list')).split('\n')[1]!;
    const end = /\t(\S+Z) \(guest\)\ttv$/.exec(await row())?.[1];
    expect(Math.abs(Date.parse(end!) - Date.now() - 1_800_000)).toBeLessThan(120_000);
    await run('token', 'change', id, '--guest', 'off');
    expect(await row()).not.toContain('guest');
    await run('token', 'change', id, '--guest', '1d');
    expect(await row()).toContain('(guest)');
  });

  it('prints who was let in and what was done, and neither the file nor the print holds a token', async () => {
    const { token, id } = await create('--scope', 'view');
    const { port } = await serve();
    await fetch(`http://127.0.0.1:${port}/v1/info`, { headers: { authorization: 'Bearer wrong' } });
    await run('token', 'change', id, '--name', 'a\u001b[31m\u202eb');
    await run('token', 'revoke', id);
    const printed = await run('audit');
    const events = printed.trimEnd().split('\n').map((line) => line.split('\t').slice(1, 3)); // prettier-ignore
    expect(events).toEqual([
      ['token.created', 'done'],
      ['pairing.opened', 'done'],
      ['token.wrong', 'refused'],
      ['device.changed', 'done'],
      ['device.revoked', 'done'],
    ]);
    expect(printed).toContain(`device="${id}"`);
    for (const control of ['\u001b', '\u202e']) expect(printed).not.toContain(control);
    expect((await run('audit', '--lines', '1')).split('\t')[1]).toBe('device.revoked');
    const [line] = (await run('audit', '--lines', '1', '--json')).split('\n');
    expect(JSON.parse(line!)).toMatchObject({ event: 'device.revoked', who: { kind: 'commandLine' } });
    for (const text of [printed, await readFile(join(headless.dataDir, 'audit.log'), 'utf8')]) {
      expect(text).not.toContain(token);
    }
  });

  it.each([
    [['token', 'create', '--name', 'x', '--guest', '2d'], /1m to 1d/],
    [['token', 'create', '--name', 'x', '--guest', '30'], /1m to 1d/],
    [['token', 'change', 'ffffffffffff', '--name', 'x'], /no token "ffffffffffff"/],
    [['token', 'change', 'ffffffffffff'], /what to change/],
    [['token', 'change', '../x', '--name', 'x'], /no token/],
    [['audit', '--lines', '0'], /from 1 to/],
  ])('refuses %j in one line', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
