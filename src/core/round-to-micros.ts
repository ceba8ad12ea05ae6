/**
 * A time in milliseconds to the next microsecond. What a clock says beyond that is its resolution, not when something
 * happened, and takes half of what a small reading costs to send.
 */
export function roundToMicros(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
