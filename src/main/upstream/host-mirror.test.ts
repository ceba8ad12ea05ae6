import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientTransport } from '../../client/client-transport.ts';
import { MemoryTransport } from '../../core/memory-transport.ts';
import type { Monitor } from '../../core/monitor.ts';
import { createFakeCpu, createFakeMemory } from '../../core/testing/fake-collector.ts';
import { MemoryClient } from '../../core/testing/memory-client.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { HostMirror } from './host-mirror.ts';
import { UpstreamPool } from './upstream-pool.ts';
import { createTestMonitor } from '../../core/testing/test-monitor.ts';

let clock: FakeClock;
let remote: Monitor;
let far: MemoryTransport | null;
let reachable: boolean;
let connections: number;
let pool: UpstreamPool;
let defects: string[];
let names: string[];

function startRemote(instanceId: string): Monitor {
  return createTestMonitor(clock, [createFakeCpu(clock), createFakeMemory()], {
    hostName: 'server',
    instanceId,
  });
}

function connect(): ClientTransport {
  if (!reachable) throw new MonitorError('unavailable', 'The cable is out.');
  const [near, end] = MemoryTransport.pair();
  far = end;
  connections++;
  remote.accept(near, { kind: 'socket', grant: { scope: 'control', tokenId: 't', name: 'app' } });
  return {
    encoding: 'json',
    send: (frame) => end.send(frame),
    onMessage: (listener) => end.onMessage(listener),
    closed: end.closed,
    close: () => end.close({ code: 'clientClosed', message: '' }),
  };
}

/** A window of the app that watches the host, with the scope that stands for it. */
interface Window {
  readonly scope: TaskScope;
  readonly mirror: HostMirror;
  client: MemoryClient;
}

async function openWindow(): Promise<Window> {
  const scope = new TaskScope('window', { clock });
  const mirror = pool.join('box', scope);
  await clock.advance(10);
  return { scope, mirror, client: await greet(mirror) };
}

async function greet(mirror: HostMirror): Promise<MemoryClient> {
  const host = { accept: (transport: MemoryTransport) => mirror.accept(transport) };
  const client = new MemoryClient(host as unknown as Monitor);
  client.hello();
  await clock.advance(0);
  return client;
}

async function closeWindow({ scope, client }: Window): Promise<void> {
  client.far.close({ code: 'clientClosed', message: 'The window was closed.' });
  const closing = scope.close('The window was closed.');
  await clock.advance(10);
  await closing;
}

const seqs = (client: MemoryClient): number[] => client.of('sample').map(({ seq }) => seq);
const times = (client: MemoryClient): number[] => client.of('sample').map(({ monotonicMs }) => monotonicMs);

beforeEach(() => {
  clock = new FakeClock();
  remote = startRemote('r1');
  far = null;
  reachable = true;
  connections = 0;
  defects = [];
  names = [];
  pool = new UpstreamPool(
    () =>
      new HostMirror({
        clock,
        connect: async () => connect(),
        client: { name: 'app', version: '1' },
        onNamed: (name) => names.push(name),
        onDefect: (message) => defects.push(message),
      }),
  );
});

afterEach(async () => {
  const closing = Promise.all([pool.close(), remote.close('The test is over.')]);
  await clock.advance(60_000);
  await closing;
  expect(clock.sleeping).toBe(0);
  expect(defects).toEqual([]);
});

describe('another host in windows', () => {
  it('is watched by one connection, which ends with the last window', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    one.client.subscribe(['cpu'], 1_000);
    two.client.subscribe(['cpu'], 1_000, 'other id');
    two.client.subscribe(['memory'], 250, 'more');
    await clock.advance(3_100);
    expect([connections, remote.sessionCount]).toEqual([1, 1]);
    expect(one.mirror.demands).toEqual(['cpu every 1000 ms', 'memory every 250 ms']);
    expect(remote.sessions()[0]!.subscriptionCount).toBe(2);
    expect(one.client.of('welcome')[0]!.host).toMatchObject({ name: 'server', platform: 'linux' });
    const [first = NaN] = times(one.client);
    expect(times(one.client)).toEqual([first, first + 1_000, first + 2_000]);
    expect(times(two.client)).toEqual(expect.arrayContaining([first, first + 250, first + 1_000]));
    await closeWindow(one);
    await clock.advance(1_000);
    expect([remote.sessionCount, two.mirror.demands]).toEqual([
      1,
      ['cpu every 1000 ms', 'memory every 250 ms'],
    ]);
    await closeWindow(two);
    await clock.advance(1_000);
    expect([remote.sessionCount, pool.size]).toEqual([0, 0]);
    expect(remote.closedSessions()[0]).toMatchObject({ tasksLeft: 0 });
  });

  it('asks the host for nothing that no window shows any more', async () => {
    const window = await openWindow();
    window.client.subscribe(['cpu']);
    await clock.advance(1_100);
    window.client.send({ type: 'unsubscribe', id: 'main' });
    await clock.advance(10);
    expect(window.mirror.demands).toEqual([]);
    expect(remote.hub.subscriptionCount).toBe(0);
  });

  it('lets a window that does not read hurt nobody but itself', async () => {
    const [slow, good] = [await openWindow(), await openWindow()];
    for (const { client } of [slow, good]) {
      client.subscribe(['cpu'], 250);
      client.send({ type: 'ack', seq: 0 });
    }
    await clock.advance(10);
    slow.client.far.pause();
    for (let turn = 0; turn < 80; turn++) {
      await clock.advance(250);
      good.client.send({ type: 'ack', seq: seqs(good.client).at(-1) ?? 0 });
    }
    const heard = times(good.client);
    expect(heard.length).toBeGreaterThan(75);
    expect(heard).toEqual(heard.map((_, index) => heard[0]! + index * 250));
    expect(remote.sessions()[0]!.dropped).toBe(0);
    expect(slow.mirror.clientCount).toBe(1);
  });

  it('shows nothing old while the connection is lost, and nothing is missing when it is back', async () => {
    const witness = new MemoryClient(remote);
    witness.hello();
    witness.subscribe(['cpu'], 250);
    const window = await openWindow();
    window.client.subscribe(['cpu'], 250);
    await clock.advance(2_000);
    reachable = false;
    far?.pause();
    far?.terminate();
    await clock.advance(10);
    const before = window.client.heard.length;
    await clock.advance(8_000);
    expect(window.mirror.state.phase).toBe('backoff');
    expect(window.client.heard.length).toBe(before);
    const late = await greet(window.mirror);
    expect(late.heard).toEqual([]);
    reachable = true;
    await clock.advance(6_000);
    expect(window.mirror.state.phase).toBe('live');
    const first = times(window.client)[0]!;
    expect(times(window.client)).toEqual(times(witness).filter((ms) => ms >= first));
    const numbers = seqs(window.client);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  it('tells windows of a host that began anew, so that they begin anew too', async () => {
    const window = await openWindow();
    window.client.subscribe(['cpu']);
    await clock.advance(1_100);
    const { sessionId } = window.client.of('welcome')[0]!;
    const closing = remote.close('Restart.');
    await clock.advance(10);
    await closing;
    remote = startRemote('r2');
    await clock.advance(6_000);
    expect(window.client.of('bye')).toMatchObject([{ code: 'shutdown' }]);
    const again = await greet(window.mirror);
    again.send({ type: 'subscribe', id: 'main', topics: ['cpu'], intervalMs: 1_000, afterSeq: null });
    await clock.advance(2_100);
    expect(again.of('welcome')[0]!.sessionId).not.toBe(sessionId);
    expect(again.of('welcome')[0]!.host.instanceId).toMatch(/^r2/);
    expect(again.of('sample').length).toBeGreaterThan(0);
  });

  it('ends windows for good, with the reason, where the host does not take the token any more', async () => {
    const window = await openWindow();
    await remote.sessions()[0]!.close({ code: 'revoked', message: 'The token was revoked.' });
    await clock.advance(100);
    expect(window.client.of('bye')).toEqual([
      { type: 'bye', code: 'revoked', reason: 'The token was revoked.' },
    ]);
    expect(window.mirror.state).toMatchObject({ phase: 'closed', pairingNeeded: true });
    const [near] = MemoryTransport.pair();
    window.mirror.accept(near);
    expect(await near.closed).toEqual({ code: 'revoked', message: 'The token was revoked.' });
  });

  it('tells each time what the host calls itself', async () => {
    await openWindow();
    expect(names).toEqual(['server']);
  });

  it('passes requests on to the host, and its answers back', async () => {
    remote.setMethod('process.signal', (params) => {
      if (params['pid'] === 1) throw new MonitorError('forbidden', 'Not that one.');
      return null;
    });
    const window = await openWindow();
    window.client.send({ type: 'request', id: 'a', method: 'process.signal', params: { pid: 1 } });
    window.client.send({ type: 'request', id: 'b', method: 'process.signal', params: { pid: 2 } });
    window.client.send({ type: 'request', id: 'c', method: 'sharing.set', params: {} });
    await clock.advance(100);
    expect(window.client.of('error').map(({ id, code, message }) => [id, code, message])).toEqual([
      ['c', 'unknownMethod', 'There is no method "sharing.set" on this host.'],
      ['a', 'forbidden', 'Not that one.'],
    ]);
    expect(window.client.of('result')).toEqual([{ type: 'result', id: 'b', value: null }]);
  });
});
