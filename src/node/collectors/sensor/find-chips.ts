import { join } from 'node:path';
import { readLinkTarget, readNames, readSmallFile } from '../small-file.ts';
import { deriveHwmonChannels } from './hwmon-channels.ts';
import type { ChipPlace } from './sensor-chip.ts';

/**
 * Every chip with sensors under /sys/class/hwmon, and where none of them is a thermometer, the thermal zones. Looks at
 * names and fixed texts only, which no driver has to fetch. `isKnown` spares those whose id, which changes with the
 * device, is known already: they are given without channels.
 */
export function findSensorChips(sysRoot: string, isKnown: (id: string) => boolean): ChipPlace[] {
  const chips = readNames(join(sysRoot, 'class/hwmon')).flatMap((entry) => {
    const folder = join(sysRoot, 'class/hwmon', entry);
    const id = deriveId(folder, entry);
    const channels = isKnown(id) ? [] : deriveHwmonChannels(readNames(folder));
    return isKnown(id) || channels.length > 0 ? [{ id, folder, name: 'name', channels }] : [];
  });
  return chips.length > 0 ? chips : findThermalZones(sysRoot, isKnown);
}

/** The number alone may be another chip's once one has been plugged in. */
function deriveId(folder: string, entry: string): string {
  const target = readLinkTarget(folder) ?? readLinkTarget(join(folder, 'device')) ?? '';
  const device = target.split('/').filter((part) => part !== '' && part !== '..' && part !== entry && part !== 'hwmon'); // prettier-ignore
  return [entry, ...device.slice(-1)].join(' ');
}

function findThermalZones(sysRoot: string, isKnown: (id: string) => boolean): ChipPlace[] {
  const zones = readNames(join(sysRoot, 'class/thermal')).filter((entry) => /^thermal_zone\d+$/.test(entry));
  return zones.map((id) => {
    const folder = join(sysRoot, 'class/thermal', id);
    if (isKnown(id)) return { id, folder, name: 'type', channels: [] };
    const input = { channel: 'temp', kind: 'temperature', divisor: 1_000, input: 'temp' } as const;
    const none = { fault: null, label: null, high: null };
    return {
      id,
      folder,
      name: 'type',
      channels: [{ ...input, ...none, critical: findCriticalTrip(folder) }],
    };
  });
}

function findCriticalTrip(folder: string): string | null {
  for (const name of readNames(folder)) {
    const point = /^(trip_point_\d+)_type$/.exec(name)?.[1];
    if (point && readSmallFile(join(folder, name), 64) === 'critical') return `${point}_temp`;
  }
  return null;
}
