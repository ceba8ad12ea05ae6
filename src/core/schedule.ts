/**
 * Readings fall on a grid, so that everybody who wants the same interval is served by the same reading. A grid
 * point is skipped where the last reading is less than this share of an interval away: too short a span makes
 * poor rates.
 */
const shortestSpan = 0.3;

/** Time of the reading after the one at `lastMs`, on the grid of `intervalMs` that starts at `originMs`. */
export function deriveNextDue(lastMs: number, intervalMs: number, originMs: number): number {
  return originMs + Math.ceil((lastMs - originMs) / intervalMs + shortestSpan) * intervalMs;
}

/** Timers may fire a little early; a time this share of an interval before its grid point belongs to the point. */
const earlyShare = 0.1;

/** The number of the interval that `nowMs` falls into. Two readings in one slot serve a subscription once. */
export function deriveSlot(nowMs: number, intervalMs: number, originMs: number): number {
  return Math.floor((nowMs - originMs) / intervalMs + earlyShare);
}
