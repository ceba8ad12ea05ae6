import type { Systeminformation } from 'systeminformation';
import type { BatteryRaw, PowerRaw } from '../../../shared/series/raw/power.ts';
import { told, toldText, type PortableSources } from './portable-sources.ts';

type Battery = Systeminformation.BatteryData;

/** What macOS says while it does not know how long a battery will last: 2^16 - 1 minutes. */
const unknownMinutes = 65_535;

/** Batteries. A machine without one has an empty list of them, which is no failure. */
export async function readPortablePower({ library, node }: PortableSources): Promise<PowerRaw> {
  const first = await library.battery();
  const all = [first, ...(first.additionalBatteries ?? [])].filter(({ hasBattery }) => hasBattery);
  const { platform } = node();
  const statuses = all.map((battery) => deriveStatus(battery, platform));
  return {
    onBattery: deriveOnBattery(statuses),
    batteries: all.map((battery, index) => deriveBattery(battery, index, statuses[index]!, platform)),
  };
}

function deriveBattery(
  battery: Battery,
  index: number,
  status: BatteryRaw['status'],
  platform: NodeJS.Platform,
): BatteryRaw {
  const wattHours = (capacity: number | null): number | null => {
    const milli = told(capacity);
    return milli === null || battery.capacityUnit !== 'mWh' ? null : milli / 1_000;
  };
  const minutes = told(battery.timeRemaining);
  return {
    name: `Battery ${index + 1}`,
    model: toldText(battery.model),
    status,
    charge: Number.isFinite(battery.percent) ? Math.min(1, Math.max(0, battery.percent / 100)) : null,
    energyWattHours: wattHours(battery.currentCapacity),
    fullWattHours: wattHours(battery.maxCapacity),
    designWattHours: wattHours(battery.designedCapacity),
    powerWatts: null,
    // Windows gives the voltage that the battery was designed for.
    voltageVolts: platform === 'win32' ? null : told(battery.voltage),
    cycles: told(battery.cycleCount),
    secondsToEmpty: status === 'discharging' && minutes !== null && minutes < unknownMinutes ? minutes * 60 : null, // prettier-ignore
    secondsToFull: null,
  };
}

/** On Windows the library says of a battery that is full that it is neither charging nor on mains. */
function deriveStatus(battery: Battery, platform: NodeJS.Platform): BatteryRaw['status'] {
  if (battery.isCharging) return 'charging';
  if (battery.acConnected) return battery.percent >= 100 ? 'full' : 'notCharging';
  return platform === 'win32' && battery.percent >= 100 ? 'unknown' : 'discharging';
}

function deriveOnBattery(statuses: readonly BatteryRaw['status'][]): boolean | null {
  const known = statuses.filter((status) => status !== 'unknown');
  return known.length === 0 ? null : known.includes('discharging');
}
