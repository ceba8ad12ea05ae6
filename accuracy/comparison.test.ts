import { describe, expect, it } from 'vitest';
import { formatTable, judge, limits, rate, type Comparison } from './comparison.ts';

const base: Comparison = {
  load: 'quiet',
  tool: 'mpstat',
  figure: 'cpu all used',
  unit: '%',
  theirs: 0.5,
  ours: 0.5,
  limit: limits.share,
};

describe('two figures of one thing', () => {
  it('agree as shares within one percentage point, and not beyond', () => {
    expect(judge({ ...base, ours: 0.509 })).toEqual({ agrees: true, apart: '0.90 pp' });
    expect(judge({ ...base, ours: 0.511 }).agrees).toBe(false);
  });

  it('agree as rates within 2 % of what the tool says, and not beyond', () => {
    expect(judge({ ...base, theirs: 100, ours: 101.9, limit: rate(0.01) }).agrees).toBe(true);
    expect(judge({ ...base, theirs: 100, ours: 102.1, limit: rate(0.01) }).agrees).toBe(false);
    expect(judge({ ...base, theirs: 0, ours: 5, limit: rate(0.01) }).agrees).toBe(false);
  });

  it('agree as rates where the tool’s print cannot tell them apart', () => {
    expect(judge({ ...base, theirs: 0, ours: 0.004, limit: rate(0.01) })).toEqual({ agrees: true, apart: 'rounding' }); // prettier-ignore
  });

  it('agree as sizes only where they are equal', () => {
    expect(judge({ ...base, theirs: 4096, ours: 4096, limit: limits.size }).agrees).toBe(true);
    expect(judge({ ...base, theirs: 4096, ours: 4097, limit: limits.size }).agrees).toBe(false);
  });

  it('do not agree where one is not known', () => {
    expect(judge({ ...base, ours: null })).toEqual({ agrees: false, apart: 'unknown' });
    expect(judge({ ...base, ours: NaN, limit: rate(1) }).agrees).toBe(false);
  });
});

it('the table marks what differs', () => {
  const lines = formatTable([base, { ...base, figure: 'cpu 1 used', ours: 0.9 }]).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).not.toContain('DIFFERS');
  expect(lines[2]).toMatch(/^DIFFERS .* 50\.00 .* 90\.00 .* 40\.00 pp$/);
});
