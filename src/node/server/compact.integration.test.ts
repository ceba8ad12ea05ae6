import { WebSocket } from 'ws';
import { describe, expect, it } from 'vitest';
import { createFakeCpu } from '../../core/testing/fake-collector.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import type { SampleMessage, SnapshotMessage } from '../../shared/protocol/index.ts';
import { unknownCore } from '../../shared/series/raw/cpu.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const json = 'pulsewire.v1.json';
const compact = 'pulsewire.v1.bin';

async function openClient(server: TestServer, ...protocols: string[]): Promise<SocketClient> {
  const headers = { authorization: `Bearer ${await server.token()}` };
  const client = new SocketClient(server.port, { headers, protocols });
  await client.opened;
  client.hello();
  return client;
}

function samplesOf(client: SocketClient): (SampleMessage | SnapshotMessage)[] {
  return client.heard.filter((message) => message.type === 'sample' || message.type === 'snapshot');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await systemClock.sleep(20);
}

describe('the compact encoding on a socket', () => {
  it('brings twenty samples as JSON brings them, in a fraction of the bytes', async () => {
    await using server = await startTestServer();
    const clients = [await openClient(server, json), await openClient(server, compact)] as const;
    for (const client of clients) client.subscribe(250);
    await until(() => clients.every((client) => samplesOf(client).length > 20));
    const [told, brought] = clients.map(samplesOf) as [SampleMessage[], SampleMessage[]];
    const common = brought.filter(
      ({ seq, type }) => type === 'sample' && told.some((one) => one.seq === seq),
    );
    expect(common.length).toBeGreaterThanOrEqual(19);
    for (const message of common) expect(message).toEqual(told.find(({ seq }) => seq === message.seq));
    const seqs = brought.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(clients[1].sampleBytes).toBeLessThan(clients[0].sampleBytes / 5);
    for (const client of clients) client.socket.terminate();
  });

  it('says a gap to one that did not read, makes up for it with a snapshot, and goes on as in JSON', async () => {
    // As big as a frame gets: thousands of cores, so that the system's own buffers are soon full.
    const small = createFakeCpu(systemClock);
    const big = createFakeCpu(systemClock, {
      read: async (signal) => {
        const raw = await small.read(signal);
        const noise = (id: number): number => Math.floor(raw.total.user * 100_000 * (1 + (id % 97)));
        const times = (id: number): typeof raw.total => {
          const values = Object.keys(raw.total).map((key, at) => [key, noise(id + at)]);
          return Object.fromEntries(values) as typeof raw.total;
        };
        return {
          ...raw,
          cores: Array.from({ length: 4_000 }, (_, id) => ({ ...unknownCore, id, times: times(id) })),
        };
      },
    });
    await using server = await startTestServer({ queueCloseAfterMs: 60_000 }, { collectors: [big] });
    const fine = await openClient(server, json);
    const paused = await openClient(server, compact);
    for (const client of [fine, paused]) client.subscribe(250);
    await paused.next('snapshot');
    const { _socket: stream } = paused.socket as unknown as { _socket: { pause(): void; resume(): void } };
    stream.pause();
    const isBehind = (): boolean => server.host.monitor.sessions().some(({ dropped }) => dropped > 2);
    await until(isBehind);
    stream.resume();
    const gap = await paused.next('gap');
    const resumedAt = paused.heard.indexOf(gap);
    const findAfter = () => paused.heard.slice(resumedAt + 1).filter((message) => 'sections' in message);
    /** Pairs of what the two were told under one number. On a busy machine the other misses some too. */
    const findSame = () => {
      const told = new Map(samplesOf(fine).map((message) => [message.seq, message]));
      const common = findAfter().filter(({ type, seq }) => type === 'sample' && told.has(seq));
      return common.map((message) => [message, told.get(message.seq)]);
    };
    await until(() => findSame().length > 2);
    const [first] = findAfter();
    expect(first?.type).toBe('snapshot');
    expect(gap).toMatchObject({ reason: 'slowConsumer' });
    expect(gap.toSeq).toBeLessThan(first!.seq);
    for (const [message, told] of findSame()) expect(message).toEqual(told);
    for (const client of [fine, paused]) client.socket.terminate();
  });

  it.each([
    ['compact, where only that is offered', [compact], compact],
    ['compact, where it is named first', [compact, json], compact],
    ['JSON, where that is named first', [json, compact], json],
    ['JSON, where compact is of a version that is not known', ['pulsewire.v2.bin', json], json],
  ])('is chosen by subprotocol: %s', async (_what, offered, chosen) => {
    await using server = await startTestServer();
    const client = await openClient(server, ...offered);
    expect(client.socket.protocol).toBe(chosen);
    await client.next('welcome');
    client.socket.terminate();
  });

  it.each([
    ['bytes that are no message', compact, Uint8Array.from([0xc1])],
    ['a list that announces more than there is', compact, Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff])],
    ['text', compact, '{"type":"ping","t":1}'],
    ['a message of the other encoding', json, Uint8Array.from([0x82, 0xa4, 0x74, 0x79, 0x70, 0x65, 0xa4])],
  ])('ends with 1007 at %s', async (_what, protocol, frame) => {
    await using server = await startTestServer();
    const client = await openClient(server, protocol);
    await client.next('welcome');
    client.socket.send(frame);
    expect(await client.next('bye')).toMatchObject({ code: 'invalidMessage' });
    expect((await client.closed).code).toBe(1007);
    expect(client.socket.readyState).toBe(WebSocket.CLOSED);
  });
});
