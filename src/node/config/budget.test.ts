import { describe, expect, it } from 'vitest';
import { deriveBudgetSettings } from './budget.ts';

const none = { cpuShare: null, memoryBytes: null, forksPerSecond: null, onBattery: null };

describe('the budget in force', () => {
  it('is 2 % of a core where nothing is said, and what is said where it is', () => {
    expect(deriveBudgetSettings(undefined, 32)).toEqual({ ...none, cpuShare: 0.02 });
    expect(deriveBudgetSettings({ memoryBytes: 1e8 }, 32)).toEqual({
      ...none,
      cpuShare: 0.02,
      memoryBytes: 1e8,
    });
    expect(deriveBudgetSettings({ cpuShare: null }, 32)).toEqual(none);
    expect(deriveBudgetSettings({ onBattery: { cpuShare: 0.005, memoryBytes: undefined } }, 32)).toEqual({
      ...none,
      cpuShare: 0.02,
      onBattery: { cpuShare: 0.005 },
    });
  });

  it('is only what is said where more clients are let in than by default', () => {
    expect(deriveBudgetSettings(undefined, 5_000)).toEqual(none);
    expect(deriveBudgetSettings({ cpuShare: 0.5 }, 5_000)).toEqual({ ...none, cpuShare: 0.5 });
  });
});
