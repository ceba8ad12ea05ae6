import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import type { DiagnosticsRaw } from '../shared/series/raw/diagnostics.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

let clock: FakeClock;
let monitor: Monitor;
let cpu: ReturnType<typeof createFakeCpu>;

function open(limits: Partial<Limits> = {}): void {
  clock = new FakeClock();
  cpu = createFakeCpu(clock);
  monitor = createTestMonitor(clock, [cpu, createFakeMemory()], { limits });
}

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
  expect(monitor.tasks.live()).toEqual([]);
  expect(clock.sleeping).toBe(0);
});

describe('a client session', () => {
  it('is welcomed, gets a snapshot and then samples whose seq rises by one', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    client.subscribe(['cpu', 'memory']);
    await clock.advance(3_500);
    expect(client.heard.map(({ type }) => type)).toEqual([
      'welcome',
      'snapshot',
      'sample',
      'sample',
      'sample',
    ]);
    const seqs = [...client.of('snapshot'), ...client.of('sample')].map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(client.of('welcome')[0]).toMatchObject({
      host: { name: 'test-host', instanceId: 'i1' },
      protocol: 1,
    });
  });

  it('gives a second client a snapshot at once and the same samples from then on', async () => {
    open();
    const first = new MemoryClient(monitor);
    first.hello();
    first.subscribe(['cpu']);
    await clock.advance(2_500);
    const second = new MemoryClient(monitor);
    second.hello();
    second.subscribe(['cpu']);
    await clock.advance(1);
    expect(second.of('snapshot').map(({ seq }) => seq)).toEqual([3]);
    await clock.advance(2_000);
    expect(second.of('sample').map(({ seq }) => seq)).toEqual([4, 5]);
    expect(cpu.reads).toBe(5);
  });

  it('encodes once for all subscriptions that are alike', async () => {
    open();
    const clients = Array.from({ length: 20 }, () => new MemoryClient(monitor));
    for (const client of clients) {
      client.hello();
      client.subscribe(['cpu', 'memory']);
    }
    await clock.advance(500);
    const before = monitor.hub.encodes;
    await clock.advance(5_000);
    expect(monitor.hub.encodes - before).toBe(5);
    const last = clients.map((client) => client.frames.at(-1));
    expect(new Set(last).size).toBe(1);
  });

  it('serves two intervals from one reading each tick', async () => {
    open();
    const fast = new MemoryClient(monitor);
    const slow = new MemoryClient(monitor);
    for (const client of [fast, slow]) client.hello();
    fast.subscribe(['cpu'], 1_000);
    slow.subscribe(['cpu'], 5_000);
    await clock.advance(20_100);
    expect(cpu.reads).toBe(21);
    expect(fast.of('sample')).toHaveLength(20);
    expect(slow.of('sample').map(({ monotonicMs }) => monotonicMs)).toEqual([5_000, 10_000, 15_000, 20_000]);
  });

  it('reads nothing any more once the last subscription has gone', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    client.subscribe(['cpu']);
    await clock.advance(1_500);
    client.send({ type: 'unsubscribe', id: 'main' });
    await clock.advance(1);
    const { reads } = cpu;
    await clock.advance(60_000);
    expect(cpu.reads).toBe(reads);
    expect(client.of('done')).toEqual([{ type: 'done', id: 'main' }]);
  });

  it('stops everything that served a client that has gone, and proves it in diagnostics', async () => {
    open();
    const watcher = new MemoryClient(monitor);
    watcher.hello();
    watcher.subscribe(['diagnostics']);
    const client = new MemoryClient(monitor, { kind: 'window' });
    client.hello();
    client.subscribe(['cpu']);
    await clock.advance(1_500);
    client.far.terminate();
    await clock.advance(2_000);
    const section = watcher.of('sample').at(-1)?.sections.diagnostics;
    const data = (section as { data: DiagnosticsRaw }).data;
    expect(data.clients.map(({ kind, state }) => [kind, state])).toEqual([['local', 'live']]);
    expect(data.closed).toMatchObject([{ kind: 'window', tasksLeft: 0, notStopped: [], sent: 2 }]);
    expect(monitor.sessionCount).toBe(1);
  });

  it('closes a client that does not greet in time', async () => {
    open();
    const client = new MemoryClient(monitor);
    await clock.advance(5_100);
    expect(client.of('bye')).toMatchObject([{ code: 'greetingTimeout' }]);
    expect(monitor.sessionCount).toBe(0);
  });

  it('gives nothing of the machine to a client without a grant, whatever it asks', async () => {
    open();
    const messages = [
      '{"type":"subscribe","id":"a","topics":["cpu"],"intervalMs":1000}',
      '{"type":"request","id":"a","method":"info"}',
      '{"type":"ack","seq":1}',
      '{"type":"ping","t":1}',
      '{"type":"unsubscribe","id":"a"}',
      '{"type":"hello","protocol":1,"client":{"name":"x","version":"1"}}',
      '{"type":"hello","protocol":1,"token":"wrong","client":{"name":"x","version":"1"}}',
      '{"type":"nonsense"}',
      'not json',
    ];
    for (const message of messages) {
      const client = new MemoryClient(monitor, {
        kind: 'socket',
        grant: null,
        authenticate: async () => null,
      });
      client.sendRaw(message);
      await clock.advance(10);
      expect(
        client.heard.map(({ type }) => type),
        message,
      ).toEqual(['bye']);
    }
    expect(monitor.sessionCount).toBe(0);
    expect(cpu.reads).toBe(0);
  });

  it('handles what arrives while the token is being looked up after the welcome', async () => {
    open();
    const client = new MemoryClient(monitor, {
      grant: null,
      authenticate: async (token) => {
        await clock.sleep(100);
        return token === 'good' ? { scope: 'view', tokenId: 't', name: 'phone' } : null;
      },
    });
    client.hello({ token: 'good' });
    client.subscribe(['cpu']);
    await clock.advance(200);
    expect(client.heard.map(({ type }) => type)).toEqual(['welcome', 'snapshot']);
    expect(client.session.name).toBe('phone');
  });

  it('does not give diagnostics to a viewer, nor offers them', async () => {
    open();
    const client = new MemoryClient(monitor, { grant: { scope: 'view', tokenId: 't', name: null } });
    client.hello();
    client.subscribe(['cpu', 'diagnostics']);
    await clock.advance(1_500);
    expect(client.of('welcome')[0]?.capabilities.topics).toEqual(['cpu', 'memory']);
    expect(client.of('error')).toMatchObject([{ id: 'main', code: 'forbidden' }]);
    expect(client.of('sample')).toEqual([]);
  });

  it('answers an unknown type with an error and goes on', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    client.sendRaw('{"type":"dance"}');
    client.send({ type: 'ping', t: 7 });
    await clock.advance(10);
    expect(client.of('error')).toMatchObject([{ code: 'unknownType' }]);
    expect(client.of('pong')).toEqual([{ type: 'pong', t: 7 }]);
  });

  it('closes a client that sends a malformed message, and says where it is wrong', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    client.sendRaw('{"type":"subscribe","id":"a","topics":["teapot"],"intervalMs":1000}');
    await clock.advance(10);
    expect(client.of('bye')[0]?.code).toBe('invalidMessage');
    expect(client.of('bye')[0]?.reason).toContain('topics.0');
  });

  it('closes a client that floods', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    for (let count = 0; count < 40; count++) client.send({ type: 'ping', t: count });
    await clock.advance(10);
    expect(client.of('bye')).toMatchObject([{ code: 'rateLimited' }]);
    expect(client.of('pong')).toHaveLength(29);
  });

  it('refuses subscriptions past the limit and intervals out of range, and keeps the rest', async () => {
    open({ maxSubscriptions: 2 });
    const client = new MemoryClient(monitor);
    client.hello();
    client.subscribe(['cpu'], 249, 'fast');
    for (const id of ['a', 'b', 'c']) client.subscribe(['cpu'], 1_000, id);
    client.subscribe(['cpu'], 500, 'b');
    await clock.advance(10);
    expect(client.of('error').map(({ id, code }) => [id, code])).toEqual([
      ['fast', 'limitExceeded'],
      ['c', 'limitExceeded'],
    ]);
    expect(client.session.subscriptionCount).toBe(2);
  });

  it('keeps only the newest sample while the viewer is silent, then tells the gap and gives a snapshot', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello();
    client.subscribe(['cpu']);
    await clock.advance(1_100);
    client.send({ type: 'ack', seq: 2 });
    await clock.advance(16_000);
    expect(client.of('sample')).toHaveLength(1 + 8);
    expect(client.session.dropped).toBe(7);
    client.send({ type: 'ack', seq: 10 });
    await clock.advance(1);
    expect(client.of('gap')).toEqual([
      { type: 'gap', id: 'main', fromSeq: 11, toSeq: 17, reason: 'slowConsumer' },
    ]);
    expect(client.of('snapshot').at(-1)?.seq).toBe(18);
    await clock.advance(1_000);
    expect(client.of('sample').at(-1)?.seq).toBe(19);
  });

  it('closes a viewer that stays behind for ten seconds, and the others do not notice', async () => {
    open({ queueMarkBytes: 2_000, queueCloseBytes: 1_000_000 });
    const [slow, good] = [new MemoryClient(monitor), new MemoryClient(monitor)];
    for (const client of [slow, good]) {
      client.hello();
      client.subscribe(['cpu']);
    }
    await clock.advance(1_100);
    slow.far.pause();
    await clock.advance(30_000);
    expect(slow.session.state).toBe('closed');
    expect(slow.session.closeReason?.code).toBe('slowConsumer');
    expect(good.of('sample')).toHaveLength(31);
    expect(monitor.closedSessions()[0]).toMatchObject({ tasksLeft: 0 });
  });

  it('gives a returning viewer exactly what it missed, without a snapshot', async () => {
    open();
    const [first, stays] = [new MemoryClient(monitor), new MemoryClient(monitor)];
    for (const client of [first, stays]) {
      client.hello();
      client.subscribe(['cpu']);
    }
    await clock.advance(2_100);
    const sessionId = first.of('welcome')[0]!.sessionId;
    first.far.terminate();
    await clock.advance(4_000);
    const back = new MemoryClient(monitor);
    back.hello({ resume: { sessionId, seq: 3 } });
    back.subscribe(['cpu']);
    await clock.advance(1_000);
    expect(back.of('snapshot')).toEqual([]);
    expect(back.of('sample').map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 8]);
  });

  it('tells a returning viewer what the host no longer holds', async () => {
    open();
    const stays = new MemoryClient(monitor);
    stays.hello();
    stays.subscribe(['cpu'], 250);
    await clock.advance(60_000);
    const back = new MemoryClient(monitor);
    back.hello({ resume: { sessionId: 'i1.1', seq: 10 } });
    back.subscribe(['cpu'], 250);
    await clock.advance(10);
    const [gap] = back.of('gap');
    expect(gap).toMatchObject({ fromSeq: 11, reason: 'expired' });
    expect(back.of('sample')[0]?.seq).toBe(gap!.toSeq + 1);
  });

  it('starts anew a viewer of an earlier run of the host', async () => {
    open();
    const client = new MemoryClient(monitor);
    client.hello({ resume: { sessionId: 'i0.7', seq: 900 } });
    client.subscribe(['cpu']);
    await clock.advance(1_100);
    expect(client.heard.map(({ type }) => type)).toEqual(['welcome', 'snapshot', 'sample']);
  });

  it('tells every client bye when the host closes', async () => {
    open();
    const clients = [new MemoryClient(monitor), new MemoryClient(monitor)];
    for (const client of clients) client.hello();
    await clock.advance(10);
    const closing = monitor.close('Going down.');
    await clock.advance(10);
    await closing;
    for (const client of clients)
      expect(client.of('bye')).toEqual([{ type: 'bye', code: 'shutdown', reason: 'Going down.' }]);
  });

  it('leaves nothing behind after hundreds of clients that come and go in every way', async () => {
    open();
    for (let cycle = 0; cycle < 400; cycle++) {
      const client = new MemoryClient(monitor, { kind: 'socket' });
      if (cycle % 4 !== 0) client.hello();
      if (cycle % 2 === 0) client.subscribe(['cpu', 'memory']);
      await clock.advance(cycle % 7);
      if (cycle % 3 === 0) client.far.terminate();
      else if (cycle % 3 === 1) void client.session.close({ code: 'revoked', message: 'test' });
      else client.far.close({ code: 'clientClosed', message: 'test' });
    }
    await clock.advance(20_000);
    expect(monitor.sessionCount).toBe(0);
    expect(monitor.hub.subscriptionCount).toBe(0);
    expect(monitor.tasks.live().map(({ name, tasks }) => [name, tasks.map((task) => task.name)])).toEqual([
      ['sampler', ['sampler']],
    ]);
    expect(clock.sleeping).toBe(0);
  });
});
