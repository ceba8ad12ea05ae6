import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { GrantScope } from '../shared/protocol/index.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { Collector } from './collector.ts';

import type { Monitor } from './monitor.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

let clock: FakeClock;
let monitor: Monitor;

const table: ProcessRaw = {
  ticksPerSecond: 100, bootedWallMs: 0, threads: 1, users: ['me'], groups: ['curl'], pid: [7], startTicks: [1],
  parentPid: [1], name: ['curl'], command: ['curl -u me:secret'], user: [0], group: [0], state: ['S'], threadCount: [1],
  nice: [0], cpuTicks: [1], cpuShares: null, residentBytes: [1], readBytes: [null], writtenBytes: [null], ageMs: [0],
}; // prettier-ignore
const processes: Collector<'process'> = {
  id: 'process',
  minIntervalMs: 1_000,
  deadlineMs: 1_000,
  probe: () => ({ status: 'ok' }),
  read: () => table,
};

beforeEach(() => {
  clock = new FakeClock();
  monitor = createTestMonitor(clock, [processes]);
});

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
  expect(clock.sleeping).toBe(0);
});

async function open(scope: GrantScope): Promise<MemoryClient> {
  const client = new MemoryClient(monitor, { grant: { scope, tokenId: null, name: null } });
  client.hello();
  await clock.advance(1);
  return client;
}

async function request(client: MemoryClient, method: string, params = {}) {
  client.send({ type: 'request', id: 'r', method, params });
  await clock.advance(1);
  return client.heard.at(-1);
}

describe('methods', () => {
  it('are offered by scope, and only those that the host has', async () => {
    const methodsOf = async (scope: GrantScope) => (await open(scope)).of('welcome')[0]?.capabilities.methods;
    expect(await methodsOf('local')).toEqual(['history.read']);
    for (const method of ['pairing.open', 'process.signal', 'process.inspect'])
      monitor.setMethod(method, () => 0);
    const all = ['history.read', 'process.inspect', 'process.signal', 'pairing.open'];
    expect(await methodsOf('local')).toEqual(all);
    expect(await methodsOf('admin')).toEqual(all);
    expect(await methodsOf('control')).toEqual(['history.read', 'process.inspect', 'process.signal']);
    expect(await methodsOf('view')).toEqual(['history.read']);
  });

  it('are refused as forbidden where the host has them, and as unknown where it has not', async () => {
    let calls = 0;
    monitor.setMethod('process.signal', () => calls++);
    const client = await open('view');
    expect(await request(client, 'process.signal')).toMatchObject({ code: 'forbidden', retryable: false });
    expect(await request(client, 'process.renice')).toMatchObject({ code: 'unknownMethod' });
    expect(await request(await open('control'), 'pairing.open')).toMatchObject({ code: 'unknownMethod' });
    expect(calls).toBe(0);
  });

  it('fail with the code, message and remedy of what they threw, and never a stack', async () => {
    const client = await open('control');
    monitor.setMethod('process.signal', () => {
      throw new MonitorError('needsPermission', 'Process 7 belongs to root.', { remedy: 'sudo kill 7' });
    });
    expect(await request(client, 'process.signal')).toEqual({ type: 'error', id: 'r', code: 'needsPermission', message: 'Process 7 belongs to root.', remedy: 'sudo kill 7', retryable: false }); // prettier-ignore
    monitor.setMethod('process.signal', async () => {
      throw new MonitorError('notFound', 'Process 7 has ended.');
    });
    expect(await request(client, 'process.signal')).toEqual({ type: 'error', id: 'r', code: 'notFound', message: 'Process 7 has ended.', retryable: false }); // prettier-ignore
    monitor.setMethod('process.signal', () => {
      throw new TypeError('a bug');
    });
    expect(await request(client, 'process.signal')).toEqual({ type: 'error', id: 'r', code: 'internal', message: 'a bug', retryable: true }); // prettier-ignore
  });
});

describe('command lines', () => {
  it('go to control and local clients and to no viewer, by one encoding for all alike', async () => {
    const clients = {
      views: [await open('view'), await open('view')],
      others: [await open('control'), await open('local')],
    };
    for (const client of [...clients.views, ...clients.others]) client.subscribe(['process']);
    await clock.advance(100);
    const encodes = monitor.hub.encodes;
    await clock.advance(3_000);
    expect(monitor.hub.encodes - encodes).toBe(2 * 3);
    for (const { frames, heard } of clients.views) {
      expect(heard.filter(({ type }) => type === 'sample')).toHaveLength(3);
      expect(frames.join('')).toContain('"name":["curl"]');
      expect(frames.join('')).not.toContain('secret');
    }
    for (const { frames } of clients.others) expect(frames.at(-1)).toContain('me:secret');
  });

  it('are not in what a viewer that comes back has missed', async () => {
    const first = await open('view');
    first.subscribe(['process']);
    await clock.advance(2_500);
    const { sessionId } = first.of('welcome')[0]!;
    const again = new MemoryClient(monitor, { grant: { scope: 'view', tokenId: null, name: null } });
    again.hello({ resume: { sessionId, seq: 1 } });
    again.subscribe(['process']);
    await clock.advance(1);
    expect(again.of('sample').length).toBeGreaterThan(0);
    expect(again.frames.join('')).not.toContain('secret');
  });
});

it('keeps the tables of processes of the newest samples only, for who comes back', async () => {
  const first = await open('local');
  first.subscribe(['process']);
  await clock.advance(60_500);
  const { sessionId } = first.of('welcome')[0]!;
  const again = new MemoryClient(monitor, { grant: { scope: 'local', tokenId: null, name: null } });
  again.hello({ resume: { sessionId, seq: 1 } });
  again.subscribe(['process']);
  await clock.advance(1);
  const replayed = again.of('sample');
  expect(replayed.length).toBe(10);
  expect(replayed.at(-1)?.seq).toBe(first.of('sample').at(-1)?.seq);
});
