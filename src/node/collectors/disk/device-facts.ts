import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceRaw } from '../../../shared/series/raw/disk.ts';
import { readSmallFile, readSmallNumber } from '../small-file.ts';
import { findTemperatureFile, readHealth } from './health.ts';

/** What /sys/block says of a device. */
export interface DeviceFacts extends Pick<
  DeviceRaw,
  'model' | 'sizeBytes' | 'rotational' | 'removable' | 'health'
> {
  /** See `findTemperatureFile`. */
  readonly temperatureFile: string | null;
}

/** What a partition's name looks like where /sys does not tell disks from partitions. */
const partition = /^((s|v|h|xv)d[a-z]+\d+|(nvme\d+n\d+|mmcblk\d+(boot\d+)?|nbd\d+|md\d+)p\d+)$/;
/** Disks that a hypervisor gives its guest (virtio, Xen): the kernel calls them rotational, whatever is behind them. */
const virtualDisk = /^(v|xv)d[a-z]+$/;
/** Files in which devices of different kinds have a name for people: SCSI and NVMe, SD cards, device mapper. */
const modelFiles = ['device/model', 'device/name', 'dm/name'] as const;

/** Facts of a device; null of one that is no whole disk. Source: Documentation/ABI/stable/sysfs-block. */
export function readDeviceFacts(sysRoot: string, name: string): DeviceFacts | null {
  const disks = join(sysRoot, 'block');
  // In /sys a slash in a device's name is written as an exclamation mark (cciss/c0d0).
  const folder = join(disks, name.replaceAll('/', '!'));
  if (existsSync(disks) ? !existsSync(folder) : partition.test(name)) return null;
  const sectors = readSmallNumber(join(folder, 'size'));
  return {
    model: readModel(folder),
    sizeBytes: sectors === null ? null : sectors * 512,
    rotational: virtualDisk.test(name) ? null : readFlag(join(folder, 'queue/rotational')),
    removable: readFlag(join(folder, 'removable')),
    health: readHealth(folder),
    temperatureFile: findTemperatureFile(folder),
  };
}

function readModel(folder: string): string | null {
  for (const file of modelFiles) {
    const model = readSmallFile(join(folder, file), 256);
    if (model) return model;
  }
  return null;
}

function readFlag(path: string): boolean | null {
  const number = readSmallNumber(path);
  return number === null ? null : number !== 0;
}
