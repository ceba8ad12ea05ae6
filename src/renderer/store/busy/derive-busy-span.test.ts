import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { deriveBusySpan, leastBusyMs, type BusySpan } from './derive-busy-span.ts';

const threshold = { enter: 0.8, leave: 0.6 };
const pick = (ring: RingBuffer, row: number): number => ring.value(row, 0);

/** A reading a second; null is a gap. */
function fill(values: readonly (number | null)[]): RingBuffer {
  const ring = new RingBuffer(Math.max(1, values.length), 1);
  values.forEach((value, second) => (value === null ? ring.pushGap(second * 1_000) : ring.push(second * 1_000, [value]))); // prettier-ignore
  return ring;
}

const derive = (...values: (number | null)[]): BusySpan | null =>
  deriveBusySpan(fill(values), pick, threshold);

/** The same as a machine that goes forward: what the backward search has to agree with. */
function deriveForward(ring: RingBuffer): BusySpan | null {
  let busy: BusySpan | null = null;
  let [lows, isFresh] = [0, true];
  for (let row = 0; row < ring.length; row++) {
    const value = pick(ring, row);
    if (Number.isNaN(value)) {
      [busy, lows, isFresh] = [null, 0, true];
      continue;
    }
    lows = value < threshold.leave ? lows + 1 : 0;
    if (lows >= 2) busy = null;
    if (!busy && value >= threshold.enter) busy = { sinceX: ring.x(row), isOlder: isFresh };
    isFresh = false;
  }
  return busy && ring.lastX - busy.sinceX >= leastBusyMs ? busy : null;
}

describe('deriveBusySpan', () => {
  it('counts from the first reading over the upper threshold, not from those between the two', () => {
    expect(derive(0.1, 0.1, 0.7, 0.7, 0.9, 0.7, 0.7, 0.9)).toEqual({ sinceX: 4_000, isOlder: false });
  });

  it('takes one low reading for a dip, the newest too, and two for the end', () => {
    expect(derive(0.1, 0.9, 0.9, 0.2, 0.9, 0.9)).toEqual({ sinceX: 1_000, isOlder: false });
    expect(derive(0.1, 0.9, 0.9, 0.9, 0.9, 0.2)).toEqual({ sinceX: 1_000, isOlder: false });
    expect(derive(0.1, 0.9, 0.9, 0.9, 0.2, 0.2)).toBe(null);
    expect(derive(0.9, 0.9, 0.2, 0.2, 0.9, 0.9, 0.9, 0.9)).toEqual({ sinceX: 4_000, isOlder: false });
  });

  it('says that it may have been for longer where the first reading, or the first after a gap, is busy', () => {
    expect(derive(0.9, 0.9, 0.9, 0.9)).toEqual({ sinceX: 0, isOlder: true });
    expect(derive(0.1, 0.9, null, 0.9, 0.9, 0.9, 0.9)).toEqual({ sinceX: 3_000, isOlder: true });
  });

  it('says nothing of what has been busy for a moment only, of gaps, and of a series that there is not', () => {
    expect(derive(0.1, 0.9, 0.9)).toBe(null);
    expect(derive(0.9, 0.9, 0.9, 0.9, null)).toBe(null);
    expect(derive(0.9)).toBe(null);
    expect(deriveBusySpan(undefined, pick, threshold)).toBe(null);
  });

  it('is what a machine with two states says that hears every reading', () => {
    const reading = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(0.1, 0.59, 0.6, 0.7, 0.8, 1) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 40 }), (values) => {
        const ring = fill(values);
        expect(deriveBusySpan(ring, pick, threshold)).toEqual(deriveForward(ring));
      }),
      { numRuns: 2_000 },
    );
  });
});
