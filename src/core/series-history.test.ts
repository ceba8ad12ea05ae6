import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { History, SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';
import { MetricsStore } from '../shared/series/rings/metrics-store.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

let clock: FakeClock;
let monitor: Monitor;

beforeEach(() => {
  clock = new FakeClock();
  monitor = createTestMonitor(clock, [createFakeCpu(clock), createFakeMemory()]);
});

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
});

async function join(scope: 'vitals' | 'view' = 'vitals'): Promise<MemoryClient> {
  const client = new MemoryClient(monitor, { grant: { scope, tokenId: null, name: null } });
  client.hello();
  await clock.advance(1);
  return client;
}

/** Advances like a viewer that acknowledges what it gets. */
async function watch(client: MemoryClient, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await clock.advance(1_000);
    const newest = [...client.of('snapshot'), ...client.of('sample')].map(({ seq }) => seq);
    client.send({ type: 'ack', seq: Math.max(0, ...newest) });
  }
}

async function read(client: MemoryClient, params: object): Promise<History> {
  client.send({ type: 'request', id: 'r', method: 'history.read', params: { ...params } });
  await clock.advance(1);
  const answer = client.heard.at(-1) as unknown as { type: string; value: History };
  expect(answer.type).toBe('result');
  return answer.value;
}

const samplesOf = (client: MemoryClient): (SampleMessage | SnapshotMessage)[] =>
  client.heard.filter((message) => message.type === 'snapshot' || message.type === 'sample');

describe('history', () => {
  it('gives who comes late the rows of who was there from the start', async () => {
    const first = await join();
    first.subscribe(['cpu', 'memory']);
    await watch(first, 90);
    const late = await join();
    late.subscribe(['cpu', 'memory']);
    await watch(late, 5);

    const [whole, filled] = [new MetricsStore(() => undefined), new MetricsStore(() => undefined)];
    for (const message of samplesOf(first)) whole.apply(message);
    for (const message of samplesOf(late)) filled.apply(message);
    expect(filled.ring('cpu')!.length).toBeLessThan(10);
    filled.fill(['cpu', 'memory'], await read(late, { topics: ['cpu', 'memory'] }));

    const [there, here] = [whole.ring('cpu')!, filled.ring('cpu')!];
    expect(there.length).toBeGreaterThan(80);
    const from = there.rowAt(here.x(1));
    expect(there.length - from).toBeGreaterThan(80);
    for (let row = from; row < there.length; row++) {
      const same = here.rowAt(there.x(row) - 1);
      expect(here.x(same)).toBeCloseTo(there.x(row), -1);
      if (!Number.isNaN(there.value(row, 0))) expect(here.value(same, 0)).toBeCloseTo(there.value(row, 0), 2);
    }
    expect(filled.ring('memory')!.length).toBeGreaterThan(80);
  });

  it('says of a time in which nobody had it read that nothing is known of it', async () => {
    const first = await join();
    first.subscribe(['cpu']);
    await watch(first, 10);
    first.send({ type: 'unsubscribe', id: 'main' });
    await clock.advance(60_000);
    const second = await join();
    second.subscribe(['cpu']);
    await watch(second, 10);
    const { series, unseen } = await read(second, { topics: ['cpu'] });
    expect(unseen).toHaveLength(1);
    expect(unseen[0]).toMatchObject({ reason: 'unwatched' });
    expect(unseen[0]!.fromAgoMs - unseen[0]!.toAgoMs).toBeGreaterThan(50_000);
    const cpu = series.find(({ key }) => key === 'cpu')!;
    expect(cpu.columns.slice(0, 2)).toEqual(['user', 'system']);
    expect(cpu.values[0]).toContain(null);
    expect(cpu.agoMs).toEqual([...cpu.agoMs].sort((a, b) => b - a));
  });

  it('is of topics that the client sees, and of nothing else', async () => {
    const client = await join();
    for (const [params, code] of [
      [{ topics: ['diagnostics'] }, 'forbidden'],
      [{ topics: ['nothing'] }, 'invalidArgument'],
      [{ topics: [] }, 'invalidArgument'],
      [{ topics: ['cpu'], sinceMs: 1e9 }, 'invalidArgument'],
      [{}, 'invalidArgument'],
    ] as const) {
      client.send({ type: 'request', id: 'r', method: 'history.read', params });
      await clock.advance(1);
      expect([params, client.heard.at(-1)]).toEqual([
        params,
        expect.objectContaining({ type: 'error', code }),
      ]);
    }
    expect(await read(client, { topics: ['cpu'] })).toEqual({ monotonicMs: null, series: [], unseen: [] });
  });
});
