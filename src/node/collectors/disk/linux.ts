import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { unknownDevice, type DeviceRaw } from '../../../shared/series/raw/disk.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { readNames, readSmallFile, readSmallNumber } from '../small-file.ts';
import { parseDiskstats } from './parse-diskstats.ts';

type DeviceFacts = Pick<DeviceRaw, 'model' | 'sizeBytes'>;

/** Devices in memory or in a file, whose traffic is that of something else, and drives for what is put in them. */
const notDisks = /^(loop|ram|zram|sr|fd)\d+$/;
/** What a partition's name looks like where /sys does not tell disks from partitions. */
const partition = /^((s|v|h|xv)d[a-z]+\d+|(nvme\d+n\d+|mmcblk\d+(boot\d+)?|nbd\d+|md\d+)p\d+)$/;
/** Files in which devices of different kinds have a name for people: SCSI and NVMe, SD cards, device mapper. */
const modelFiles = ['device/model', 'device/name', 'dm/name'] as const;

/** Reads /proc/diskstats for whole disks; their model and size from /sys/block when the set of disks changes. */
export function createLinuxDiskCollector({ clock, procRoot, sysRoot }: LinuxSources): Collector<'disk'> {
  const diskstats = new KeptFile(join(procRoot, 'diskstats'));
  let names: string[] = [];
  const facts = new Refreshed(clock, 60_000, () => readFacts(sysRoot, names));
  return {
    id: 'disk',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const counters = parseDiskstats(diskstats.read()).filter(({ name }) => !notDisks.test(name));
      names = counters.map(({ name }) => name);
      // The number too: a disk that took another's name is another.
      const known = facts.get(counters.map(({ name, number }) => `${number} ${name}`).join('\n'));
      return {
        pressure: null,
        devices: counters.flatMap((counter) => {
          const found = known.get(counter.name);
          return found ? [{ ...unknownDevice, ...counter, ...found }] : [];
        }),
      };
    },
    [Symbol.asyncDispose]: async () => diskstats[Symbol.dispose](),
  };
}

function readFacts(sysRoot: string, names: readonly string[]): Map<string, DeviceFacts> {
  const whole = new Set(readNames(join(sysRoot, 'block')));
  const facts = new Map<string, DeviceFacts>();
  for (const name of names) {
    // In /sys a slash in a device's name is written as an exclamation mark (cciss/c0d0).
    const entry = name.replaceAll('/', '!');
    if (whole.size > 0 ? !whole.has(entry) : partition.test(name)) continue;
    const folder = join(sysRoot, 'block', entry);
    const sectors = readSmallNumber(join(folder, 'size'));
    facts.set(name, { model: readModel(folder), sizeBytes: sectors === null ? null : sectors * 512 });
  }
  return facts;
}

function readModel(folder: string): string | null {
  for (const file of modelFiles) {
    const model = readSmallFile(join(folder, file), 256);
    if (model) return model;
  }
  return null;
}
