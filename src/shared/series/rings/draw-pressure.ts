import type { PressureShares } from '../rates/pressure.ts';
import type { Pen } from './ring-set.ts';

/** The series of each topic that has pressure. */
export type PressureKey = 'cpuPressure' | 'memoryPressure' | 'diskPressure';

/** How much of the time some, and all, waited for a resource. */
export function drawPressure(key: PressureKey, pressure: PressureShares | null, pen: Pen): void {
  pen.push(key, pressure && [pressure.some ?? Number.NaN, pressure.full ?? Number.NaN]);
}
