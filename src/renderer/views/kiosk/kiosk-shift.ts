/** How far the picture moves to either side of its place, in CSS pixels. */
export const shiftReach = 8;

const side = 2 * shiftReach + 1;
const places = side * side;

export interface Shift {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the picture of a wall screen stands at a step of its path: row by row through all places within reach and the same
 * way back, each a pixel from the one before, so that nobody sees it move and no edge of it stays long on the same pixels. It
 * begins in the middle.
 */
export function deriveShift(step: number): Shift {
  const round = 2 * (places - 1);
  const at = (step + (places - 1) / 2) % round;
  const place = at < places ? at : round - at;
  const [row, column] = [Math.floor(place / side), place % side];
  return { x: (row % 2 === 0 ? column : side - 1 - column) - shiftReach, y: row - shiftReach };
}
