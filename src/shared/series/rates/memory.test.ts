import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownMemory, type MemoryRaw } from '../raw/memory.ts';
import type { Section } from '../sample.ts';
import { deriveMemoryRates } from './memory.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const memory = (more: Partial<MemoryRaw>): MemoryRaw => ({ ...unknownMemory, totalBytes: 1, freeBytes: 1, availableBytes: 1, buffersBytes: 0, cachedBytes: 0, swapTotalBytes: 0, swapFreeBytes: 0, ...more }); // prettier-ignore

describe('gaps', () => {
  const first = at(1_000, memory({ swapInPages: 5 }));

  it('stand for the first reading, for what is missing and for time that passed unseen', () => {
    expect(deriveMemoryRates(undefined, first)).toEqual({ status: 'gap', reason: 'first' });
    expect(deriveMemoryRates(first, undefined)).toEqual({ status: 'gap', reason: 'missing' });
    expect(deriveMemoryRates(first, { status: 'late', message: '' })).toEqual({
      status: 'gap',
      reason: 'missing',
    });
    expect(deriveMemoryRates(first, { ...first, readMs: 2_000 } as typeof first, 'slept')).toEqual({ status: 'gap', reason: 'slept' }); // prettier-ignore
    expect(deriveMemoryRates(first, first)).toEqual({ status: 'gap', reason: 'reset' });
  });

  it('leave what a kernel does not count unknown', () => {
    expect(figuresOf(deriveMemoryRates(first, { ...first, readMs: 2_000 } as typeof first))).toEqual({
      status: 'ok',
      swapInPagesPerSecond: 0,
      swapOutPagesPerSecond: null,
      swapInBytesPerSecond: null,
      swapOutBytesPerSecond: null,
      majorFaultsPerSecond: null,
      oomKills: null,
      pressure: null,
    });
  });
});

describe('rates of memory', () => {
  const counted = (swap: number, more: Partial<MemoryRaw> = {}): MemoryRaw =>
    memory({
      pageBytes: 16_384, swapInPages: swap, swapOutPages: 2 * swap, majorFaults: 3 * swap, oomKills: swap,
      pressure: { someMicros: swap * 1e5, fullMicros: swap * 1e4 }, ...more,
    }); // prettier-ignore

  it('are in bytes by the size of this machine’s pages', () => {
    expect(deriveMemoryRates(at(0, counted(10)), at(2_000, counted(14)))).toEqual({
      status: 'ok',
      swapInPagesPerSecond: 2,
      swapOutPagesPerSecond: 4,
      swapInBytesPerSecond: 32_768,
      swapOutBytesPerSecond: 65_536,
      majorFaultsPerSecond: 6,
      oomKills: 4,
      pressure: { some: 0.2, full: 0.02 },
    });
  });

  it('are unknown of what began anew, beside those that went on', () => {
    const after = counted(14, { oomKills: 0, swapInPages: 2 });
    expect(deriveMemoryRates(at(0, counted(10)), at(2_000, after))).toMatchObject({
      swapInPagesPerSecond: null,
      swapInBytesPerSecond: null,
      swapOutPagesPerSecond: 4,
      oomKills: null,
    });
  });
});

describe('any sequence of readings of memory', () => {
  const maybe = fc.option(fc.nat({ max: 2 ** 31 - 1 }), { freq: 10 });
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    passed: fc.tuple(maybe, maybe, maybe, maybe, maybe, maybe),
    pageBytes: fc.constantFrom(null, 4_096, 65_536),
    event: fc.constantFrom('none', 'none', 'none', 'none', 'reset', 'wrap', 'silent', 'missing', 'slept' as const), // prettier-ignore
  });

  it('gives no negative and no impossible figure, in 10 000 of them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let [nowMs, counters] = [0, Array<number>(6).fill(2 ** 32 - 2 ** 30)];
        let before: Section<MemoryRaw> | undefined;
        for (const { ms, passed, pageBytes, event } of steps) {
          nowMs += ms;
          counters = counters.map((value, place) => value + (passed[place] ?? 0));
          if (event === 'reset') counters = Array<number>(6).fill(0);
          if (event === 'wrap') counters = counters.map((value) => value % 2 ** 32);
          const [swapInPages = null, swapOutPages = null, majorFaults = null, oomKills = null, someMicros = null, fullMicros = null] = counters.map((value, place) => (passed[place] === null ? null : value)); // prettier-ignore
          const told: Partial<MemoryRaw> = {
            pageBytes,
            swapInPages,
            swapOutPages,
            majorFaults,
            oomKills,
            pressure: { someMicros: someMicros ?? 0, fullMicros },
          };
          const after = event === 'missing' ? undefined : at(nowMs, memory(event === 'silent' ? {} : told));
          const discontinuity = event === 'slept' ? 'slept' : undefined;
          const rates = deriveMemoryRates(before, after, discontinuity);
          if (discontinuity || !after) expect(rates.status).toBe('gap');
          checkFigures(rates);
          before = after;
        }
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
