import { describe, expect, it } from 'vitest';
import { chooseTimeTicks, formatAgo } from './time-ticks.ts';

const toX = Date.UTC(2026, 0, 6, 12, 0, 0);
const labels = (windowMs: number, widthPx: number): string[] =>
  chooseTimeTicks({ range: { fromX: toX - windowMs, toX }, widthPx, isLive: true }).map(({ label }) => label);

describe('chooseTimeTicks', () => {
  it('says how long ago in round steps that fit, the newest at the right', () => {
    expect(labels(60_000, 436)).toEqual(['1 min', '45 s', '30 s', '15 s', 'now']);
    expect(labels(300_000, 436)).toEqual(['5 min', '4 min', '3 min', '2 min', '1 min', 'now']);
    expect(labels(900_000, 436)).toEqual(['15 min', '10 min', '5 min', 'now']);
    expect(labels(3_600_000, 436)).toEqual(['1 h', '45 min', '30 min', '15 min', 'now']);
    expect(labels(3_600_000, 1_000)).toEqual([
      '1 h', '50 min', '40 min', '30 min', '20 min', '10 min', 'now',
    ]); // prettier-ignore
  });

  it('says what the clock said where it stands still, at whole steps, and nothing where a label would be cut', () => {
    const range = { fromX: toX - 65_000, toX: toX - 5_000 };
    const ticks = chooseTimeTicks({ range, widthPx: 500, isLive: false });
    expect(ticks.map(({ value }) => (toX - value) / 1_000)).toEqual([60, 45, 30, 15]);
    for (const { value, label } of ticks.slice(1)) {
      expect(label).toContain(new Date(value).getSeconds().toString().padStart(2, '0'));
    }
    const atEdge = chooseTimeTicks({ range: { fromX: toX, toX: toX + 60_000 }, widthPx: 500, isLive: false });
    expect(atEdge.at(0)?.label).toBe('');
    expect(atEdge.at(-1)?.label).toBe('');
  });

  it('leaves seconds away where lines are minutes apart', () => {
    const range = { fromX: toX - 3_600_000, toX };
    const ticks = chooseTimeTicks({ range, widthPx: 500, isLive: false }).filter(({ label }) => label !== '');
    expect(ticks.length).toBeGreaterThan(2);
    for (const { label } of ticks) expect(label.match(/\d+/g)).toHaveLength(2);
  });

  it('has none where there is no room or no time', () => {
    expect(chooseTimeTicks({ range: { fromX: 0, toX: 0 }, widthPx: 100, isLive: true })).toEqual([]);
    expect(chooseTimeTicks({ range: { fromX: 0, toX: 1 }, widthPx: 0, isLive: true })).toEqual([]);
  });
});

it('counts in hours, minutes and seconds, two of them at most', () => {
  expect([0.4, 15, 90, 600, 3_600, 5_025].map(formatAgo)).toEqual([
    'now', '15 s', '1 min 30 s', '10 min', '1 h', '1 h 23 min',
  ]); // prettier-ignore
});
