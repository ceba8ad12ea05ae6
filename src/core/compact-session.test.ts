import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Limits, SampleMessage, ServerMessage, SnapshotMessage } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { Monitor } from './monitor.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';
import { MemoryClient } from './testing/memory-client.ts';
import { createTestMonitor } from './testing/test-monitor.ts';

let clock: FakeClock;
let monitor: Monitor;

function open(limits: Partial<Limits> = {}): void {
  clock = new FakeClock();
  const memory = createFakeMemory();
  const { read } = memory;
  memory.read = async (signal) => ({
    ...(await read(signal)),
    freeBytes: Math.floor(clock.monotonic() / 300),
  });
  monitor = createTestMonitor(clock, [createFakeCpu(clock), memory, createTable()], { limits });
}

/** A process comes every two seconds, and the oldest goes. */
function createTable() {
  return {
    id: 'process' as const,
    minIntervalMs: 2_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' as const }),
    read: (): ProcessRaw => {
      const first = Math.floor(clock.monotonic() / 2_000);
      const pid = [first, first + 1, first + 2, first + 3];
      const each = <Value>(value: Value): Value[] => pid.map(() => value);
      return {
        ticksPerSecond: 100,
        bootedWallMs: 0,
        threads: null,
        users: ['root'],
        groups: ['system'],
        pid,
        startTicks: pid,
        parentPid: each(1),
        name: pid.map((number) => `p${number}`),
        command: each('curl --password secret'),
        user: each(0),
        group: each(0),
        state: each('S'),
        threadCount: each(1),
        nice: each(0),
        cpuTicks: pid.map((number) => number + clock.monotonic()),
        cpuShares: null,
        residentBytes: each(4_096),
        readBytes: each(null),
        writtenBytes: each(null),
        ageMs: each(0),
      };
    },
  };
}

afterEach(async () => {
  const closing = monitor.close('The test is over.');
  await clock.advance(30_000);
  expect((await closing).notStopped).toEqual([]);
});

const wanted: readonly [id: string, topics: Topic[], intervalMs: number][] = [
  ['fast', ['cpu', 'process'], 1_000],
  ['slow', ['cpu', 'memory'], 3_000],
];

function greet(client: MemoryClient, resume?: { sessionId: string; seq: number }): void {
  client.hello(resume && { resume });
  for (const [id, topics, intervalMs] of wanted) client.subscribe(topics, intervalMs, id);
}

type Sampled = SampleMessage | SnapshotMessage;

function samplesOf(client: MemoryClient, id: string): Sampled[] {
  return client.heard.filter((message): message is Sampled => 'seq' in message && message.id === id);
}

/** All that was said but the name of the session. */
function withoutWelcome(client: MemoryClient): ServerMessage[] {
  return client.heard.filter(({ type }) => type !== 'welcome');
}

describe('a session in the compact encoding', () => {
  it('is told what a session in JSON is told', async () => {
    open();
    const json = new MemoryClient(monitor);
    const compact = new MemoryClient(monitor, {}, 'compact');
    for (const client of [json, compact]) greet(client);
    await clock.advance(10_500);
    compact.send({ type: 'ping', t: 7 });
    json.send({ type: 'ping', t: 7 });
    for (const client of [json, compact]) client.send({ type: 'unsubscribe', id: 'slow' });
    await clock.advance(3_000);
    expect(compact.heard.map(({ type }) => type)).toEqual(json.heard.map(({ type }) => type));
    expect(compact.heard.slice(1)).toEqual(json.heard.slice(1));
    expect(compact.heard.length).toBeGreaterThan(18);
    expect(compact.session.encoding).toBe('compact');
    expect(compact.session.sentBytes).toBeLessThan(json.session.sentBytes / 3);
    expect(compact.frames.every((frame) => frame instanceof Uint8Array)).toBe(true);
  });

  it('costs one encoding a tick and subscription, however many there are of it', async () => {
    open();
    const clients = [1, 2, 3, 4].map(() => new MemoryClient(monitor, {}, 'compact'));
    for (const client of clients) {
      client.hello();
      client.subscribe(['cpu'], 1_000);
    }
    await clock.advance(2_500);
    const before = monitor.hub.encodes;
    await clock.advance(5_000);
    expect(monitor.hub.encodes - before).toBe(5);
    const [first, ...others] = clients.map(({ frames }) => frames.slice(-5));
    for (const frames of others) expect(frames.every((frame, index) => frame === first![index])).toBe(true);
  });

  it('costs one encoding of what was missed, however many come back at once', async () => {
    for (const encoding of ['json', 'compact'] as const) {
      open();
      const first = new MemoryClient(monitor, {}, encoding);
      greet(first);
      await clock.advance(6_100);
      const { sessionId } = first.of('welcome')[0]!;
      const before = monitor.hub.encodes;
      const back = [1, 2, 3].map(() => new MemoryClient(monitor, {}, encoding));
      for (const client of back) greet(client, { sessionId, seq: 2 });
      await clock.advance(100);
      for (const client of back) {
        expect(samplesOf(client, 'fast').map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7]);
        expect(samplesOf(client, 'slow').map(({ seq }) => seq)).toEqual([4, 7]);
      }
      // The compact encoding has one frame more a subscription, that says from where to go on.
      expect(monitor.hub.encodes - before).toBe(encoding === 'json' ? 7 : 9);
      expect(back[0]!.session.sent).toBe(7);
      await monitor.close('This turn is over.');
    }
  });

  it('is not told the command lines that it may not see, nor that they changed', async () => {
    open();
    const client = new MemoryClient(
      monitor,
      { grant: { scope: 'view', tokenId: 't', name: 'n' } },
      'compact',
    );
    greet(client);
    await clock.advance(9_000);
    const tables = samplesOf(client, 'fast').flatMap(({ sections }) => sections.process ?? []);
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) expect(table).toMatchObject({ data: { command: ['', '', '', ''] } });
    for (const frame of client.frames)
      expect(Buffer.from(frame as Uint8Array).toString()).not.toContain('secret');
  });

  it('is told the same as one in JSON after any pauses, losses, joins and returns', async () => {
    const action = fc.record({
      kind: fc.constantFrom('pause', 'read on', 'reconnect', 'join', 'stay', 'subscribe again', 'end one'),
      ms: fc.integer({ min: 50, max: 6_000 }),
    });
    const limits = { queueMarkBytes: 1, queueCloseAfterMs: 1e9, queueCloseBytes: 1e9 };
    let [gaps, resumed] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
        open(limits);
        const openPair = (): MemoryClient[] => [
          new MemoryClient(monitor),
          new MemoryClient(monitor, {}, 'compact'),
        ];
        const pairs = [openPair()];
        for (const client of pairs[0]!) greet(client);
        for (const { kind, ms } of actions) {
          const pair = pairs.at(-1)!;
          if (kind === 'join' || kind === 'reconnect') pairs.push(openPair());
          pair.forEach((client, index) => {
            const [id, topics, intervalMs] = wanted[0]!;
            if (kind === 'pause') client.far.pause();
            if (kind === 'read on') client.far.resume();
            if (kind === 'subscribe again') client.subscribe(topics, intervalMs, id);
            if (kind === 'end one') client.send({ type: 'unsubscribe', id });
            if (kind !== 'join' && kind !== 'reconnect') return;
            const sessionId = client.of('welcome')[0]?.sessionId;
            const seq = Math.min(...wanted.map(([one]) => samplesOf(client, one).at(-1)?.seq ?? 0));
            const resumes = kind === 'reconnect' && sessionId !== undefined && seq > 0;
            if (resumes) resumed++;
            greet(pairs.at(-1)![index]!, resumes ? { sessionId, seq } : undefined);
            if (kind === 'reconnect') client.far.terminate();
          });
          await clock.advance(ms);
        }
        for (const client of pairs.flat()) client.far.resume();
        await clock.advance(7_000);
        for (const [json, compact] of pairs) {
          expect(withoutWelcome(compact!)).toEqual(withoutWelcome(json!));
          gaps += compact!.of('gap').length;
        }
        await monitor.close('This turn is over.');
      }),
      { numRuns: 150 },
    );
    // What is to be shown has happened, and not once only.
    expect(gaps).toBeGreaterThan(20);
    expect(resumed).toBeGreaterThan(20);
  });

  it('follows from where it came back, though another came before the next sample', async () => {
    open();
    const first = new MemoryClient(monitor, {}, 'compact');
    greet(first);
    await clock.advance(100);
    const { sessionId } = first.of('welcome')[0]!;
    first.far.terminate();
    await clock.advance(100);
    const back = new MemoryClient(monitor, {}, 'compact');
    greet(back, { sessionId, seq: 1 });
    await clock.advance(100);
    greet(new MemoryClient(monitor, {}, 'compact'));
    await clock.advance(2_000);
    expect(samplesOf(back, 'fast').map(({ type, seq }) => [type, seq])).toEqual([
      ['sample', 2],
      ['sample', 3],
    ]);
  });

  it('is ended by bytes that are no message, with 1007 as in JSON', async () => {
    open();
    const client = new MemoryClient(monitor, {}, 'compact');
    client.hello();
    await clock.advance(10);
    client.sendRaw(Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff]));
    await clock.advance(10);
    expect(client.of('bye')[0]).toMatchObject({ code: 'invalidMessage' });
    const text = new MemoryClient(monitor, {}, 'compact');
    text.hello();
    text.sendRaw('{"type":"ping","t":1}');
    await clock.advance(10);
    expect(text.of('bye')[0]).toMatchObject({ code: 'invalidMessage' });
    const binary = new MemoryClient(monitor);
    binary.hello();
    binary.sendRaw(Uint8Array.from([0x81, 0xa4, 0x74, 0x79, 0x70, 0x65, 0xa4, 0x70, 0x69, 0x6e, 0x67]));
    await clock.advance(10);
    expect(binary.of('bye')[0]).toMatchObject({ code: 'invalidMessage' });
  });
});
