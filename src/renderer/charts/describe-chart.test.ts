import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeChart, summarize } from './describe-chart.ts';

const line = (ys: readonly number[]): { x: number; y: number }[] => ys.map((y, at) => ({ x: at * 1_000, y }));

describe('summarize', () => {
  it('tells the newest, the least, the greatest and where it goes', () => {
    expect(summarize(line([1, 2, NaN, 4, 5]))).toEqual({ current: 5, least: 1, most: 5, trend: 'rising' });
    expect(summarize(line([5, 4, 3, 1]))).toMatchObject({ current: 1, trend: 'falling' });
    expect(summarize(line([0.5, 0.51, 0.49, 0.5]))).toMatchObject({ trend: 'steady' });
    expect(summarize(line([0, 0, 0]))).toMatchObject({ current: 0, trend: 'steady' });
    expect(summarize(line([NaN]))).toBeNull();
  });

  it('calls a line that is turned around the other way', () => {
    const turned = { rising: 'falling', falling: 'rising', steady: 'steady' };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 50 }), (ys) => {
        const forth = summarize(line(ys))!.trend;
        expect(summarize(line([...ys].reverse()))!.trend).toBe(turned[forth]);
      }),
    );
  });

  it('is not fooled by one peak in a line that is steady', () => {
    const ys = Array.from({ length: 60 }, () => 10);
    ys[30] = 100;
    expect(summarize(line(ys))).toMatchObject({ most: 100, trend: 'steady' });
  });
});

describe('describeChart', () => {
  const readings = [
    { x: 0, values: [0.1, NaN] },
    { x: 60_000, values: [0.4, NaN] },
  ];
  const range = { fromX: 0, toX: 60_000 };
  const format = (value: number): string => `${value * 100} %`;

  it('says it in a sentence a line', () => {
    expect(describeChart({ labels: ['User', 'Steal'], readings, range, isLive: true, format })).toBe(
      'The last 1 min. User: now 40 %, least 10 %, most 40 %, rising. Steal: nothing known.',
    );
  });

  it('does not say now of what stands still', () => {
    const words = describeChart({ labels: ['User'], readings, range, isLive: false, format });
    expect(words).toMatch(/^From .+ to .+\. User: last 40 %, least 10 %/);
  });

  it('tells of many lines the eight that are greatest now', () => {
    const labels = Array.from({ length: 20 }, (_, at) => `Core ${at}`);
    const many = [{ x: 0, values: labels.map((_, at) => at / 100) }];
    const words = describeChart({ labels, readings: many, range, isLive: true, format });
    expect(words).toContain('Core 19: now 19 %');
    expect(words).not.toContain('Core 11:');
    expect(words).toContain('And 12 more lines.');
  });
});
