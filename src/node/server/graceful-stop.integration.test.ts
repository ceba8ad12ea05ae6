import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createFakeCpu } from '../../core/testing/fake-collector.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { unknownCore } from '../../shared/series/raw/cpu.ts';
import { RawPeer } from './testing/raw-peer.ts';
import { SocketClient } from './testing/socket-client.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const closeGraceMs = 1_500;
const bye = { type: 'bye', code: 'shutdown', reason: 'Maintenance.' };

async function watch(server: TestServer, port = server.port): Promise<SocketClient> {
  const client = new SocketClient(port, {
    headers: { authorization: `Bearer ${await server.token()}`, host: `127.0.0.1:${server.port}` },
  });
  await client.opened;
  client.hello();
  client.subscribe(250);
  await client.next('snapshot');
  return client;
}

it('tells every client bye, waits for the polite, ends the others after the grace, and frees the port at once', async () => {
  await using server = await startTestServer({ closeGraceMs });
  const polite = await watch(server);
  const deaf = await watch(server);
  (deaf.socket as unknown as { _socket: { pause(): void } })._socket.pause();
  // Reads all, and never answers the close.
  const stubborn = await RawPeer.live(server.port, await server.token());
  const stranger = new SocketClient(server.port);
  await stranger.opened;
  const { monitor } = server.host;
  expect(monitor.sessionCount).toBe(4);

  const startMs = systemClock.monotonic();
  const closing = server.host.close('Maintenance.');
  const next = createServer().listen(server.port, '127.0.0.1');
  await once(next, 'listening');
  expect(systemClock.monotonic() - startMs).toBeLessThan(200);
  next.close();

  expect((await Promise.all([polite.closed, stranger.closed])).map(({ code }) => code)).toEqual([1001, 1001]);
  expect(systemClock.monotonic() - startMs).toBeLessThan(closeGraceMs / 2);
  expect([polite.heard.at(-1), stranger.heard.at(-1)]).toEqual([bye, bye]);

  await closing;
  const tookMs = systemClock.monotonic() - startMs;
  expect(tookMs).toBeGreaterThan(closeGraceMs - 100);
  expect(tookMs).toBeLessThan(closeGraceMs + 1_000);
  expect(await stubborn.message('bye')).toEqual(bye);
  const closed = monitor.closedSessions();
  expect(closed.map(({ reason }) => reason)).toEqual(Array(4).fill('shutdown: Maintenance.'));
  for (const { ledger, tasksLeft } of closed) {
    expect([ledger, tasksLeft]).toEqual([{ timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 }, 0]);
  }
  expect(monitor.tasks.live()).toEqual([]);
  expect(server.logged).toEqual([]);
  stubborn.socket.destroy();
  deaf.socket.terminate();
});

it('lets who reads slowly have what is queued for it, and the bye after it, within the grace', async () => {
  const small = createFakeCpu(systemClock);
  const big = createFakeCpu(systemClock, {
    read: (signal) => {
      const raw = small.read(signal);
      if (raw instanceof Promise) throw new Error('The fake is synchronous.');
      const cores = Array.from({ length: 2_000 }, (_, id) => ({ ...unknownCore, id, times: raw.total }));
      return { ...raw, cores };
    },
  });
  await using server = await startTestServer({ closeGraceMs }, { collectors: [big] });
  await using proxy = await TcpProxy.start({ target: { port: server.port } });
  const slow = await watch(server, proxy.port);
  proxy.set({ down: { flow: 'hold' } });
  const [session] = server.host.monitor.sessions();
  for (let turn = 0; session!.queuedBytes === 0; turn++) {
    if (turn === 500) throw new Error('Nothing was queued within 10 s.');
    await systemClock.sleep(20);
  }
  const closing = server.host.close('Maintenance.');
  await systemClock.sleep(closeGraceMs / 3);
  proxy.set({ down: { flow: 'pass' } });
  expect((await slow.closed).code).toBe(1001);
  expect(slow.heard.at(-1)).toEqual(bye);
  await closing;
});
