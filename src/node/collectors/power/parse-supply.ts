import { createUnknown } from '../../../shared/series/raw/unknown.ts';
import { batteryRawSchema, type BatteryRaw } from '../../../shared/series/raw/power.ts';

const unknownBattery = createUnknown(batteryRawSchema);

/** What the kernel calls the states of a battery (power_supply_sysfs.c). */
const statuses: ReadonlyMap<string, BatteryRaw['status']> = new Map([
  ['Charging', 'charging'],
  ['Discharging', 'discharging'],
  ['Full', 'full'],
  ['Not charging', 'notCharging'],
]);

/** A time that no battery of a computer lasts: what firmware says when it has no estimate. */
const mostSeconds = 30 * 86_400;

/**
 * Parses `uevent` of a power supply into its properties, without the prefix that all of them have. The first of a
 * name counts.
 */
export function parseSupplyProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^POWER_SUPPLY_([A-Z0-9_]+)=(.*)$/.exec(line);
    if (match && !properties.has(match[1]!)) properties.set(match[1]!, match[2]!.trim());
  }
  return properties;
}

/** Whether a supply that is no battery feeds the machine now; null where it does not say. */
export function parseOnline(properties: ReadonlyMap<string, string>): boolean | null {
  const online = properties.get('ONLINE');
  return online === undefined ? null : online !== '0';
}

/**
 * A battery from its properties, whose units are millionths (Documentation/ABI/testing/sysfs-class-power). What it
 * tells as charge becomes energy by the voltage for which it was made, so that its health does not follow its load.
 */
export function parseBattery(name: string, properties: ReadonlyMap<string, string>): BatteryRaw {
  const whole = (key: string): number | null => {
    const text = properties.get(key);
    // Some drivers sign what flows out.
    return text !== undefined && /^-?\d{1,15}$/.test(text) ? Math.abs(Number(text)) : null;
  };
  const micro = (key: string): number | null => divide(whole(key), 1e6);
  const voltageVolts = micro('VOLTAGE_NOW');
  const madeForVolts = micro('VOLTAGE_MIN_DESIGN') || micro('VOLTAGE_MAX_DESIGN') || voltageVolts;
  const energy = (suffix: string): number | null =>
    micro(`ENERGY_${suffix}`) ?? times(micro(`CHARGE_${suffix}`), madeForVolts);
  const [energyWattHours, fullWattHours, designWattHours] = [
    energy('NOW') ?? energy('AVG'),
    energy('FULL') || null,
    energy('FULL_DESIGN') || null,
  ];
  const powerWatts = micro('POWER_NOW') ?? times(micro('CURRENT_NOW'), voltageVolts);
  const charge = divide(whole('CAPACITY'), 100) ?? divide(energyWattHours, fullWattHours);
  const status = statuses.get(properties.get('STATUS') ?? '') ?? 'unknown';
  const told = (direction: 'EMPTY' | 'FULL'): number | null => {
    const seconds = whole(`TIME_TO_${direction}_NOW`) || whole(`TIME_TO_${direction}_AVG`);
    return seconds && seconds < mostSeconds ? seconds : null;
  };
  const missing = fullWattHours === null || energyWattHours === null ? null : Math.max(0, fullWattHours - energyWattHours); // prettier-ignore
  const model = [properties.get('MANUFACTURER'), properties.get('MODEL_NAME')].filter((part) => !!part);
  return {
    ...unknownBattery,
    name,
    model: model.join(' ') || null,
    status,
    charge: charge === null ? null : Math.min(1, charge),
    energyWattHours,
    fullWattHours,
    designWattHours,
    powerWatts,
    voltageVolts,
    // Nothing is what firmware says that does not count.
    cycles: whole('CYCLE_COUNT') || null,
    secondsToEmpty:
      status === 'discharging' ? (told('EMPTY') ?? estimate(energyWattHours, powerWatts)) : null,
    secondsToFull: status === 'charging' ? (told('FULL') ?? estimate(missing, powerWatts)) : null,
  };
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

function divide(a: number | null, b: number | null): number | null {
  return a === null || !b ? null : a / b;
}

function estimate(wattHours: number | null, watts: number | null): number | null {
  const hours = divide(wattHours, watts);
  return hours === null || hours * 3_600 > mostSeconds ? null : hours * 3_600;
}
