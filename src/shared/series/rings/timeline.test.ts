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

  it('is laid once for a sleep, though a second subscription tells of it after the newest of the first', () => {
    const timeline = new Timeline();
    timeline.place({ wallMs: 10_000, monotonicMs: 500 });
    const slept = { wallMs: 70_000, monotonicMs: 1_500, discontinuity: 'slept' } as const;
    expect(timeline.place(slept)).toBe(70_000);
    expect(timeline.place({ wallMs: 130_000, monotonicMs: 61_500 })).toBe(130_000);
    expect(timeline.place(slept)).toBe(70_000);
    expect(timeline.place({ wallMs: 131_000, monotonicMs: 62_500 })).toBe(131_000);
  });

  it('does not move for a host that was stopped: both of its clocks went on', () => {
    const timeline = new Timeline();
    timeline.place({ wallMs: 10_000, monotonicMs: 500 });
    timeline.place({ wallMs: 80_000, monotonicMs: 70_500 });
    const paused = { wallMs: 40_000, monotonicMs: 30_500, discontinuity: 'paused' } as const;
    expect(timeline.place(paused)).toBe(40_000);
    expect(timeline.lastX).toBe(80_000);
  });
});
