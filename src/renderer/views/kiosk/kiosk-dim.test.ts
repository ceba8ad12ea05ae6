import { expect, it } from 'vitest';
import { isDimmed } from './kiosk-dim.ts';

it('dims over midnight, by choice', () => {
  const dimmed = (dim: Parameters<typeof isDimmed>[0]): number[] =>
    Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isDimmed(dim, hour));
  expect(dimmed('never')).toEqual([]);
  expect(dimmed('night')).toEqual([0, 1, 2, 3, 4, 5, 22, 23]);
  expect(dimmed('evening')).toEqual([0, 1, 2, 3, 4, 5, 6, 19, 20, 21, 22, 23]);
});
