import { describe, expect, it } from 'vitest';
import { UnseenSpans } from './unseen-spans.ts';

describe('UnseenSpans', () => {
  it('keeps where the machine slept, for as long as it is on the axis', () => {
    const spans = new UnseenSpans();
    spans.note(10_000, 70_000, 'slept');
    expect(spans.since(60_000)).toEqual([{ fromX: 10_000, toX: 70_000, reason: 'slept' }]);
    expect(spans.since(70_000)).toEqual([]);
  });

  it('takes the time between two readings for none, though a later subscription tells of the same sleep', () => {
    const spans = new UnseenSpans();
    expect(spans.note(10_000, 70_000, 'slept')).toBe(true);
    expect(spans.note(70_000, 71_000, 'slept')).toBe(false);
    spans.note(70_000, 71_000, 'paused');
    spans.note(-Infinity, Number.NaN, 'slept');
    expect(spans.since(0)).toHaveLength(1);
  });

  it('has no span for a clock that was set: no time passed', () => {
    const spans = new UnseenSpans();
    spans.note(10_000, 3_610_000, 'clockStepped');
    expect(spans.since(0)).toEqual([]);
  });

  it('has one span for topics that lost the same', () => {
    const spans = new UnseenSpans();
    for (let topic = 0; topic < 4; topic++) spans.note(10_000, 20_000, 'lost');
    spans.note(8_000, 23_000, 'lost');
    expect(spans.since(0)).toHaveLength(2);
  });

  it('keeps a bounded number of them', () => {
    const spans = new UnseenSpans();
    for (let night = 0; night < 400; night++) spans.note(night * 1e6, night * 1e6 + 5e5, 'slept');
    expect(spans.since(0)).toHaveLength(256);
    expect(spans.since(0).at(-1)?.fromX).toBe(399e6);
  });
});
