import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientTransport } from '../client/client-transport.ts';
import { ConnectionManager, type Demand } from '../client/connection-manager.ts';
import { MemoryTransport } from '../core/memory-transport.ts';
import { createMonitor, type Monitor } from '../core/monitor.ts';
import { createSubscriber } from '../core/subscription.ts';
import { createFakeCpu, createFakeMemory } from '../core/testing/fake-collector.ts';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Encoding, GapMessage, SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';

/** That a viewer came back, when the oldest sample that the host still held was of `heldFromMs`. */
interface CameBack {
  readonly type: 'back';
  readonly heldFromMs: number;
}
type Heard = SampleMessage | SnapshotMessage | GapMessage | CameBack;

/** How many samples the host holds for those who come back. */
const heldSamples = 120;

/** One demand of the viewer, and beside it a subscription that never was away: what there was to hear. */
interface Watch {
  readonly demand: Demand;
  readonly heard: Heard[];
  readonly published: SampleMessage[];
  /** The sample that the subscription beside it began with, which may have reached the viewer as a sample. */
  readonly began: { seq: number };
  /** Whether it ended before all that was published could be heard. */
  cut: boolean;
  end(): void;
}

/** A host and a viewer with a connection between them that can be cut. */
class World {
  readonly clock = new FakeClock();
  readonly watches: Watch[] = [];
  readonly #live = new Map<string, Watch>();
  readonly #scope = new TaskScope('viewer', { clock: this.clock });
  readonly #manager: ConnectionManager;
  #monitor: Monitor = this.#createMonitor('i0');
  #far: MemoryTransport | null = null;
  #reachable = true;
  #starts = 0;
  /** When each sample was published, whoever got it. */
  readonly #publishedMs: number[] = [];
  readonly #encoding: Encoding;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#manager = new ConnectionManager({
      clock: this.clock,
      scope: this.#scope,
      random: () => 0,
      client: { name: 'viewer', version: '1' },
      connect: async () => this.#connect(),
      listener: {
        onState: (state) => {
          if (state.phase === 'backoff' && state.reason.code === 'invalidMessage') {
            throw new Error(state.reason.message);
          }
        },
        onWelcome: () => undefined,
        onSample: (message) => this.#live.get(message.id)?.heard.push(message),
        onSeam: (_reason, gap) => {
          if (gap) this.#live.get(gap.id)?.heard.push(gap);
        },
        onRefused: (code, message) => {
          throw new Error(`${code}: ${message}`);
        },
      },
    });
    this.#manager.start();
  }

  get clockMs(): number {
    return this.clock.monotonic();
  }

  demand(id: string, demand: Demand | null): void {
    this.#cut(id);
    if (demand) this.#watch(id, demand);
    this.#manager.setDemand(id, demand);
  }

  /** Ends the connection, with or without what was still on its way. */
  drop(withLoss: boolean): void {
    if (withLoss) this.#far?.pause();
    this.#far?.terminate();
  }

  /** The viewer does not read for a while. */
  async stall(ms: number): Promise<void> {
    const far = this.#far;
    far?.pause();
    await this.clock.advance(ms);
    far?.resume();
  }

  async away(ms: number): Promise<void> {
    this.#reachable = false;
    this.drop(true);
    await this.clock.advance(ms);
    this.#reachable = true;
  }

  async restart(): Promise<void> {
    const closing = this.#monitor.close('Restart.');
    await this.clock.advance(20_000);
    await closing;
    this.#monitor = this.#createMonitor(`i${++this.#starts}`);
    // Numbers begin anew, and so does the comparison.
    for (const [id, { demand }] of [...this.#live]) this.#watch(id, demand);
  }

  /** Lets everything arrive, and ends both sides. */
  async end(): Promise<void> {
    this.#manager.retryNow();
    await this.clock.advance(30_000);
    for (const watch of this.#live.values()) watch.end();
    const closing = [this.#scope.close('The test is over.'), this.#monitor.close('The test is over.')];
    await this.clock.advance(30_000);
    for (const report of await Promise.all(closing)) expect(report.notStopped).toEqual([]);
    expect(this.clock.sleeping).toBe(0);
  }

  #cut(id: string): void {
    const watch = this.#live.get(id);
    if (!watch) return;
    watch.cut = true;
    watch.end();
    this.#live.delete(id);
  }

  #watch(id: string, demand: Demand): void {
    this.#cut(id);
    const published: SampleMessage[] = [];
    const began = { seq: -1 };
    const subscriber = createSubscriber((subscription) => {
      const { frame } = subscription.take()!;
      const message = JSON.parse(frame as string) as SampleMessage | SnapshotMessage;
      if (message.type === 'sample') published.push(message);
      else if (published.length === 0) began.seq = message.seq;
    });
    const request = { id: `reference ${id}`, encoding: 'json', projection: 'whole', ...demand } as const;
    const { subscription } = this.#monitor.hub.subscribe(request, subscriber);
    const watch: Watch = {
      demand,
      heard: [],
      published,
      began,
      cut: false,
      end: () => subscription[Symbol.dispose](),
    };
    this.#live.set(id, watch);
    this.watches.push(watch);
  }

  #connect(): ClientTransport {
    if (!this.#reachable) throw new MonitorError('unavailable', 'There is no way.');
    const [near, far] = MemoryTransport.pair(this.#encoding);
    this.#far = far;
    const heldFromMs = this.#publishedMs.at(-heldSamples) ?? -Infinity;
    for (const { heard } of this.#live.values()) heard.push({ type: 'back', heldFromMs });
    this.#monitor.accept(near, { kind: 'socket', grant: { scope: 'local', tokenId: null, name: null } });
    return {
      send: (frame) => far.send(frame),
      onMessage: (listener) => far.onMessage(listener),
      encoding: far.encoding,
      closed: far.closed,
      close: () => far.close({ code: 'clientClosed', message: '' }),
    };
  }

  #createMonitor(instanceId: string): Monitor {
    const monitor = createMonitor({
      clock: this.clock,
      collectors: [createFakeCpu(this.clock), { ...createFakeMemory(), minIntervalMs: 1_000 }],
      hostName: 'box',
      version: '1',
      platform: 'linux',
      instanceId,
      limits: { messagesPerSecond: 1_000, messageBurst: 1_000 },
    });
    const publish = monitor.hub.publish.bind(monitor.hub);
    monitor.hub.publish = (sample) => {
      this.#publishedMs.push(sample.monotonicMs);
      return publish(sample);
    };
    return monitor;
  }
}

/** What was heard of one demand is what was published, from its first snapshot on: nothing twice, nothing untold. */
function check({ demand, heard, published, began, cut }: Watch): void {
  const start = heard.findIndex((message) => message.type === 'snapshot');
  if (start < 0) return;
  const reference = new Map(published.map((message) => [message.seq, message]));
  const [got, told, loose] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const readMs = new Map<string, number>();
  let lastSeq = -1;
  let lastMs = -Infinity;
  let looseUntilMs = -1;
  const loosen = (fromMs: number): void => {
    looseUntilMs = Math.max(looseUntilMs, fromMs + 3 * demand.intervalMs);
    for (const { seq, monotonicMs } of published) if (monotonicMs <= looseUntilMs) loose.add(seq);
  };
  let isExpired = false;
  for (const message of heard.slice(start)) {
    if (message.type === 'back') {
      // Of the samples before those held it is not known which served their intervals.
      if (message.heldFromMs > lastMs - 3 * demand.intervalMs) loosen(message.heldFromMs);
      continue;
    }
    if (message.type === 'gap') {
      expect(message.fromSeq).toBeGreaterThan(lastSeq);
      for (let seq = message.fromSeq; seq <= message.toSeq; seq++) told.add(seq);
      lastSeq = message.toSeq;
      isExpired = message.reason === 'expired';
      readMs.clear();
      continue;
    }
    // Where the host holds the middle of an interval and not its beginning, what it tells falls on other samples at first.
    if (isExpired) {
      loosen(message.monotonicMs);
      isExpired = false;
    }
    // A snapshot may say the same once more where a subscription begins; a sample never.
    expect(message.seq).toBeGreaterThan(message.type === 'snapshot' ? lastSeq - 1 : lastSeq);
    const same = reference.get(message.seq);
    const isTold = message.type === 'sample' && message.seq > began.seq;
    if (isTold && message.monotonicMs > looseUntilMs) expect(same).toBeDefined();
    for (const [topic, section] of Object.entries(same?.sections ?? {})) {
      // A reading that the snapshot had already need not come again, nor one that went with what was told to be lost.
      if (section.status !== 'ok' || section.readMs <= (readMs.get(topic) ?? -1)) continue;
      if (!readMs.has(topic) && !message.sections[topic as Topic]) continue;
      expect(message.sections[topic as Topic]).toEqual(section);
    }
    for (const [topic, section] of Object.entries(message.sections))
      if (section.status === 'ok') readMs.set(topic, section.readMs);
    got.add(message.seq);
    lastSeq = message.seq;
    lastMs = message.monotonicMs;
  }
  const first = Math.min(...got);
  const untold = published
    .map(({ seq }) => seq)
    .filter((seq) => seq > first && !got.has(seq) && !told.has(seq) && !loose.has(seq));
  expect(untold.filter((seq) => !cut || seq < lastSeq)).toEqual([]);
  expect([...got].filter((seq) => told.has(seq))).toEqual([]);
}

const topics: fc.Arbitrary<readonly Topic[]> = fc.constantFrom(['cpu'], ['memory'], ['cpu', 'memory']);
const demand = fc.record({ topics, intervalMs: fc.constantFrom(250, 1_000, 1_500, 5_000) });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 4_000 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('drop' as const), withLoss: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('away' as const), ms: fc.integer({ min: 0, max: 60_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('stall' as const), ms: fc.integer({ min: 0, max: 6_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('demand' as const),
      id: fc.constantFrom('a', 'b', 'c'),
      demand: fc.option(demand),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
);

describe('a viewer whose connection is lost again and again', () => {
  it.each(['json', 'compact'] as const)(
    'gets of each subscription exactly what was published, or is told once that it was not (%s)',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(
          demand,
          demand,
          fc.array(step, { minLength: 1, maxLength: 30 }),
          async (a, b, steps) => {
            const world = new World(encoding);
            world.demand('a', a);
            world.demand('b', b);
            for (const next of steps) {
              if (next.type === 'advance') await world.clock.advance(next.ms);
              else if (next.type === 'drop') world.drop(next.withLoss);
              else if (next.type === 'away') await world.away(next.ms);
              else if (next.type === 'stall') await world.stall(next.ms);
              else if (next.type === 'demand') world.demand(next.id, next.demand);
              else await world.restart();
            }
            await world.end();
            for (const watch of world.watches) check(watch);
          },
        ),
        // The oldest sample held is the second of its interval: the first, which served it, is held no more.
        {
          numRuns: 100,
          examples: [
            [
              { topics: ['cpu'], intervalMs: 5_000 },
              { topics: ['cpu'], intervalMs: 250 },
              [
                { type: 'advance', ms: 875 },
                { type: 'away', ms: 29_125 },
              ],
            ],
            // The same of a topic that is in every fourth sample only.
            [
              { topics: ['cpu', 'memory'], intervalMs: 250 },
              { topics: ['memory'], intervalMs: 1_500 },
              [
                { type: 'advance', ms: 1_500 },
                { type: 'away', ms: 28_375 },
                { type: 'advance', ms: 375 },
              ],
            ],
            // Nobody watches for a moment, so that intervals are counted anew from where somebody does.
            [
              { topics: ['cpu'], intervalMs: 250 },
              { topics: ['cpu', 'memory'], intervalMs: 250 },
              [
                { type: 'demand', id: 'a', demand: null },
                { type: 'away', ms: 993 },
                { type: 'advance', ms: 7 },
                { type: 'demand', id: 'b', demand: { topics: ['memory'], intervalMs: 250 } },
              ],
            ],
          ],
        },
      );
    },
  );
});
