import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Topic } from '../shared/series/raw.ts';
import { CostGovernor, deriveBudget, type BudgetSettings } from './cost-governor.ts';

const none: BudgetSettings = { cpuShare: null, memoryBytes: null, forksPerSecond: null, onBattery: null };

function open(budget: Partial<BudgetSettings>, wanted: Topic[] = ['process', 'cpu'], warmUpMs = 0) {
  const clock = new FakeClock();
  const use = { cpuMs: 0, residentBytes: 1e6, forks: 0 };
  const world = { onBattery: false, share: 0, asked: 0 };
  const applied: Record<string, number>[] = [];
  const governor = new CostGovernor({
    clock,
    warmUpMs,
    budget: { ...none, ...budget },
    ownUse: { governed: () => (world.asked++, { ...use }), onBattery: () => world.onBattery },
    wanted: () => wanted,
    apply: (stretch) => applied.push(Object.fromEntries(stretch)),
  });
  /** A sample each second, during which this share of a core is used. */
  const run = async (seconds: number, share: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await clock.advance(1_000);
      use.cpuMs += share * 1_000;
      governor.observe();
    }
  };
  return { clock, governor, applied, world, use, run };
}

describe('the governor of the monitor’s own cost', () => {
  it('slows the least valuable first while the cost is over the budget, and brings it back afterwards', async () => {
    const { governor, applied, run } = open({ cpuShare: 0.02 });
    await run(10, 0.01);
    expect(governor.status()).toMatchObject({ level: 0, over: [], slowedTopics: [] });
    await run(7, 0.05);
    expect(governor.status()).toMatchObject({ level: 1, over: ['cpu'], slowedTopics: ['process'] });
    await run(40, 0.001);
    expect(governor.status()).toMatchObject({ level: 0, over: [], slowedTopics: [] });
    expect(applied).toEqual([{ process: 2 }, {}]);
  });

  it('does not take what a start costs for what the host costs', async () => {
    const { applied, run } = open({ cpuShare: 0.02 }, ['process', 'cpu'], 10_000);
    await run(10, 0.5);
    await run(60, 0.001);
    expect(applied).toEqual([]);
    await run(20, 0.5);
    expect(applied[0]).toEqual({ process: 2 });
  });

  it('reads the cost every three seconds at most, and not at all where nothing is limited', async () => {
    const limited = open({ cpuShare: 0.02 });
    await limited.run(31, 0.01);
    expect(limited.world.asked).toBe(11);
    const free = open({});
    await free.run(31, 0.5);
    expect(free.world.asked).toBe(0);
  });

  it('holds to the other budget on the battery, and to the first again on mains', async () => {
    const { governor, world, run } = open({ cpuShare: 0.1, onBattery: { cpuShare: 0.01 } });
    await run(10, 0.03);
    expect(governor.status()).toMatchObject({ level: 0, budget: { cpuShare: 0.1 }, onBattery: false });
    world.onBattery = true;
    await run(10, 0.03);
    expect(governor.status()).toMatchObject({ level: 1, budget: { cpuShare: 0.01 }, onBattery: true });
    world.onBattery = false;
    await run(30, 0.03);
    expect(governor.status()).toMatchObject({ level: 0, budget: { cpuShare: 0.1 } });
  });

  it('begins anew for whoever watches next, and takes no reading over the time when nobody did', async () => {
    const { clock, governor, use, applied, run } = open({ cpuShare: 0.02 });
    await run(20, 0.1);
    expect(governor.status().level).toBeGreaterThan(0);
    governor.rest();
    expect(governor.status()).toMatchObject({ level: 0, slowedTopics: [] });
    expect(applied.at(-1)).toEqual({});
    use.cpuMs += 1e6;
    await clock.advance(3_600_000);
    await run(4, 0.001);
    expect(governor.status()).toMatchObject({ level: 0, over: [] });
  });

  it('takes the forks and the memory of helpers into account', async () => {
    const { governor, use, run } = open({ forksPerSecond: 0, memoryBytes: 50e6 });
    use.residentBytes = 60e6;
    for (let second = 0; second < 8; second++) {
      use.forks += 2;
      await run(1, 0);
    }
    expect(governor.status()).toMatchObject({ level: 1, over: ['memory', 'forks'] });
  });

  it('keeps what is not said for the battery as it is on mains', () => {
    const budget = { ...none, cpuShare: 0.02, memoryBytes: 1e8, onBattery: { cpuShare: 0.005 } };
    expect(deriveBudget(budget, true)).toEqual({ cpuShare: 0.005, memoryBytes: 1e8, forksPerSecond: null });
    expect(deriveBudget(budget, false)).toEqual({ cpuShare: 0.02, memoryBytes: 1e8, forksPerSecond: null });
  });
});
