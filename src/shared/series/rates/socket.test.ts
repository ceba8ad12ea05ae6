import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownSockets, type SocketRaw } from '../raw/socket.ts';
import { deriveSocketRates } from './socket.ts';
import { at, checkFigures, figuresOf } from './testing/readings.ts';

const raw = (more: Partial<SocketRaw> = {}): SocketRaw => ({ ...unknownSockets, listeners: [], listenersOmitted: 0, ...more }); // prettier-ignore
const names = ['sentSegments', 'receivedSegments', 'retransmittedSegments', 'activeOpens', 'passiveOpens', 'failedAttempts', 'establishedResets', 'listenOverflows', 'udpReceived', 'udpSent', 'udpErrors'] as const; // prettier-ignore

describe('rates of sockets', () => {
  it('count a segment that was sent again once, beside those sent for the first time', () => {
    const before = raw({ sentSegments: 1_000, retransmittedSegments: 10, activeOpens: 4, udpErrors: 1 });
    const after = raw({ sentSegments: 1_090, retransmittedSegments: 20, activeOpens: 8, udpErrors: 1 });
    expect(figuresOf(deriveSocketRates(at(0, before), at(2_000, after)))).toMatchObject({ sentSegmentsPerSecond: 45, retransmittedSegmentsPerSecond: 5, retransmittedShare: 0.1, activeOpensPerSecond: 2, udpErrorsPerSecond: 0, passiveOpensPerSecond: null }); // prettier-ignore
  });

  it('have no share of segments sent again where none was sent', () => {
    const idle = raw({ sentSegments: 5, retransmittedSegments: 1 });
    expect(figuresOf(deriveSocketRates(at(0, idle), at(1_000, idle))).retransmittedShare).toBeNull();
  });

  it('have a gap when one counter went back, for all of them began anew', () => {
    const before = raw({ sentSegments: 5, listenOverflows: 3 });
    const after = raw({ sentSegments: 500, listenOverflows: 2 });
    expect(deriveSocketRates(at(0, before), at(1_000, after))).toEqual({ status: 'gap', reason: 'reset' });
  });
});

it('no rate of sockets is negative or impossible in 10 000 sequences of resets, wraps and sleep', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 5_000 }),
    passed: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: names.length, maxLength: names.length }),
    event: fc.constantFrom('none', 'none', 'none', 'reset', 'wrap', 'one wraps', 'less', 'missing', 'slept'),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
      let nowMs = 0;
      let counters = names.map(() => 2 ** 32 - 2 ** 30);
      let before: ReturnType<typeof at<SocketRaw>> | undefined;
      for (const { ms, passed, event } of steps) {
        nowMs += ms;
        counters = counters.map((value, place) => value + passed[place]!);
        if (event === 'reset') counters = counters.map(() => 0);
        if (event === 'wrap') counters = counters.map((value) => value % 2 ** 32);
        if (event === 'one wraps') counters = counters.map((value, place) => (place === ms % names.length ? value % 2 ** 32 : value)); // prettier-ignore
        const figures = Object.fromEntries(names.map((name, place) => [name, event === 'less' && place > 6 ? null : counters[place]!])); // prettier-ignore
        const after = event === 'missing' ? undefined : at(nowMs, raw(figures));
        const rates = deriveSocketRates(before, after, event === 'slept' ? 'slept' : undefined);
        if (event === 'slept' || event === 'missing') expect(rates.status).toBe('gap');
        checkFigures(rates);
        before = after;
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
