import * as v from 'valibot';
import { count, name, pressureSchema, signed } from './common.ts';
import { createUnknown } from './unknown.ts';

/** What the kernel tells of a disk's health without privileges. Source: /sys/block/NAME/device, /sys/class/nvme. */
export const diskHealthSchema = v.object({
  /** The driver's own word: `running`, `live`, `offline` …; of a RAID array `clean`, `active`, `readonly` … */
  state: v.nullable(name),
  /** Commands that ended with an error, and that did not end in time. */
  ioErrors: v.nullable(count),
  ioTimeouts: v.nullable(count),
  /** Null too while a disk with moving parts does nothing: asking it would keep it from sleeping. */
  temperatureCelsius: v.nullable(signed),
  /** Members that a RAID array goes without. Source: md/degraded. */
  missingMembers: v.nullable(count),
  /** Share of its rated life that flash has behind it, to the next tenth; over 1 when past it. Source: eMMC. */
  lifeUsed: v.nullable(count),
});
export type DiskHealth = v.InferOutput<typeof diskHealthSchema>;
/** A device that says nothing of itself. */
export const unknownHealth = createUnknown(diskHealthSchema);

/** Source: /proc/diskstats, see Documentation/admin-guide/iostats.rst. Sectors there are always 512 bytes. */
export const deviceRawSchema = v.object({
  name,
  /** "major:minor", which tells a device from another that took its name. */
  number: v.nullable(name),
  model: v.nullable(name),
  sizeBytes: v.nullable(count),
  /** Whether it has moving parts; null where the device does not tell, as a virtual machine's does not. */
  rotational: v.nullable(v.boolean()),
  removable: v.nullable(v.boolean()),
  readBytes: count,
  readOperations: count,
  readTimeMs: count,
  writtenBytes: count,
  writeOperations: count,
  writeTimeMs: count,
  /** Blocks given back to the device as unused. Counted since kernel 4.18, flushes since 5.5. */
  discardedBytes: v.nullable(count),
  discardOperations: v.nullable(count),
  discardTimeMs: v.nullable(count),
  flushOperations: v.nullable(count),
  flushTimeMs: v.nullable(count),
  /** Time with at least one operation under way; null where the platform does not know it. */
  busyTimeMs: v.nullable(count),
  /** Time of each operation added up, so that its rate is the mean length of the queue. */
  queueTimeMs: v.nullable(count),
  inFlight: v.nullable(count),
  health: v.nullable(diskHealthSchema),
});
export type DeviceRaw = v.InferOutput<typeof deviceRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownDevice = createUnknown(deviceRawSchema);

export const diskRawSchema = v.object({
  devices: v.array(deviceRawSchema),
  pressure: v.nullable(pressureSchema),
});
export type DiskRaw = v.InferOutput<typeof diskRawSchema>;
