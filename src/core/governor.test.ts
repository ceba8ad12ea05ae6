import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topics, type Topic } from '../shared/series/raw.ts';
import type { Budget } from '../shared/series/raw/cost.ts';
import {
  climbAfter,
  decide,
  deriveHighestLevel,
  deriveStretch,
  deriveStretched,
  initialGovernorState,
  isLimiting,
  leastValuableFirst,
  releaseAfter,
  type GovernorState,
  type MeasuredCost,
} from './governor.ts';

const budget: Budget = { cpuShare: 0.02, memoryBytes: null, forksPerSecond: null };
const cpu = (cpuShare: number): MeasuredCost => ({ cpuShare, memoryBytes: 5e7, forksPerSecond: 0 });
const highest = deriveHighestLevel(topics);

function follow(
  costs: readonly MeasuredCost[],
  start = initialGovernorState,
  held = budget,
): GovernorState[] {
  const states: GovernorState[] = [];
  let state = start;
  for (const cost of costs) states.push((state = decide(state, cost, held, highest)));
  return states;
}
const levels = (states: readonly GovernorState[]): number[] => states.map(({ level }) => level);

describe('the order of what is held back', () => {
  it('has every topic once, the processor and memory last', () => {
    const listed = leastValuableFirst.flat();
    expect([...listed].sort()).toEqual([...topics].sort());
    expect(leastValuableFirst.at(-1)).toEqual(expect.arrayContaining(['cpu', 'memory']));
  });

  it('doubles one tier more with each level, and those before it once more, up to eight times', () => {
    expect([...deriveStretch(0, topics)]).toEqual([]);
    expect(Object.fromEntries(deriveStretch(1, topics))).toEqual({ gpu: 2, container: 2 });
    expect(Object.fromEntries(deriveStretch(2, topics))).toEqual({
      gpu: 4,
      container: 4,
      service: 2,
      socket: 2,
    });
    const most = deriveStretch(highest, topics);
    expect([...most.keys()].sort()).toEqual([...topics].sort());
    expect(new Set(most.values())).toEqual(new Set([8]));
    expect(deriveStretch(highest + 5, topics)).toEqual(most);
  });

  it('wastes no level on what nobody wants', () => {
    const wanted: Topic[] = ['cpu', 'process'];
    expect(Object.fromEntries(deriveStretch(1, wanted))).toEqual({ process: 2 });
    expect(Object.fromEntries(deriveStretch(2, wanted))).toEqual({ process: 4, cpu: 2 });
    expect(deriveHighestLevel(wanted)).toBe(4);
    expect(deriveHighestLevel([])).toBe(0);
  });

  it('stretches no interval past a minute by itself, and shortens none', () => {
    expect([1_000, 30_000, 60_000, 3_600_000].map((intervalMs) => deriveStretched(intervalMs, 8))).toEqual([
      8_000, 60_000, 60_000, 3_600_000,
    ]);
  });
});

describe('the governor’s decision', () => {
  it('holds nothing back within the budget, and not for one reading over it', () => {
    expect(levels(follow([0.01, 0.02, 0.5, 0.01, 0.5, 0.01].map(cpu)))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('climbs a level after two readings over the budget, and says what is over', () => {
    const states = follow([0.03, 0.03, 0.03, 0.03, 0.03].map(cpu));
    expect(levels(states)).toEqual([0, 1, 1, 2, 2]);
    expect(states.at(-1)?.over).toEqual(['cpu']);
  });

  it('stays where the cost is under the budget but leaves no room for a step back', () => {
    const states = follow([0.03, 0.03, ...Array<number>(50).fill(0.015)].map(cpu));
    expect(states.at(-1)).toMatchObject({ level: 1, over: [] });
  });

  it('comes back one step at a time where there is room', () => {
    const climbed = follow(Array<number>(6).fill(0.05).map(cpu)).at(-1)!;
    expect(climbed.level).toBe(3);
    expect(levels(follow(Array<number>(12).fill(0.005).map(cpu), climbed))).toEqual([
      3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0,
    ]);
  });

  it('climbs no further than holds back more', () => {
    expect(follow(Array<number>(100).fill(1).map(cpu)).at(-1)?.level).toBe(highest);
  });

  it('holds memory and forks to the budget too, and is silent about what is not known', () => {
    const all: Budget = { cpuShare: null, memoryBytes: 100e6, forksPerSecond: 0 };
    const measured = { cpuShare: 3, memoryBytes: 150e6, forksPerSecond: 2 };
    expect(follow([measured, measured], undefined, all).at(-1)).toMatchObject({
      level: 1,
      over: ['memory', 'forks'],
    });
    const unknown = { cpuShare: 3, memoryBytes: null, forksPerSecond: 0 };
    expect(follow([unknown, unknown], undefined, all).at(-1)).toMatchObject({ level: 0, over: [] });
    expect(isLimiting(all)).toBe(true);
    expect(isLimiting({ cpuShare: null, memoryBytes: null, forksPerSecond: null })).toBe(false);
  });

  it('is twice as patient after each step back that proved too early, and forgets it after one that held', () => {
    const over = Array<MeasuredCost>(climbAfter).fill(cpu(0.03));
    const room = (count: number): MeasuredCost[] => Array<MeasuredCost>(count).fill(cpu(0.001));
    let state = follow(over).at(-1)!;
    state = follow([...room(releaseAfter), ...over], state).at(-1)!;
    expect(state).toMatchObject({ level: 1, patience: 2 * releaseAfter });
    expect(follow(room(2 * releaseAfter - 1), state).at(-1)?.level).toBe(1);
    state = follow(room(2 * releaseAfter), state).at(-1)!;
    expect(state.level).toBe(0);
    expect(follow(room(2 * releaseAfter + 1), state).at(-1)?.patience).toBe(releaseAfter);
  });
});

describe('whatever the costs are', () => {
  const anyCost = fc.record({
    cpuShare: fc.double({ min: 0, max: 0.2, noNaN: true }),
    memoryBytes: fc.option(fc.nat(2e8)),
    forksPerSecond: fc.double({ min: 0, max: 3, noNaN: true }),
  });
  const anyBudget = fc.record({
    cpuShare: fc.option(fc.double({ min: 0.001, max: 0.1, noNaN: true })),
    memoryBytes: fc.option(fc.integer({ min: 1e6, max: 2e8 })),
    forksPerSecond: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
  });

  it('moves one level at a time, stays in range, and never turns round sooner than the readings that it takes', () => {
    fc.assert(
      fc.property(fc.array(anyCost, { maxLength: 200 }), anyBudget, (costs, held) => {
        const states = follow(costs, initialGovernorState, held);
        let lastMove: { at: number; by: number } | null = null;
        let level = 0;
        for (const [at, state] of states.entries()) {
          const by = state.level - level;
          level = state.level;
          expect(Math.abs(by)).toBeLessThanOrEqual(1);
          expect(level).toBeGreaterThanOrEqual(0);
          expect(level).toBeLessThanOrEqual(highest);
          if (by === 0) continue;
          if (lastMove) expect(at - lastMove.at).toBeGreaterThanOrEqual(by > 0 ? climbAfter : releaseAfter);
          lastMove = { at, by };
        }
      }),
      { numRuns: 500 },
    );
  });

  it('settles for good where each topic costs the same at each reading', () => {
    const costs = fc.dictionary(fc.constantFrom(...topics), fc.double({ min: 0, max: 0.05, noNaN: true }), {
      minKeys: 1,
    });
    const base = fc.double({ min: 0, max: 0.03, noNaN: true });
    fc.assert(
      fc.property(costs, base, (costOf, fixed) => {
        const wanted = Object.keys(costOf) as Topic[];
        const measure = (level: number): MeasuredCost => {
          const stretch = deriveStretch(level, wanted);
          const sampling = wanted.reduce((sum, topic) => sum + costOf[topic]! / (stretch.get(topic) ?? 1), 0);
          return cpu(fixed + sampling);
        };
        let state = initialGovernorState;
        const seen: number[] = [];
        for (let reading = 0; reading < 300; reading++) {
          state = decide(state, measure(state.level), budget, deriveHighestLevel(wanted));
          seen.push(state.level);
        }
        // It climbs as far as it must and stays: under the budget, or where nothing more can be held back.
        expect(new Set(seen.slice(100)).size).toBe(1);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
        const settled = measure(state.level).cpuShare;
        expect(settled <= budget.cpuShare! || state.level === deriveHighestLevel(wanted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('comes all the way back within a bounded time once the cost has gone', () => {
    fc.assert(
      fc.property(fc.array(anyCost, { minLength: 1, maxLength: 100 }), (costs) => {
        const state = follow(costs).at(-1)!;
        const quiet = Array<MeasuredCost>(64 * (highest + 1)).fill(cpu(0));
        expect(follow(quiet, state).at(-1)?.level).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
