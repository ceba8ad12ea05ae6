import { describe, expect, it } from 'vitest';
import { CrashBudget } from './crash-budget.ts';

describe('CrashBudget', () => {
  it('gives up at the third crash within a minute', () => {
    const budget = new CrashBudget();
    expect([0, 1_000, 59_999].map((atMs) => budget.note(atMs))).toEqual(['reload', 'reload', 'giveUp']);
  });

  it('goes on bringing back a page that crashes seldom', () => {
    const budget = new CrashBudget();
    const times = Array.from({ length: 50 }, (_, index) => index * 30_001);
    expect(times.map((atMs) => budget.note(atMs))).toEqual(times.map(() => 'reload'));
  });

  it('begins anew when it is reset', () => {
    const budget = new CrashBudget();
    for (const atMs of [0, 1, 2]) budget.note(atMs);
    budget.reset();
    expect(budget.note(3)).toBe('reload');
  });
});
