import { describe, expect, it } from 'vitest';
import { deedRequest, grantedDeeds, parseNice } from './process-actions.ts';

describe('grantedDeeds', () => {
  it('offers nothing to who may only look', () => {
    expect(grantedDeeds([], false)).toEqual([]);
    expect(grantedDeeds(['process.inspect'], false)).toEqual([]);
  });

  it('offers to stop what runs and to continue what is stopped', () => {
    const granted = ['process.signal', 'process.renice'];
    expect(grantedDeeds(granted, false)).toEqual(['end', 'kill', 'stop', 'renice']);
    expect(grantedDeeds(granted, true)).toEqual(['end', 'kill', 'continue', 'renice']);
    expect(grantedDeeds(['process.renice'], true)).toEqual(['renice']);
  });
});

describe('deedRequest', () => {
  it('always carries the start time beside the number', () => {
    const identity = { pid: 7, startTicks: 70 };
    expect(deedRequest('kill', identity, 0)).toEqual({
      method: 'process.signal',
      params: { pid: 7, startTicks: 70, action: 'kill' },
    });
    expect(deedRequest('renice', identity, -5)).toEqual({
      method: 'process.renice',
      params: { pid: 7, startTicks: 70, nice: -5 },
    });
  });
});

describe('parseNice', () => {
  it('takes whole numbers from −20 to 19 and nothing else', () => {
    expect(['-20', '−5', ' 0 ', '19'].map(parseNice)).toEqual([-20, -5, 0, 19]);
    for (const text of ['', ' ', '20', '-21', '1.5', 'x', '1e1000']) expect(parseNice(text), text).toBe(null);
  });
});
