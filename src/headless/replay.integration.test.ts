import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SocketClient } from '../node/server/testing/socket-client.ts';
import { prepareHeadless } from './testing/headless-fixture.ts';

const workbench = join(import.meta.dirname, '../../e2e/recordings/workbench.recording');

describe('a recording', () => {
  const headless = prepareHeadless('pulsewire-replay-');
  const run = async (...args: string[]): Promise<string> => {
    const started = headless.start(...args);
    const { status } = await started.exited;
    if (status !== 0) throw new Error(started.stderr);
    return started.stdout;
  };
  /** What a viewer of a replay is told at first, and of the first `count` readings. */
  const watch = async (path: string, count: number) => {
    const folder = ['--data-dir', headless.dataDir];
    const host = headless.start('--port', '0', '--json', ...folder, '--replay', path, '--speed', '100');
    const { port } = JSON.parse(await host.firstLine()) as { port: number };
    const token = (await run('token', 'create', '--name', 'test', '--scope', 'control', ...folder)).trim();
    const client = new SocketClient(port);
    await client.opened;
    client.hello(token);
    const welcome = await client.next('welcome');
    client.send({ type: 'subscribe', id: 'main', topics: ['cpu', 'host', 'process'], intervalMs: 1_000 });
    const samples = () => client.heard.filter(({ type }) => type === 'snapshot' || type === 'sample');
    await expect.poll(() => samples().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
    client.socket.close();
    host.child.kill('SIGTERM');
    expect((await host.exited).status).toBe(0);
    return { welcome, samples: samples().slice(0, count) };
  };

  it('is served as a host: the same each time, and nothing can be done to its processes', async () => {
    const first = await watch(workbench, 100);
    expect(first.welcome.host).toMatchObject({ name: 'workbench', platform: 'linux' });
    expect(first.welcome.capabilities.topics).toContain('process');
    expect(first.welcome.capabilities.methods.filter((name) => name.startsWith('process.'))).toEqual([]);
    const second = await watch(workbench, 100);
    expect(second.samples).toEqual(first.samples);
  });

  it('of this machine is made by the command line, and served', async () => {
    const path = join(headless.dataDir, 'here.recording');
    const printed = await run('record', '--minutes', '0.05', '--out', path);
    expect(printed).toMatch(/: \d+ readings of [23] s\. It holds names/);
    const { samples } = await watch(path, 3);
    expect(samples[0]).toMatchObject({ sections: { cpu: { status: 'ok' }, process: { status: 'ok' } } });
  });

  it.each([
    ['is not there', ['--replay', '/none'], /cannot be read/],
    ['stands still', ['--replay', workbench, '--speed', '0'], /speed is over 0/],
  ])('that %s is refused in one line', async (_, args, message) => {
    const started = headless.start('--port', '0', '--data-dir', headless.dataDir, ...args);
    expect((await started.exited).status).toBe(2);
    expect(started.stderr).toMatch(message);
    expect(started.stderr.trim().split('\n')).toHaveLength(1);
  });
});
