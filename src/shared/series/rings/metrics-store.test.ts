import { describe, expect, it } from 'vitest';
import { unknownCore, type CpuRaw } from '../raw/cpu.ts';
import type { Sample, Section } from '../sample.ts';
import { noCpuTimes } from '../no-cpu-times.ts';
import { freshRates } from '../topic-state.ts';
import { MetricsStore } from './metrics-store.ts';
import { columns } from './ring-set.ts';

function cpu(user: number, idle: number, readMs: number): Section<CpuRaw> {
  const times = { ...noCpuTimes, user, idle };
  const data: CpuRaw = {
    ticksPerSecond: 100,
    total: times,
    cores: [{ ...unknownCore, id: 0, times }],
    load: { one: 1, five: 2, fifteen: 3 },
    runnable: null,
    blocked: null,
    contextSwitches: null,
    interrupts: null,
    forks: null,
    pressure: null,
    cgroup: null,
  };
  return { status: 'ok', readMs, data };
}

function sample(seq: number, section: Section<CpuRaw>, discontinuity?: Sample['discontinuity']): Sample {
  return {
    seq,
    wallMs: 5_000 + seq * 1_000,
    monotonicMs: seq * 1_000,
    discontinuity,
    sections: { cpu: section },
  };
}

describe('MetricsStore', () => {
  it('has a gap at the first reading and a share from the second', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    expect(store.topic('cpu').rates).toEqual({ status: 'gap', reason: 'first' });
    store.apply(sample(2, cpu(25, 75, 1_000)));
    const ring = store.ring('cpu')!;
    expect(ring.length).toBe(2);
    expect(ring.value(0, columns.cpu.used)).toBeNaN();
    expect(ring.value(1, columns.cpu.used)).toBeCloseTo(0.25);
    expect(store.ring('core/0')?.value(0, columns.core.used)).toBeCloseTo(0.25);
    expect(store.seq).toBe(2);
    expect(store.nowX).toBe(7_000);
  });

  it('keeps what it knew through a late reading and takes the rate across it', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, { status: 'late', message: 'No answer.' }));
    expect(store.topic('cpu')).toMatchObject({ status: 'late', message: 'No answer.' });
    expect(store.topic('cpu').data).not.toBeNull();
    store.apply(sample(3, cpu(50, 50, 2_000)));
    expect(store.topic('cpu').rates).toMatchObject({ status: 'ok', total: { used: 0.5 } });
  });

  it('draws a seam and takes no rate across it', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, cpu(25, 75, 1_000)));
    store.breakSeries('restarted');
    store.apply(sample(1, cpu(900, 100, 2_000)));
    expect(store.topic('cpu').rates?.status).toBe('gap');
    const ring = store.ring('cpu')!;
    expect(ring.value(ring.length - 1, columns.cpu.used)).toBeNaN();
    expect(store.seq).toBe(1);
  });

  it('takes a reading once, though a snapshot brings it again', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, cpu(25, 75, 1_000)));
    store.apply(sample(3, cpu(25, 75, 1_000)));
    expect(store.topic('cpu').rates?.status).toBe('ok');
    expect(store.ring('cpu')?.length).toBe(2);
    expect(store.seq).toBe(3);
  });

  it('says which topics changed', () => {
    const heard: string[] = [];
    const store = new MetricsStore((topics) => heard.push(...topics));
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply({ seq: 2, wallMs: 7_000, monotonicMs: 2_000, sections: {} });
    expect(heard).toEqual(['cpu']);
  });

  it('keeps the last rates with the reading they belong to, and draws a gap meanwhile', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, cpu(25, 75, 1_000)));
    store.apply(sample(3, { status: 'late', message: 'No answer.' }));
    const state = store.topic('cpu');
    expect(state).toMatchObject({ status: 'late', rates: { status: 'ok', total: { used: 0.25 } } });
    expect(freshRates(state)).toBeNull();
    expect(store.ring('cpu')!.value(2, columns.cpu.used)).toBeNaN();
  });

  it('tells how old the last reading is, why, and what to do', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, { status: 'failed', code: 'EIO', message: 'No.' }));
    store.apply(sample(5, { status: 'needsPermission', message: 'Not for you.', remedy: 'sudo it' }));
    expect(store.topic('cpu')).toMatchObject({ truth: 'needsPermission', remedy: 'sudo it', ageMs: 4_000 });
    store.apply(sample(6, { status: 'failed', code: 'EIO', message: 'No.' }));
    expect(store.topic('cpu')).toMatchObject({ truth: 'failed', code: 'EIO', remedy: null, ageMs: 5_000 });
    store.apply(sample(7, cpu(25, 75, 6_000)));
    expect(store.topic('cpu')).toMatchObject({ truth: 'ok', ageMs: 0, message: null });
  });

  it('names a counter that was reset, and a sleep, which leaves a span that nobody saw', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(500, 500, 0)));
    store.apply(sample(2, cpu(10, 20, 1_000)));
    expect(store.topic('cpu').truth).toBe('counterReset');
    store.apply({ ...sample(3, cpu(20, 40, 2_000), 'slept'), wallMs: 90_000 });
    expect(store.topic('cpu').truth).toBe('slept');
    expect(store.unseenSince(0)).toEqual([{ fromX: 7_000, toX: 90_000, reason: 'slept' }]);
    // No line through the sleep, not of gauges either.
    const load = store.ring('load')!;
    expect([load.value(1, 0), load.value(2, 0), load.value(3, 0)]).toEqual([1, Number.NaN, 1]);
  });

  it('leaves a span where samples were lost, only for the topics that lost them, and takes the rate across it', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.apply(sample(2, cpu(25, 75, 1_000)));
    store.breakSeries('lost', ['memory']);
    store.apply(sample(3, cpu(50, 150, 2_000)));
    expect(store.ring('cpu')!.length).toBe(3);
    store.breakSeries('lost', ['cpu', 'memory']);
    store.apply(sample(43, cpu(2_050, 2_150, 42_000)));
    expect(store.unseenSince(0, store.ring('cpu'))).toEqual([{ fromX: 8_000, toX: 48_000, reason: 'lost' }]);
    expect(store.topic('cpu').rates).toMatchObject({ status: 'ok', total: { used: 0.5 } });
    expect(store.ring('cpu')!.value(3, columns.cpu.used)).toBeNaN();
    expect(store.ring('cpu')!.value(4, columns.cpu.used)).toBeCloseTo(0.5);
  });

  it('draws what a viewer missed and gets on its return at its own time, with no seam', () => {
    const store = new MetricsStore(() => undefined);
    for (let seq = 1; seq <= 3; seq++) store.apply(sample(seq, cpu(seq * 25, seq * 75, seq * 1_000)));
    // A minute later, all at once.
    for (let seq = 4; seq <= 63; seq++) store.apply(sample(seq, cpu(seq * 25, seq * 75, seq * 1_000)));
    const ring = store.ring('cpu')!;
    expect(ring.length).toBe(63);
    for (let row = 1; row < 63; row++) {
      expect([ring.x(row) - ring.x(row - 1), ring.value(row, columns.cpu.used)]).toEqual([1_000, 0.25]);
    }
    expect(store.unseenSince(0)).toEqual([]);
  });

  it('names the time of a restart and of a page that nobody watched', () => {
    const store = new MetricsStore(() => undefined);
    store.apply(sample(1, cpu(0, 0, 0)));
    store.breakSeries('paused');
    store.apply(sample(11, cpu(25, 75, 10_000)));
    store.breakSeries('restarted');
    store.apply({ ...sample(1, cpu(50, 150, 1_000)), wallMs: 30_000, monotonicMs: 700 });
    expect(store.unseenSince(0)).toEqual([
      { fromX: 6_000, toX: 16_000, reason: 'unwatched' },
      { fromX: 16_000, toX: 30_000, reason: 'restarted' },
    ]);
    expect(store.topic('cpu').rates?.status).toBe('gap');
  });

  it('forgets what nobody asks for any more, with its series', () => {
    const heard: string[] = [];
    const store = new MetricsStore((topics) => heard.push(...topics));
    store.apply(sample(1, cpu(0, 0, 0)));
    store.keepOnly(new Set(['cpu']));
    expect(store.ring('cpu')).toBeDefined();
    store.keepOnly(new Set(['memory']));
    expect(store.topic('cpu').status).toBe('loading');
    expect(store.ring('cpu')).toBeUndefined();
    expect(store.ring('core/0')).toBeUndefined();
    expect(heard).toEqual(['cpu', 'cpu']);
  });
});
