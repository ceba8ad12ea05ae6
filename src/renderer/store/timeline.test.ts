import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

describe('Timeline', () => {
  it('follows the monotonic clock while the wall clock is stepped unnoticed', () => {
    const timeline = new Timeline();
    expect(timeline.place({ wallMs: 10_000, monotonicMs: 500 })).toBe(10_000);
    expect(timeline.place({ wallMs: 3_000, monotonicMs: 1_500 })).toBe(11_000);
  });

  it('jumps ahead after sleep, by the time slept', () => {
    const timeline = new Timeline();
    timeline.place({ wallMs: 10_000, monotonicMs: 500 });
    expect(timeline.place({ wallMs: 70_000, monotonicMs: 1_500, discontinuity: 'slept' })).toBe(70_000);
  });

  it('never goes back, not for a clock set back and not for a host that began anew', () => {
    const timeline = new Timeline();
    timeline.place({ wallMs: 10_000, monotonicMs: 9_000 });
    const stepped = timeline.place({ wallMs: 2_000, monotonicMs: 9_500, discontinuity: 'clockStepped' });
    expect(stepped).toBeGreaterThan(10_000);
    timeline.relay();
    expect(timeline.place({ wallMs: 2_500, monotonicMs: 10 })).toBeGreaterThan(stepped);
  });
});
