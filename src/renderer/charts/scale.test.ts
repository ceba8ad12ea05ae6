import fc from 'fast-check';
import { expect, it } from 'vitest';
import { niceCeiling } from './scale.ts';

it('is never under the value, nor far above it', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (value) => {
      for (const kind of ['decimal', 'bytes'] as const) {
        const top = niceCeiling(value, kind, 1);
        expect(top).toBeGreaterThanOrEqual(value);
        expect(top).toBeLessThanOrEqual(value * 2.51);
      }
    }),
  );
});

it('has a least range for a series that is still or unknown', () => {
  expect(niceCeiling(NaN, 'bytes', 1024)).toBe(1024);
  expect(niceCeiling(0, 'decimal', 10)).toBe(10);
});
