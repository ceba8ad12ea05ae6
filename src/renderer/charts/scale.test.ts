import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { plainFormats, setFormats } from '../../shared/series/formats.ts';
import { niceCeiling } from './scale.ts';

afterEach(() => setFormats(plainFormats));

it('is never under the value, nor far above it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e15, noNaN: true }),
      fc.constantFrom('binary', 'decimal'),
      fc.constantFrom('bytes', 'bits'),
      (value, multiples, traffic) => {
        setFormats({ ...plainFormats, multiples, traffic });
        for (const kind of ['decimal', 'bytes', 'traffic'] as const) {
          const top = niceCeiling(value, kind, 1);
          expect(top).toBeGreaterThanOrEqual(value);
          expect(top).toBeLessThanOrEqual(value * 2.51);
        }
      },
    ),
  );
});

it('has a least range for a series that is still or unknown', () => {
  expect(niceCeiling(NaN, 'bytes', 1024)).toBe(1024);
  expect(niceCeiling(0, 'decimal', 10)).toBe(10);
});

it('is round in the units in which it is shown', () => {
  expect([niceCeiling(1_500, 'bytes', 1), niceCeiling(1_500, 'traffic', 1)]).toEqual([2_048, 2_048]);
  setFormats({ ...plainFormats, multiples: 'decimal' });
  expect([niceCeiling(1_500, 'bytes', 1), niceCeiling(1_500, 'traffic', 1)]).toEqual([2_000, 2_000]);
  setFormats({ ...plainFormats, traffic: 'bits' });
  // 12 kbit/s: 20 kbit/s is the next round one.
  expect([niceCeiling(1_500, 'bytes', 1), niceCeiling(1_500, 'traffic', 1)]).toEqual([2_048, 2_500]);
});
