import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { RawOf } from '../shared/series/raw.ts';
import type { CostRaw } from '../shared/series/raw/cost.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';
import { createFakeOwnUse } from './testing/fake-own-use.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

let clock: FakeClock;
let monitor: Monitor;
let ownUse: ReturnType<typeof createFakeOwnUse>;
let cpu: ReturnType<typeof createFakeCpu>;
let memory: ReturnType<typeof createFakeMemory>;
/** What one reading of memory costs. */
let memoryCostMs: number;

beforeEach(() => {
  clock = new FakeClock();
  ownUse = createFakeOwnUse();
  memoryCostMs = 0;
  cpu = createFakeCpu(clock);
  memory = createFakeMemory();
  const { read } = memory;
  memory.read = (signal) => {
    ownUse.cpuMs += memoryCostMs;
    return read(signal);
  };
  monitor = createTestMonitor(clock, [cpu, memory], {
    ownUse,
    budget: { cpuShare: 0.02, memoryBytes: null, forksPerSecond: null, onBattery: null },
  });
});

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
  expect(clock.sleeping).toBe(0);
});

function newest<T extends 'cost' | 'diagnostics'>(client: MemoryClient, topic: T): RawOf<T> {
  const section = [...client.of('snapshot'), ...client.of('sample')]
    .map(({ sections }) => sections[topic])
    .filter((found) => found !== undefined)
    .at(-1);
  if (section?.status !== 'ok') throw new Error(`No ${topic}: ${section?.status}`);
  return section.data;
}

const costOf = (client: MemoryClient): CostRaw => newest(client, 'cost');

function watch(topics: Parameters<MemoryClient['subscribe']>[0], intervalMs = 1_000): MemoryClient {
  const client = new MemoryClient(monitor, { kind: 'window' });
  client.hello();
  client.subscribe(topics, intervalMs);
  return client;
}

describe('the topic of the monitor’s own cost', () => {
  it('counts what each client was sent, and what those that have gone were', async () => {
    const client = watch(['cpu', 'cost']);
    const other = watch(['memory']);
    await clock.advance(4_500);
    const before = costOf(client);
    expect(before.clients).toMatchObject([
      { id: client.session.id, kind: 'window', sentFrames: 5, dropped: 0 },
      { id: other.session.id, sentBytes: other.frames.reduce((sum, frame) => sum + frame.length, 0) - other.frames.at(-1)!.length }, // prettier-ignore
    ]);
    expect(before.encodes).toBe(8);
    void other.session.close({ code: 'shutdown', message: 'gone' });
    await clock.advance(2_000);
    const after = costOf(client);
    expect(after.clients.map(({ id }) => id)).toEqual([client.session.id]);
    const gone = other.frames.reduce((sum, frame) => sum + frame.length, 0);
    expect(after.sentBytes).toBe(gone + after.clients[0]!.sentBytes);
  });

  it('tells of each collector how often it is read and for how long it held the thread', async () => {
    cpu.read = (signal, noteBusy) => {
      clock.freeze(cpu.reads === 3 ? 7 : 2);
      noteBusy?.(1);
      return createFakeCpu(clock).read(signal);
    };
    const { read } = cpu;
    cpu.read = (signal, noteBusy) => (cpu.reads++, read(signal, noteBusy));
    const client = watch(['cpu', 'cost']);
    await clock.advance(4_900);
    const found = costOf(client).collectors.find(({ id }) => id === 'cpu');
    // Five reads: four of 2 ms and one of 7, each with 1 ms more that the collector told of itself.
    expect(found).toEqual({ id: 'cpu', reads: 5, busyMs: 20, slowestMs: 8, wantedIntervalMs: 1_000, intervalMs: 1_000 }); // prettier-ignore
    expect(costOf(client).collectors.find(({ id }) => id === 'memory')).toMatchObject({
      reads: 0,
      wantedIntervalMs: null,
      intervalMs: null,
    });
  });

  it('watches the event loop only while somebody watches the topic', async () => {
    const client = watch(['cost'], 2_000);
    await clock.advance(100);
    expect(costOf(client).eventLoop).toBeNull();
    await clock.advance(2_000);
    expect(costOf(client).eventLoop).toEqual({ delayMsP50: 0, delayMsP99: 1, delayMsMax: 2 });
    client.send({ type: 'unsubscribe', id: 'main' });
    await clock.advance(100);
    expect(ownUse.watching).toBe(false);
  });

  it('is not given to viewers, since it names clients', async () => {
    const client = new MemoryClient(monitor, { grant: { scope: 'view', tokenId: 't', name: null } });
    client.hello();
    client.subscribe(['cost']);
    await clock.advance(100);
    expect(client.of('welcome')[0]?.capabilities.topics).toEqual(['cpu', 'memory']);
    expect(client.of('error')).toMatchObject([{ code: 'forbidden' }]);
  });

  it('is not there where the host knows nothing of itself', () => {
    const plain = createTestMonitor(clock, [cpu]);
    expect(plain.topics).toEqual(['cpu', 'diagnostics']);
    return plain.close('The test is over.');
  });
});

describe('a collector that costs more than the budget', () => {
  it('is read less often, as everybody can see, and as often as before when it has become cheap again', async () => {
    const client = watch(['memory', 'cost', 'diagnostics']);
    await clock.advance(10_000);
    expect(memory.reads).toBe(11);
    memoryCostMs = 70;
    await clock.advance(60_000);
    const dear = costOf(client);
    expect(dear.governor).toMatchObject({
      level: 3,
      over: [],
      slowedTopics: ['diagnostics', 'memory', 'cost'],
    });
    expect(dear.collectors.find(({ id }) => id === 'memory')).toMatchObject({
      wantedIntervalMs: 1_000,
      intervalMs: 4_000,
    });
    expect(newest(client, 'diagnostics').collectors.find(({ id }) => id === 'memory')).toMatchObject({
      wantedIntervalMs: 1_000,
      intervalMs: 4_000,
    });
    const readsBefore = memory.reads;
    await clock.advance(40_000);
    expect(memory.reads - readsBefore).toBe(10);

    memoryCostMs = 0;
    await clock.advance(120_000);
    expect(costOf(client).governor).toMatchObject({ level: 0, slowedTopics: [] });
    const readsAfter = memory.reads;
    await clock.advance(10_000);
    expect(memory.reads - readsAfter).toBe(10);
  });

  it('does not keep a client that joins from its snapshot', async () => {
    watch(['memory', 'cpu']);
    memoryCostMs = 300;
    await clock.advance(60_000);
    expect(monitor.sampler.stretchOf('memory')).toBe(8);
    const joiner = watch(['memory']);
    await clock.advance(10);
    expect(joiner.of('snapshot')[0]?.sections.memory).toMatchObject({ status: 'ok' });
  });

  it('begins at full cadence for the next who watches', async () => {
    const client = watch(['memory']);
    memoryCostMs = 300;
    await clock.advance(60_000);
    void client.session.close({ code: 'shutdown', message: 'gone' });
    await clock.advance(1_000);
    expect(monitor.sampler.stretchOf('memory')).toBe(1);
    memoryCostMs = 0;
    const before = memory.reads;
    watch(['memory']);
    await clock.advance(5_000);
    expect(memory.reads - before).toBe(6);
  });
});
