import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Sample } from '../shared/series/sample.ts';
import type { AnyCollector } from './collector.ts';
import { Sampler } from './sampler.ts';
import { createFakeCpu, createFakeMemory } from './testing/fake-collector.ts';

function open(collectors: (clock: FakeClock) => AnyCollector[], uptimeMs?: () => number) {
  const clock = new FakeClock();
  const scope = new TaskScope('test', { clock });
  const samples: Sample[] = [];
  const sampler = new Sampler({
    clock,
    scope,
    collectors: collectors(clock),
    publish: async (sample) => void samples.push(sample),
    ...(uptimeMs && { uptimeMs }),
  });
  const demand = (...entries: [Topic, number][]): void => sampler.setDemand(new Map(entries));
  return { clock, scope, samples, sampler, demand, times: () => samples.map((sample) => sample.monotonicMs) };
}

describe('Sampler', () => {
  it('reads nothing and keeps no timer while nobody demands anything', async () => {
    const cpu: ReturnType<typeof createFakeCpu>[] = [];
    const { clock, demand, samples } = open((clock) => (cpu.push(createFakeCpu(clock)), cpu));
    await clock.advance(10_000);
    expect(clock.sleeping).toBe(0);
    demand(['cpu', 1_000]);
    await clock.advance(1_500);
    demand();
    await clock.advance(10_000);
    expect(clock.sleeping).toBe(0);
    expect(samples).toHaveLength(2);
    expect(cpu[0]?.reads).toBe(2);
  });

  it('says that it hangs where a sample does not get out although somebody wants it, and only then', async () => {
    const clock = new FakeClock();
    let stuck = false;
    const sampler = new Sampler({
      clock,
      scope: new TaskScope('test', { clock }),
      collectors: [createFakeCpu(clock)],
      publish: () => (stuck ? new Promise(() => undefined) : Promise.resolve()),
    });
    const want = (intervalMs: number | null): void =>
      sampler.setDemand(new Map(intervalMs === null ? [] : [['cpu', intervalMs]]));
    await clock.advance(60_000);
    expect(sampler.isTicking(5_000)).toBe(true);
    want(1_000);
    await clock.advance(30_500);
    expect(sampler.isTicking(0)).toBe(true);
    // Wanted less often: the next one is due in a minute, and is no hang before.
    want(60_000);
    await clock.advance(59_000);
    expect(sampler.isTicking(1_000)).toBe(true);
    // Wanted more often: what was due before counts.
    want(1_000);
    expect(sampler.isTicking(0)).toBe(true);
    await clock.advance(2_000);
    stuck = true;
    await clock.advance(5_000);
    expect(sampler.isTicking(5_000)).toBe(true);
    await clock.advance(3_000);
    expect(sampler.isTicking(5_000)).toBe(false);
    want(null);
    expect(sampler.isTicking(5_000)).toBe(true);
  });

  it('tells a collector once that nobody wants it any more, and never during a read', async () => {
    const rests: number[] = [];
    const { clock, demand } = open((clock) => [
      createFakeCpu(clock, { rest: () => rests.push(clock.monotonic()) }),
      createFakeMemory({
        read: () => clock.sleep(300).then(() => createFakeMemory().read(new AbortController().signal)),
        rest: () => rests.push(-clock.monotonic()),
      }),
    ]);
    demand(['cpu', 1_000], ['memory', 1_000]);
    await clock.advance(1_100);
    expect(rests).toEqual([]);
    demand(['memory', 1_000]);
    expect(rests).toEqual([1_100]);
    demand();
    await clock.advance(10_000);
    expect(rests).toEqual([1_100, -1_300]);
  });

  it('reads at once on the first demand, then on a grid without drift', async () => {
    const { clock, demand, times } = open((clock) => [createFakeCpu(clock)]);
    await clock.advance(333);
    demand(['cpu', 1_000]);
    await clock.advance(4_000);
    expect(times()).toEqual([333, 1_333, 2_333, 3_333, 4_333]);
  });

  it('numbers samples without a hole', async () => {
    const { clock, demand, samples } = open((clock) => [createFakeCpu(clock)]);
    demand(['cpu', 250]);
    await clock.advance(5_000);
    expect(samples.map(({ seq }) => seq)).toEqual(samples.map((_, index) => index + 1));
  });

  it('gives no number to a reading that nobody wants any more when it comes', async () => {
    const { clock, demand, samples } = open((clock) => [
      createFakeMemory({
        read: () => clock.sleep(30).then(() => createFakeMemory().read(new AbortController().signal)),
      }),
    ]);
    demand(['memory', 250]);
    await clock.advance(260);
    demand();
    await clock.advance(10_000);
    demand(['memory', 250]);
    await clock.advance(100);
    expect(samples.map(({ seq, sections }) => [seq, Object.keys(sections)])).toEqual([
      [1, ['memory']],
      [2, ['memory']],
    ]);
  });

  it('reads each topic at its own interval, those that fall together in one sample', async () => {
    const { clock, demand, samples } = open((clock) => [createFakeCpu(clock), createFakeMemory()]);
    demand(['cpu', 500], ['memory', 1_000]);
    await clock.advance(2_000);
    expect(
      samples.map(({ monotonicMs, sections }) => [monotonicMs, Object.keys(sections).sort().join()]),
    ).toEqual([
      [0, 'cpu,memory'],
      [500, 'cpu'],
      [1_000, 'cpu,memory'],
      [1_500, 'cpu'],
      [2_000, 'cpu,memory'],
    ]);
  });

  it('never reads a collector more often than its own shortest interval', async () => {
    const memory = createFakeMemory({ minIntervalMs: 5_000 });
    const { clock, demand } = open(() => [memory]);
    demand(['memory', 250]);
    await clock.advance(20_000);
    expect(memory.reads).toBe(5);
  });

  it('reads nothing more often than it is allowed to, from the moment on that this changes', async () => {
    const { clock, demand, sampler, times } = open((each) => [createFakeCpu(each)]);
    sampler.setLeastInterval(2_000);
    demand(['cpu', 1_000]);
    await clock.advance(6_000);
    expect(times()).toEqual([0, 2_000, 4_000, 6_000]);
    sampler.setLeastInterval(0);
    await clock.advance(2_000);
    expect(times().slice(4)).toEqual([7_000, 8_000]);
  });

  it('does not hold the others for a read that hangs, has one such read at most, and says that it is late', async () => {
    let reads = 0;
    const hung = createFakeMemory({ read: () => (reads++, new Promise(() => undefined)) });
    const { clock, demand, samples, scope } = open((clock) => [createFakeCpu(clock), hung]);
    demand(['cpu', 1_000], ['memory', 1_000]);
    await clock.advance(5_000);
    expect(reads).toBe(1);
    expect(samples.length).toBeGreaterThanOrEqual(5);
    for (const sample of samples) expect(sample.sections.cpu?.status).toBe('ok');
    expect(samples.map((sample) => sample.sections.memory?.status)).toContain('late');
    expect(samples.at(-1)?.sections.memory).toMatchObject({ status: 'stale' });
    const closing = scope.close('test');
    await clock.advance(20_000);
    expect((await closing).notStopped).toEqual(['test/read memory']);
  });

  function openSlow() {
    const slow = createFakeMemory();
    const { read } = slow;
    const opened = open((clock) => {
      slow.read = async (signal) => {
        await clock.sleep(200, signal);
        return read(signal);
      };
      return [createFakeCpu(clock), slow];
    });
    return { ...opened, slow };
  }

  it('publishes a read that came after its sample as soon as it has come, and reads nothing for that', async () => {
    const { clock, demand, samples, slow } = openSlow();
    demand(['cpu', 1_000], ['memory', 1_000]);
    await clock.advance(1_100);
    expect(
      samples.map(({ monotonicMs, sections }) => [monotonicMs, Object.keys(sections).sort().join()]),
    ).toEqual([
      [0, 'cpu'],
      [200, 'memory'],
      [1_000, 'cpu'],
    ]);
    expect(samples[1]?.sections.memory).toMatchObject({ status: 'ok', readMs: 0 });
    expect(slow.reads).toBe(1);
  });

  it('does not show a new demand what came after the last one had ended', async () => {
    const { clock, demand, samples } = openSlow();
    demand(['memory', 1_000]);
    await clock.advance(100);
    demand();
    await clock.advance(10_000);
    demand(['memory', 1_000]);
    await clock.advance(500);
    const readMs = samples.flatMap(({ sections }) =>
      sections.memory?.status === 'ok' ? [sections.memory.readMs] : [],
    );
    expect(readMs).toEqual([10_100]);
  });

  it('passes on what a machine lacks, and asks again with the next demand', async () => {
    let present = false;
    const memory = createFakeMemory({
      probe: () => (present ? { status: 'ok' } : { status: 'unsupported', message: 'No such thing here.' }),
    });
    const { clock, demand, samples } = open(() => [memory]);
    demand(['memory', 1_000]);
    await clock.advance(2_000);
    expect(samples.map(({ sections }) => sections.memory?.status)).toEqual(Array(3).fill('unsupported'));
    present = true;
    demand();
    demand(['memory', 1_000]);
    await clock.advance(3_000);
    expect(samples.at(-1)?.sections.memory?.status).toBe('ok');
  });

  it('turns what a collector throws into a section that says so, and reads on', async () => {
    let reads = 0;
    const memory = createFakeMemory();
    const { read } = memory;
    memory.read = (signal) => {
      if (reads++ === 1) throw new MonitorError('io', 'The file is gone.');
      return read(signal);
    };
    const { clock, demand, samples } = open(() => [memory]);
    demand(['memory', 1_000]);
    await clock.advance(2_000);
    expect(samples.map(({ sections }) => sections.memory?.status)).toEqual(['ok', 'failed', 'ok']);
    expect(samples[1]?.sections.memory).toMatchObject({ code: 'io', message: 'The file is gone.' });
  });

  it('promise: sleep, clock step: marks one discontinuity after the machine slept and makes up for no missed tick', async () => {
    const { clock, demand, samples } = open((clock) => [createFakeCpu(clock)]);
    demand(['cpu', 1_000]);
    await clock.advance(2_000);
    clock.suspend(3_600_000);
    await clock.advance(3_000);
    expect(samples.map(({ discontinuity }) => discontinuity)).toEqual([
      undefined,
      undefined,
      undefined,
      'slept',
      undefined,
      undefined,
    ]);
  });

  it('marks one discontinuity after the process was stopped', async () => {
    const { clock, demand, samples } = open((clock) => [createFakeCpu(clock)]);
    demand(['cpu', 1_000]);
    await clock.advance(2_000);
    clock.freeze(30_000);
    await clock.advance(2_000);
    expect(samples.slice(0, 3).map(({ discontinuity }) => discontinuity)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(samples.slice(3).map(({ discontinuity }) => discontinuity)).toEqual([
      'paused',
      undefined,
      undefined,
    ]);
  });

  it('tells a stepped clock from sleep by the time since boot', async () => {
    let uptimeMs = 0;
    const { clock, demand, samples } = open(
      (clock) => [createFakeCpu(clock)],
      () => clock.monotonic() + uptimeMs,
    );
    demand(['cpu', 1_000]);
    await clock.advance(1_000);
    clock.suspend(60_000);
    await clock.advance(1_000);
    clock.suspend(60_000);
    uptimeMs = 60_000;
    await clock.advance(1_000);
    clock.suspend(-60_000);
    await clock.advance(1_000);
    expect(samples.map(({ discontinuity }) => discontinuity)).toEqual([
      undefined,
      undefined,
      'clockStepped',
      'slept',
      'clockStepped',
    ]);
  });

  it('leaves no timer behind when its scope closes', async () => {
    const { clock, demand, scope } = open((clock) => [createFakeCpu(clock)]);
    demand(['cpu', 1_000]);
    await clock.advance(2_500);
    const report = await scope.close('test');
    expect(report.notStopped).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });
});
