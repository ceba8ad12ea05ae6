import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MemoryClient } from '../../core/testing/memory-client.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { createHost } from './create-host.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer } from './testing/test-server.ts';

it('opens a code for its own window, with the address to enter it at, and closes it again', async () => {
  await using server = await startTestServer();
  const window = new MemoryClient(server.host.monitor);
  window.hello();
  window.send({ type: 'request', id: 'open', method: 'pairing.open' });
  await systemClock.sleep(20);
  const [result] = window.of('result');
  const { code, expiresAt, url } = result!.value as Record<string, string>;
  expect(url).toBe(server.url);
  expect(Date.parse(expiresAt!) - Date.now()).toBeGreaterThan(290_000);
  expect(server.host.pairing.current()?.code).toBe(code);
  window.send({ type: 'request', id: 'close', method: 'pairing.close' });
  await systemClock.sleep(20);
  expect(server.host.pairing.current()).toBeNull();
});

it('serves on IPv6 loopback', async () => {
  await using server = await startTestServer({}, { bind: '::1' });
  expect(server.url).toBe(`http://[::1]:${server.port}`);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

it('ends a peer that does not answer pings, and keeps one that does', async () => {
  await using server = await startTestServer({ pingIntervalMs: 300 });
  const headers = { authorization: `Bearer ${await server.token()}` };
  const silent = new SocketClient(server.port, { headers, autoPong: false });
  const answering = new SocketClient(server.port, { headers });
  for (const client of [silent, answering]) {
    await client.opened;
    client.hello();
    await client.next('welcome');
  }
  expect((await silent.closed).code).toBe(1006);
  await systemClock.sleep(1_000);
  expect(answering.socket.readyState).toBe(answering.socket.OPEN);
  expect(server.host.monitor.closedSessions()[0]?.reason).toContain('pingTimeout');
  answering.socket.terminate();
});

it('closes who shows too many wrong tokens in hellos with how long to wait', async () => {
  await using server = await startTestServer();
  let last: SocketClient | null = null;
  for (let index = 0; index < 6; index++) {
    last = new SocketClient(server.port);
    await last.opened;
    last.hello('wrong');
    await last.closed;
  }
  expect(await last!.next('bye')).toMatchObject({
    code: 'rateLimited',
    reason: expect.stringMatching(/again in 1 s/),
  });
});

it('reads the config of its data folder, and leaves nothing running where it is broken', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-host-'));
  const start = () =>
    createHost({
      dataDir,
      port: 0,
      staticDir: dataDir,
      version: '1',
      spawnProbe: () => {
        throw new Error('No probes here.');
      },
      log: () => undefined,
      collectors: [],
    });
  await writeFile(join(dataDir, 'config.json'), '{"limits": {"maxClients": 5}}');
  const host = await start();
  expect(host.monitor.limits).toMatchObject({ maxClients: 5, maxClientsPerAddress: 8 });
  await host.close('over');
  await host.close('twice');
  await writeFile(join(dataDir, 'config.json'), '{');
  await expect(start()).rejects.toThrow('line 1, column 2');
  await rm(dataDir, { recursive: true });
});
