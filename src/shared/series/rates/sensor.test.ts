import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SensorRaw } from '../raw/sensor.ts';
import type { Section } from '../sample.ts';
import { deriveSensorRates } from './sensor.ts';

const wrapsAtJoules = 262_143.32885;
const at = (readMs: number, ...joules: number[]): Section<SensorRaw> => ({
  status: 'ok',
  readMs,
  data: {
    sensors: [],
    energies: joules.map((value, index) => ({
      id: `zone ${index}`,
      label: '',
      joules: value,
      wrapsAtJoules,
    })),
    energyRemedy: null,
  },
});
const wattsOf = (before: Section<SensorRaw>, after: Section<SensorRaw>, id = 'zone 0') => {
  const rates = deriveSensorRates(before, after);
  if (rates.status === 'gap') throw new Error(rates.reason);
  return rates.watts.get(id);
};

describe('power from energy', () => {
  it('is what was used in the time between two readings', () => {
    expect(wattsOf(at(1_000, 100), at(3_000, 130))).toEqual({ status: 'ok', watts: 15 });
  });

  it('goes on across the place where the counter wraps', () => {
    const rated = wattsOf(at(0, wrapsAtJoules - 20), at(2_000, 40));
    expect(rated).toMatchObject({ status: 'ok' });
    expect(rated?.status === 'ok' && rated.watts).toBeCloseTo(30);
  });

  it('is a gap where the counter began anew, which a wrap would make an impossible power', () => {
    expect(wattsOf(at(0, 100_000), at(2_000, 3))).toEqual({ status: 'gap', reason: 'reset' });
  });

  it('is a gap after so long that the counter may have wrapped more than once', () => {
    expect(wattsOf(at(0, 100), at(300_000, 200))).toEqual({ status: 'gap', reason: 'missing' });
  });

  it('is unknown of a counter that was not there before, and forgets one that has gone', () => {
    expect(wattsOf(at(0, 1), at(1_000, 2, 7), 'zone 1')).toEqual({ status: 'gap', reason: 'first' });
    expect(wattsOf(at(0, 1, 7), at(1_000, 2), 'zone 1')).toBeUndefined();
  });

  it('is never negative and never impossible, in 10 000 sequences of wraps and resets', () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 120_000 }),
      watts: fc.double({ min: 0, max: 900, noNaN: true }),
      event: fc.constantFrom('none', 'none', 'none', 'reset', 'absent'),
    });
    const start = fc.double({ min: 0, max: wrapsAtJoules, noNaN: true });
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 2, maxLength: 8 }), (first, steps) => {
        let [nowMs, joules] = [0, first];
        let before: Section<SensorRaw> = at(0, joules);
        for (const { ms, watts, event } of steps) {
          nowMs += ms;
          joules = event === 'reset' ? 0 : (joules + (watts * ms) / 1_000) % wrapsAtJoules;
          const after = event === 'absent' ? at(nowMs) : at(nowMs, joules);
          const rates = deriveSensorRates(before, after);
          const rated = rates.status === 'ok' ? rates.watts.get('zone 0') : undefined;
          if (rated?.status === 'ok') {
            // Where nothing but wraps happened the power is the true one.
            const isTrue = event !== 'none' || Math.abs(rated.watts - watts) < 1e-4;
            if (!isTrue || rated.watts < 0 || rated.watts > 10_000) throw new Error(`${rated.watts} W`);
          }
          before = after;
        }
      }),
      { numRuns: 10_000 },
    );
  }, 30_000);
});
