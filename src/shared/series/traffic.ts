import type { Rated } from './rates/span.ts';
import type { DeviceRaw } from './raw/disk.ts';
import type { InterfaceRaw } from './raw/network.ts';

/** What adds up to the machine's traffic: hardware where there is any, else all that is not the loopback. */
export function trafficInterfaces(interfaces: readonly InterfaceRaw[]): InterfaceRaw[] {
  const outside = interfaces.filter(({ kind }) => kind !== 'loopback');
  const hardware = outside.filter(({ kind }) => kind === 'ethernet' || kind === 'wifi');
  if (hardware.length > 0) return hardware;
  return outside.length > 0 ? outside : [...interfaces];
}

/** What adds up to the machine's disk traffic: devices that do not merely stand on others. */
export function trafficDevices(devices: readonly DeviceRaw[]): DeviceRaw[] {
  const own = devices.filter(({ name }) => !/^(dm-|md|loop|zram|ram|nbd)/.test(name));
  return own.length > 0 ? own : [...devices];
}

/** Sum of a rate over those that have one; null where none has. */
export function sumRates<Rates>(
  entries: readonly { readonly name: string }[],
  rates: ReadonlyMap<string, Rated<Rates>> | null,
  pick: (rates: Rates) => number,
): number | null {
  let sum: number | null = null;
  for (const { name } of entries) {
    const rated = rates?.get(name);
    if (rated?.status === 'ok') sum = (sum ?? 0) + pick(rated);
  }
  return sum;
}
