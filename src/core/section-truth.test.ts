import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { MemoryRaw } from '../shared/series/raw/memory.ts';
import type { Sample } from '../shared/series/sample.ts';
import type { AnyCollector } from './collector.ts';
import { Sampler } from './sampler.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';

function open(collectors: (clock: FakeClock) => AnyCollector[]) {
  const clock = new FakeClock();
  const samples: Sample[] = [];
  const sampler = new Sampler({
    clock,
    scope: new TaskScope('test', { clock }),
    collectors: collectors(clock),
    publish: async (sample) => void samples.push(sample),
  });
  const demand = (...entries: [Topic, number][]): void => sampler.setDemand(new Map(entries));
  const statuses = (topic: Topic): (string | undefined)[] =>
    samples.map(({ sections }) => sections[topic]?.status);
  return { clock, samples, sampler, demand, statuses };
}

describe('what is said of a collector', () => {
  it('is late past its deadline, stale from three seconds, and sound again by itself when it answers', async () => {
    let answer: (() => void) | null = null;
    let reads = 0;
    const slow = createFakeMemory();
    const { read } = slow;
    slow.read = (signal) => {
      if (reads++ !== 1) return read(signal);
      return new Promise<MemoryRaw>((resolve) => {
        answer = () => resolve(read(signal));
      });
    };
    const { clock, demand, statuses } = open((clock) => [createFakeCpu(clock), slow]);
    demand(['cpu', 1_000], ['memory', 1_000]);
    await clock.advance(6_500);
    expect(statuses('memory')).toEqual(['ok', undefined, 'late', 'late', 'stale', 'stale', 'stale']);
    expect(statuses('cpu')).toEqual(Array(7).fill('ok'));
    answer!();
    await clock.advance(2_500);
    // What it answered at last goes out at once, then a fresh reading, and each in its turn.
    expect(statuses('memory').slice(7)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'garbage'],
    ['figures that are missing', { totalBytes: 1 }],
    ['a list', []],
  ])('is a failure where it returns %s, at once or later, and the others go on', async (_what, garbage) => {
    for (const returned of [garbage, Promise.resolve(garbage)]) {
      const broken = createFakeMemory({ read: () => returned as unknown as MemoryRaw });
      const { clock, demand, samples, statuses } = open((clock) => [createFakeCpu(clock), broken]);
      demand(['cpu', 1_000], ['memory', 1_000]);
      await clock.advance(2_000);
      expect(statuses('memory')).toEqual(['failed', 'failed', 'failed']);
      expect(samples[0]?.sections.memory).toMatchObject({ code: 'internal' });
      expect(statuses('cpu')).toEqual(['ok', 'ok', 'ok']);
    }
  });

  it.each(['at once', 'later'])(
    'is a failure where it throws %s something that is no error',
    async (when) => {
      const broken = createFakeMemory({
        read: () => {
          if (when === 'later') return Promise.reject('no error at all');
          throw 'no error at all';
        },
      });
      const { clock, demand, statuses } = open((clock) => [createFakeCpu(clock), broken]);
      demand(['cpu', 1_000], ['memory', 1_000]);
      await clock.advance(2_000);
      expect(statuses('memory')).toEqual(['failed', 'failed', 'failed']);
      expect(statuses('cpu')).toEqual(['ok', 'ok', 'ok']);
    },
  );
});

describe('time that is not what it seems', () => {
  it('an hour back on the clock is one mark, and every reading comes when it would have come', async () => {
    const { clock, demand, samples } = open((clock) => [createFakeCpu(clock)]);
    demand(['cpu', 1_000]);
    await clock.advance(2_000);
    clock.suspend(-3_600_000);
    await clock.advance(3_000);
    expect(samples.map(({ monotonicMs }) => monotonicMs)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(samples.map(({ discontinuity }) => discontinuity)).toEqual([
      undefined,
      undefined,
      undefined,
      'clockStepped',
      undefined,
      undefined,
    ]);
  });

  it('a minute in which the process was stopped is one mark and one reading, not sixty', async () => {
    const cpu: ReturnType<typeof createFakeCpu>[] = [];
    const { clock, demand, samples } = open((clock) => (cpu.push(createFakeCpu(clock)), cpu));
    demand(['cpu', 1_000]);
    await clock.advance(2_000);
    clock.freeze(60_000);
    await clock.advance(1_500);
    expect(cpu[0]?.reads).toBe(3 + 2);
    expect(samples.map(({ discontinuity }) => discontinuity).filter(Boolean)).toEqual(['paused']);
  });
});

describe('a tick', () => {
  it('gives others their turn once it has held the event loop for two milliseconds, and is still one sample', async () => {
    const order: string[] = [];
    const { clock, demand, samples, sampler } = open((clock) => {
      const busy = (name: string) => ({
        read: (signal: AbortSignal) => {
          order.push(name);
          clock.freeze(1.5);
          return (name === 'cpu' ? createFakeCpu(clock) : createFakeMemory()).read(signal) as never;
        },
      });
      return [
        createFakeCpu(clock, busy('cpu')),
        createFakeMemory(busy('memory')),
        { ...createFakeMemory(busy('disk')), id: 'disk' } as unknown as AnyCollector,
      ];
    });
    demand(['cpu', 1_000], ['memory', 1_000], ['disk', 1_000]);
    // The first reads follow a probe, which is another turn already.
    await clock.advance(100);
    order.length = 0;
    void clock.sleep(900).then(() => order.push('somebody else'));
    await clock.advance(1_000);
    expect(order).toEqual(['cpu', 'memory', 'somebody else', 'disk']);
    expect(samples).toHaveLength(2);
    expect(Object.keys(samples[1]!.sections)).toEqual(['cpu', 'memory', 'disk']);
    const statuses = sampler.statuses();
    expect(statuses.map(({ busyMs }) => busyMs)).toEqual([3, 3, 3]);
  });
});

describe('an interval that is stretched', () => {
  it('is that many times the wanted one, on the same grid, and as wanted again afterwards', async () => {
    const { clock, demand, samples, sampler } = open((clock) => [createFakeCpu(clock), createFakeMemory()]);
    demand(['cpu', 1_000], ['memory', 1_000]);
    await clock.advance(1_500);
    sampler.setStretch(new Map([['memory', 4]]));
    await clock.advance(10_000);
    const readAt = (topic: Topic): number[] =>
      samples.filter(({ sections }) => sections[topic]).map(({ monotonicMs }) => monotonicMs);
    expect(readAt('memory')).toEqual([0, 1_000, 4_000, 8_000]);
    expect(readAt('cpu')).toEqual(Array.from({ length: 12 }, (_, second) => second * 1_000));
    expect(sampler.statuses()).toMatchObject([
      { id: 'cpu', intervalMs: 1_000, wantedIntervalMs: 1_000 },
      { id: 'memory', intervalMs: 4_000, wantedIntervalMs: 1_000 },
    ]);
    sampler.setStretch(new Map());
    await clock.advance(2_000);
    expect(readAt('memory').slice(4)).toEqual([11_500, 12_000, 13_000]);
  });
});
