import { describe, expect, it } from 'vitest';
import type { Seen } from '../src/headless/testing/test-viewer.ts';
import { deriveCompleteness, deriveExcess, deriveSlopePerMinute } from './soak-checks.ts';
import { SeededRandom } from './soak-random.ts';

function see(seqs: readonly number[], gap?: readonly [number, number]): Seen {
  return {
    states: [],
    samples: seqs.map((seq) => ({ seq, type: 'sample', atMs: seq })),
    seams: gap ? [{ reason: 'lost', atMs: 0, fromSeq: gap[0], toSeq: gap[1] }] : [],
  };
}

describe('deriveCompleteness', () => {
  const reference = [1, 2, 3, 5, 6, 7, 8];

  it('finds what is missing, and what came twice or out of order', () => {
    expect(deriveCompleteness(see([2, 3, 6, 6, 5]), reference)).toMatchObject({ missing: [], twice: [6, 5] });
    expect(deriveCompleteness(see([2, 3, 6, 7]), reference)).toMatchObject({ missing: [5], published: 5 });
  });

  it('does not miss what was told to be lost, nor what came before the first and after the last', () => {
    expect(deriveCompleteness(see([2, 7], [3, 6]), reference)).toEqual({
      published: 5,
      received: 2,
      lost: 3,
      missing: [],
      twice: [],
    });
  });

  it('takes samples that the reference did not get for no fault', () => {
    expect(deriveCompleteness(see([3, 4, 5]), reference)).toMatchObject({ missing: [], twice: [] });
  });
});

describe('deriveSlopePerMinute', () => {
  it('finds a slope beneath noise and outliers', () => {
    const random = new SeededRandom(1);
    const points = Array.from({ length: 100 }, (_, index) => ({
      atMs: index * 1_000,
      value: index * 10 + random.between(-50, 50) + (index % 20 === 0 ? 10_000 : 0),
    }));
    expect(deriveSlopePerMinute(points)).toBeGreaterThan(550);
    expect(deriveSlopePerMinute(points)).toBeLessThan(650);
    expect(deriveSlopePerMinute([])).toBe(0);
  });
});

describe('deriveExcess', () => {
  it('names what there is more of, and not what there is less of', () => {
    expect(
      deriveExcess({ Timeout: 3, TCPSocketWrap: 2 }, { Timeout: 4, TCPSocketWrap: 1, FSReq: 1 }),
    ).toEqual({
      Timeout: 1,
      FSReq: 1,
    });
  });
});

describe('SeededRandom', () => {
  it('gives the same for the same seed, evenly', () => {
    const draw = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 1_000 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const mean = draw(7).reduce((sum, value) => sum + value, 0) / 1_000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });
});
