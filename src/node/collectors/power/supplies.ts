import { join } from 'node:path';
import type { PowerRaw } from '../../../shared/series/raw/power.ts';
import { readNames, readSmallFile } from '../small-file.ts';

/** What feeds a machine, a folder of /sys/class/power_supply. */
export interface Supply {
  readonly name: string;
  readonly isBattery: boolean;
}

/** What feeds the machine or can. Batteries of mice and headsets, and empty bays, are no supplies of it. */
export function findSupplies(root: string): Supply[] {
  return readNames(root)
    .sort()
    .flatMap((name) => {
      const read = (file: string): string | null => readSmallFile(join(root, name, file), 64);
      const type = read('type');
      if (type === null || read('scope') === 'Device') return [];
      return [{ name, isBattery: type === 'Battery' }];
    });
}

/** Whether a machine runs on its batteries, from their states and whether the other supplies are on; null: not known. */
export function deriveOnBattery(
  batteries: PowerRaw['batteries'],
  onlines: readonly (boolean | null)[],
): boolean | null {
  if (onlines.includes(true)) return false;
  if (batteries.some(({ status }) => status === 'discharging')) return true;
  if (batteries.some(({ status }) => status === 'charging')) return false;
  // A mains supply that says it is off, beside a battery that says nothing.
  return batteries.length > 0 && onlines.includes(false) ? true : null;
}
