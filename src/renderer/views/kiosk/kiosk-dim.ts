import type { KioskDim } from '../../../shared/preferences/kiosk.ts';

/** Hours of the day in which the screen is dimmed: from the first to before the second, over midnight. */
const hours: Readonly<Record<Exclude<KioskDim, 'never'>, readonly [from: number, to: number]>> = {
  night: [22, 6],
  evening: [19, 7],
};

/** Whether the screen is dimmed at an hour of the day, 0 to 23. */
export function isDimmed(dim: KioskDim, hour: number): boolean {
  if (dim === 'never') return false;
  const [from, to] = hours[dim];
  return hour >= from || hour < to;
}
