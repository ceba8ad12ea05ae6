import { expect, it } from 'vitest';
import { deriveShift, shiftReach } from './kiosk-shift.ts';

const side = 2 * shiftReach + 1;
const round = 2 * (side * side - 1);
const path = Array.from({ length: round + 1 }, (_, step) => deriveShift(step));

it('begins in the middle and comes back there', () => {
  expect(path[0]).toEqual({ x: 0, y: 0 });
  expect(path[round]).toEqual(path[0]);
});

it('moves by one pixel at a time', () => {
  for (let step = 1; step <= round; step++) {
    const [from, to] = [path[step - 1]!, path[step]!];
    expect([step, Math.abs(to.x - from.x) + Math.abs(to.y - from.y)]).toEqual([step, 1]);
  }
});

it('comes to every place within reach, and to none beyond', () => {
  const seen = new Set(path.map(({ x, y }) => `${x} ${y}`));
  expect(seen.size).toBe(side * side);
  for (const { x, y } of path) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(shiftReach);
});
