import { join } from 'node:path';
import { unknownHealth, type DiskHealth } from '../../../shared/series/raw/disk.ts';
import { readNames, readSmallFile, readSmallNumber } from '../small-file.ts';

/**
 * What the kernel says of a device's health to anybody: SCSI and SATA (Documentation/scsi), NVMe
 * (/sys/class/nvme), software RAID (Documentation/admin-guide/md.rst), eMMC. All of it is what the driver remembers,
 * so that no device is asked; null where it says nothing. What SMART knows takes root and is left out.
 */
export function readHealth(folder: string): DiskHealth | null {
  const health: DiskHealth = {
    ...unknownHealth,
    state: readState(folder),
    ioErrors: readHexNumber(join(folder, 'device/ioerr_cnt')),
    ioTimeouts: readHexNumber(join(folder, 'device/iotmo_cnt')),
    missingMembers: readSmallNumber(join(folder, 'md/degraded')),
    lifeUsed: parseLifeTime(readSmallFile(join(folder, 'device/life_time'), 64)),
  };
  return Object.values(health).every((figure) => figure === null) ? null : health;
}

/** The file in which the device's own thermometer is read; null without one. Reading it asks the device. */
export function findTemperatureFile(folder: string): string | null {
  // Below the device; in a class folder (drivetemp); at the PCI device of an NVMe controller before kernel 5.12.
  for (const parent of ['device', 'device/hwmon', 'device/device/hwmon']) {
    const monitor = readNames(join(folder, parent)).find((name) => /^hwmon\d+$/.test(name));
    if (monitor) return join(folder, parent, monitor, 'temp1_input');
  }
  return null;
}

/** Parses what `temp1_input` says, in thousandths of a degree; null where it is no temperature that a disk can have. */
export function parseTemperature(text: string | null): number | null {
  if (text === null || !/^-?\d{1,7}$/.test(text)) return null;
  const celsius = Number(text) / 1_000;
  return celsius > -100 && celsius < 200 ? celsius : null;
}

/** Parses life_time of an eMMC (JEDEC 84-B51): tenths used by each kind of memory, as "0x02 0x01". */
export function parseLifeTime(text: string | null): number | null {
  const tenths = [...(text ?? '').matchAll(/0x([0-9a-f]{2})\b/gi)].map(([, hex]) => parseInt(hex!, 16));
  const most = Math.max(0, ...tenths.filter((used) => used <= 0x0b));
  return most === 0 ? null : most / 10;
}

function readState(folder: string): string | null {
  const state =
    readSmallFile(join(folder, 'device/state'), 64) || readSmallFile(join(folder, 'md/array_state'), 64);
  if (state) return state;
  // Of an NVMe disk with several paths the folder is that of all its controllers.
  const controllers = readNames(join(folder, 'device')).filter((name) => /^nvme\d+$/.test(name));
  const states = controllers.map((name) => readSmallFile(join(folder, 'device', name, 'state'), 64));
  return [...new Set(states.filter(Boolean))].join(', ') || null;
}

function readHexNumber(path: string): number | null {
  const text = readSmallFile(path, 64);
  return text !== null && /^0x[0-9a-f]{1,13}$/i.test(text) ? Number(text) : null;
}
