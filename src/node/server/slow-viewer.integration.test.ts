import { expect, it } from 'vitest';
import { createFakeCpu } from '../../core/testing/fake-collector.ts';
import { unknownCore } from '../../shared/series/raw/cpu.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer } from './testing/test-server.ts';

/** As big as a frame gets: thousands of cores, so that the system's own buffers are soon full. */
function createBigFrames(): ReturnType<typeof createFakeCpu> {
  const small = createFakeCpu(systemClock);
  return createFakeCpu(systemClock, {
    read: (signal) => {
      const raw = small.read(signal);
      if (raw instanceof Promise) throw new Error('The fake is synchronous.');
      return {
        ...raw,
        cores: Array.from({ length: 2_000 }, (_, id) => ({ ...unknownCore, id, times: raw.total })),
      };
    },
  });
}

function streamOf(client: SocketClient): { pause(): void; resume(): void } {
  return (client.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket;
}

it('promise: a viewer that stops reading: holds at most 1 MiB for a viewer that stops reading, closes it in time, and the others notice nothing', async () => {
  const big = createBigFrames();
  const limits = { queueCloseAfterMs: 2_000, closeGraceMs: 500, pingIntervalMs: 60_000 };
  await using server = await startTestServer(limits, { collectors: [big] });
  const headers = { authorization: `Bearer ${await server.token()}` };
  const [stuck, fine] = [
    new SocketClient(server.port, { headers }),
    new SocketClient(server.port, { headers }),
  ];
  for (const client of [stuck, fine]) {
    await client.opened;
    client.hello();
    client.subscribe(250);
    await client.next('snapshot');
  }
  const stuckId = (await stuck.next('welcome')).sessionId;
  streamOf(stuck).pause();

  let mostQueued = 0;
  let aboveSinceMs: number | null = null;
  let closedAfterMs: number | null = null;
  for (let turn = 0; turn < 600 && closedAfterMs === null; turn++) {
    await systemClock.sleep(50);
    const session = server.host.monitor.sessions().find(({ id }) => id === stuckId);
    mostQueued = Math.max(mostQueued, session?.queuedBytes ?? 0);
    if (session && session.queuedBytes > 0) aboveSinceMs ??= performance.now();
    if (!session) closedAfterMs = performance.now() - aboveSinceMs!;
  }
  expect(mostQueued).toBeGreaterThan(0);
  expect(mostQueued).toBeLessThanOrEqual(1024 * 1024);
  expect(closedAfterMs).toBeLessThan(2_000 + 500 + 1_500);
  expect(server.host.monitor.closedSessions()[0]?.reason).toContain('slowConsumer');

  const seqs = fine.heard.filter((message) => message.type === 'sample').map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
  expect(fine.heard.some(({ type }) => type === 'gap')).toBe(false);
  stuck.socket.terminate();
  fine.socket.terminate();
});

it('tells a viewer that reads again within the grace why it was shown out, by bye and by close code', async () => {
  const limits = { queueCloseAfterMs: 1_000, closeGraceMs: 5_000, pingIntervalMs: 60_000 };
  await using server = await startTestServer(limits, { collectors: [createBigFrames()] });
  const client = new SocketClient(server.port, {
    headers: { authorization: `Bearer ${await server.token()}` },
  });
  await client.opened;
  client.hello();
  client.subscribe(250);
  await client.next('snapshot');
  const [session] = server.host.monitor.sessions();
  streamOf(client).pause();
  for (let turn = 0; turn < 600 && session!.state !== 'draining'; turn++) await systemClock.sleep(50);
  expect(session!.state).toBe('draining');
  streamOf(client).resume();
  const { code, reason } = await client.closed;
  expect([code, reason]).toEqual([1008, session!.closeReason!.message]);
  expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'slowConsumer' });
});
