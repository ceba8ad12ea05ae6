import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownCore, unknownCpu, unknownCpuCgroup, type CoreRaw, type CpuCgroup, type CpuRaw, type CpuTimes } from '../raw/cpu.ts'; // prettier-ignore
import type { Section } from '../sample.ts';
import { noCpuTimes as none } from '../no-cpu-times.ts';
import { deriveCpuRates, deriveCpuShares } from './cpu.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const core = (id: number, times: CpuTimes): CoreRaw => ({ ...unknownCore, id, times });
const cpu = (total: CpuTimes, cores: CoreRaw[] = [], more: Partial<CpuRaw> = {}): CpuRaw => ({
  ...unknownCpu,
  ticksPerSecond: 100,
  total,
  cores,
  ...more,
});
const group = (more: Partial<CpuCgroup>): CpuCgroup => ({
  ...unknownCpuCgroup,
  path: '/app',
  limitCores: 1.5,
  ...more,
});
const idle = { ...none, idle: 100 };
const fourCores = (times: CpuTimes): CoreRaw[] => [0, 1, 2, 3].map((id) => core(id, times));

describe('rates of the processor', () => {
  it('divides the time that passed among the states, guests counted once', () => {
    const shares = deriveCpuShares(none, { ...none, user: 30, nice: 10, system: 20, idle: 20, iowait: 10, irq: 2, softirq: 3, steal: 5, guest: 15 }); // prettier-ignore
    expect(shares).toEqual({ status: 'ok', used: 0.7, user: 0.4, system: 0.2, irq: 0.05, iowait: 0.1, steal: 0.05, idle: 0.2 }); // prettier-ignore
  });

  it('takes idle time that went slightly back for none, and other time that did for a reset', () => {
    const before = { ...none, idle: 100, iowait: 50, user: 10 };
    expect(deriveCpuShares(before, { ...before, iowait: 49, user: 20 })).toMatchObject({
      status: 'ok',
      user: 1,
    });
    expect(deriveCpuShares(before, { ...before, idle: 200, user: 9 })).toEqual({
      status: 'gap',
      reason: 'reset',
    });
  });

  it('gives a core that came online a gap of its own', () => {
    const busy = { ...none, user: 100 };
    const rates = figuresOf(deriveCpuRates(at(0, cpu(none, [core(0, none)])), at(1_000, cpu(busy, [core(0, busy), core(3, busy)])))); // prettier-ignore
    expect(rates.cores).toMatchObject([
      { id: 0, shares: { used: 1 } },
      { id: 3, shares: { reason: 'first' } },
    ]);
  });

  it('divides by the time between the readings, not by the interval asked for', () => {
    const [before, after] = [cpu(none, [], { contextSwitches: 100 }), cpu(idle, [], { contextSwitches: 350 })]; // prettier-ignore
    expect(figuresOf(deriveCpuRates(at(0, before), at(1_250, after))).contextSwitchesPerSecond).toBe(200);
  });

  it('has no rate of a counter that went back, beside rates of those that did not', () => {
    const before = cpu(none, [], { contextSwitches: 1_000, forks: 2 });
    const after = cpu(idle, [], { contextSwitches: 10, forks: 4, interrupts: 9 });
    expect(deriveCpuRates(at(0, before), at(1_000, after))).toMatchObject({ status: 'ok', contextSwitchesPerSecond: null, forksPerSecond: 2, interruptsPerSecond: null }); // prettier-ignore
  });

  it('tells the share of the time in which tasks waited for a core', () => {
    const before = cpu(none, [], { pressure: { someMicros: 5_000_000, fullMicros: null } });
    const after = cpu(idle, [], { pressure: { someMicros: 5_500_000, fullMicros: null } });
    expect(figuresOf(deriveCpuRates(at(0, before), at(2_000, after))).pressure).toEqual({ some: 0.25, full: null }); // prettier-ignore
    const anew = cpu({ ...none, idle: 200 }, [], { pressure: { someMicros: 3, fullMicros: null } });
    expect(figuresOf(deriveCpuRates(at(0, after), at(2_000, anew))).pressure).toEqual({ some: null, full: null }); // prettier-ignore
    expect(figuresOf(deriveCpuRates(at(0, cpu(none)), at(2_000, after))).pressure).toBeNull();
  });
});

describe('a host that a control group bounds', () => {
  const rate = (before: CpuCgroup | null, after: CpuCgroup | null) =>
    figuresOf(
      deriveCpuRates(
        at(0, cpu(none, fourCores(none), { cgroup: before })),
        at(10_000, cpu({ ...none, user: 100, idle: 300 }, fourCores(idle), { cgroup: after })),
      ),
    );

  it('has a share of what it may use beside that of the whole machine', () => {
    const before = group({ usageMicros: 1e6, periods: 100, throttledPeriods: 10 });
    const after = group({ usageMicros: 8.5e6, periods: 200, throttledPeriods: 60 });
    expect(rate(before, after)).toMatchObject({
      total: { used: 0.25 },
      usedOfAllowed: 0.5,
      allowedCores: 1.5,
      cgroup: { usedCores: 0.75, usedShare: 0.5, throttledShare: 0.5 },
    });
  });

  it('may use the machine where no group bounds it', () => {
    expect(rate(null, null)).toMatchObject({ usedOfAllowed: 0.25, allowedCores: 4, cgroup: null });
  });

  it('was not throttled where it asked for nothing', () => {
    const still = group({ usageMicros: 5, periods: 7, throttledPeriods: 7 });
    expect(rate(still, still).cgroup).toEqual({ usedCores: 0, usedShare: 0, throttledShare: 0 });
  });

  it('has no share where its group is new, another, began anew, or does not say', () => {
    const unknown = { usedCores: null, usedShare: null, throttledShare: null };
    const after = group({ usageMicros: 5, periods: 5, throttledPeriods: 5 });
    for (const before of [
      null,
      group({ path: '/other', usageMicros: 0, periods: 0, throttledPeriods: 0 }),
      group({ usageMicros: 9, periods: 9, throttledPeriods: 9 }),
      group({}),
    ]) {
      expect(rate(before, after)).toMatchObject({ usedOfAllowed: null, allowedCores: 1.5, cgroup: unknown });
    }
  });
});

describe('any sequence of readings of the processor', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    ticks: fc.array(fc.integer({ min: -3, max: 400 }), { minLength: 10, maxLength: 10 }),
    passed: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 8, maxLength: 8 }),
    cores: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 8 }),
    limitCores: fc.constantFrom(null, 0, 0.01, 1.5, 64),
    event: fc.constantFrom('none', 'none', 'none', 'none', 'reset', 'wrap', 'moved', 'unbound', 'silent', 'missing', 'slept' as const), // prettier-ignore
  });
  const wrap32 = 2 ** 32;

  it('gives no negative and no impossible figure, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let nowMs = 0;
        let times = { ...none, idle: 1_000, user: 500 };
        let counters = Array<number>(8).fill(wrap32 - 2 ** 30);
        let path = 0;
        let before: Section<CpuRaw> | undefined;
        for (const { ms, ticks, passed, cores, limitCores, event } of steps) {
          nowMs += ms;
          times = Object.fromEntries(Object.entries(times).map(([state, value], place) => [state, Math.max(0, value + ticks[place]!)])) as CpuTimes; // prettier-ignore
          counters = counters.map((value, place) => value + passed[place]!);
          if (event === 'reset') [times, counters] = [{ ...none }, Array<number>(8).fill(0)];
          if (event === 'wrap') counters = counters.map((value) => value % wrap32);
          if (event === 'moved') path++;
          const [contextSwitches, interrupts, forks, someMicros, fullMicros, usageMicros, periods, throttledPeriods] = counters as [number, number, number, number, number, number, number, number]; // prettier-ignore
          const told: Partial<CpuRaw> = {
            contextSwitches, interrupts, forks,
            pressure: { someMicros, fullMicros },
            cgroup: event === 'unbound' ? null : group({ path: `/${path}`, limitCores, usageMicros, periods, throttledPeriods }),
          }; // prettier-ignore
          const reading = cpu(times, cores.map((id) => core(id, times)), event === 'silent' ? {} : told); // prettier-ignore
          const after = event === 'missing' ? undefined : at(nowMs, reading);
          const discontinuity = event === 'slept' ? 'slept' : undefined;
          const rates = deriveCpuRates(before, after, discontinuity);
          if (discontinuity || !after) expect(rates.status).toBe('gap');
          checkFigures(rates);
          if (rates.status === 'ok') {
            const { user, system, irq, iowait, steal, idle } = rates.total;
            expect(user + system + irq + iowait + steal + idle).toBeCloseTo(1, 9);
            expect(rates.cores.map(({ id }) => id)).toEqual(cores);
            if (cores.length > 0) expect(rates.cgroup?.usedCores ?? 0).toBeLessThanOrEqual(cores.length);
          }
          before = after;
        }
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
