import { expect, it } from 'vitest';
import { derivePlace, deriveSize } from './derive-drop.ts';

const boxes = [
  { left: 0, top: 0, width: 100, height: 50 },
  { left: 110, top: 0, width: 100, height: 50 },
  { left: 0, top: 60, width: 210, height: 100 },
];

it('drops onto the tile under the pointer, or the nearest one beside it', () => {
  expect([derivePlace(boxes, 20, 20), derivePlace(boxes, 150, 40), derivePlace(boxes, 150, 90)]).toEqual([
    0, 1, 2,
  ]);
  expect([derivePlace(boxes, -40, 10), derivePlace(boxes, 300, 10), derivePlace(boxes, 100, 900)]).toEqual([
    0, 1, 2,
  ]);
  expect(derivePlace([], 1, 1)).toBe(-1);
});

it('takes the size that is nearest to where the corner was drawn', () => {
  const unit = { width: 100, height: 100 };
  expect(deriveSize({ width: 110, height: 90 }, unit)).toBe('small');
  expect(deriveSize({ width: 180, height: 90 }, unit)).toBe('medium');
  expect(deriveSize({ width: 180, height: 180 }, unit)).toBe('large');
});
