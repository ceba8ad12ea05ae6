import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

/** A machine without processes. */
const noProcesses: ProcessRaw = {
  ticksPerSecond: 100,
  bootedWallMs: 0,
  threads: 0,
  users: [],
  groups: [],
  pid: [],
  startTicks: [],
  parentPid: [],
  name: [],
  command: [],
  user: [],
  group: [],
  state: [],
  threadCount: [],
  nice: [],
  cpuTicks: [],
  cpuShares: null,
  residentBytes: [],
  readBytes: [],
  writtenBytes: [],
  ageMs: [],
};

let clock: FakeClock;
let monitor: Monitor;

function open(limits: Partial<Limits> = {}): void {
  clock = new FakeClock();
  const processes = {
    id: 'process' as const,
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' as const }),
    read: () => noProcesses,
  };
  monitor = createTestMonitor(clock, [createFakeCpu(clock), createFakeMemory(), processes], { limits });
}

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
});

/** A client that has said hello. */
function greet(options?: Parameters<MemoryClient['hello']>[0]): MemoryClient {
  const client = new MemoryClient(monitor);
  client.hello(options);
  return client;
}

describe('a client that comes back', () => {
  it('goes on with each subscription where that one was', async () => {
    open();
    const stays = greet();
    stays.subscribe(['cpu', 'memory'], 250);
    await clock.advance(5_100);
    const back = greet();
    const want = { type: 'subscribe' as const, topics: ['cpu' as const] };
    back.send({ ...want, id: 'fast', intervalMs: 250, afterSeq: 18 });
    back.send({ ...want, id: 'slow', intervalMs: 1_000, afterSeq: 9 });
    back.send({ ...want, id: 'new', intervalMs: 250, afterSeq: null });
    await clock.advance(0);
    const seqsOf = (wanted: string): [string, number][] =>
      [...back.of('snapshot'), ...back.of('sample')]
        .filter(({ id }) => id === wanted)
        .map(({ type, seq }) => [type, seq]);
    expect(seqsOf('fast')).toEqual([19, 20, 21].map((seq) => ['sample', seq]));
    expect(seqsOf('slow')).toEqual([13, 17, 21].map((seq) => ['sample', seq]));
    expect(seqsOf('new')).toEqual([['snapshot', 21]]);
  });

  it('gets a snapshot of what it subscribes to later than five seconds after the welcome, or changes', async () => {
    open();
    const stays = greet();
    stays.subscribe(['cpu']);
    await clock.advance(5_100);
    const back = greet({ resume: { sessionId: 'i1.1', seq: 3 } });
    back.subscribe(['cpu'], 1_000, 'kept');
    await clock.advance(0);
    expect(back.of('sample').map(({ seq }) => seq)).toEqual([4, 5, 6]);
    back.subscribe(['cpu'], 2_000, 'kept');
    await clock.advance(0);
    expect(back.of('snapshot')).toMatchObject([{ id: 'kept', seq: 6 }]);
    await clock.advance(5_100);
    back.subscribe(['cpu'], 1_000, 'late');
    await clock.advance(0);
    expect(back.of('snapshot').at(-1)).toMatchObject({ id: 'late', seq: 11 });
  });

  it('is not sent a backlog faster than it reads, and gets all of it in order', async () => {
    open({ queueMarkBytes: 2_000, queueCloseBytes: 100_000, queueCloseAfterMs: 60_000 });
    const stays = greet();
    stays.subscribe(['cpu'], 250);
    await clock.advance(20_000);
    const back = greet();
    await clock.advance(0);
    back.far.pause();
    back.send({ type: 'subscribe', id: 'main', topics: ['cpu'], intervalMs: 250, afterSeq: 1 });
    await clock.advance(100);
    expect(back.far.heldBytes).toBeLessThan(3_000);
    for (let turn = 0; turn < 60; turn++) {
      back.far.resume();
      back.far.pause();
      await clock.advance(250);
    }
    back.far.resume();
    await clock.advance(250);
    const seqs = back.of('sample').map(({ seq }) => seq);
    expect(seqs.slice(0, 79)).toEqual(Array.from({ length: 79 }, (_, index) => index + 2));
    expect(seqs).toEqual(seqs.map((_, index) => index + 2));
    expect(back.of('gap')).toEqual([]);
  });

  it('is told which tables of processes the host does not hold any more', async () => {
    open();
    const stays = greet();
    stays.subscribe(['cpu', 'process'], 250);
    await clock.advance(10_100);
    const back = greet();
    const want = { type: 'subscribe', intervalMs: 250, afterSeq: 11 } as const;
    back.send({ ...want, id: 'tables', topics: ['process'] });
    back.send({ ...want, id: 'both', topics: ['cpu', 'process'] });
    await clock.advance(0);
    expect(back.of('gap')).toEqual([
      { type: 'gap', id: 'tables', fromSeq: 12, toSeq: 31, reason: 'expired' },
    ]);
    const of = (wanted: string) => back.of('sample').filter(({ id }) => id === wanted);
    expect(of('tables').map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, index) => 32 + index));
    expect(of('both')).toHaveLength(30);
  });

  it('does not get an old reading under the number of a new sample when nobody had watched', async () => {
    open();
    const first = greet();
    first.subscribe(['cpu', 'memory'], 5_000);
    await clock.advance(6_000);
    first.far.terminate();
    await clock.advance(3_600_000);
    const back = greet();
    back.send({ type: 'subscribe', id: 'main', topics: ['cpu', 'memory'], intervalMs: 5_000, afterSeq: 2 });
    await clock.advance(11_000);
    for (const { monotonicMs, sections } of [...back.of('snapshot'), ...back.of('sample')])
      for (const section of Object.values(sections))
        expect(monotonicMs - (section as { readMs: number }).readMs).toBeLessThan(10_000);
    expect(back.of('sample').length).toBeGreaterThan(0);
  });
});
