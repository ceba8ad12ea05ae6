import * as v from 'valibot';
import { count, name } from './common.ts';
import { createUnknown } from './unknown.ts';

/** What the machine is. Source: /proc, /sys/class/dmi, /sys/firmware, os-release(5). */
export const hostRawSchema = v.object({
  hostname: name,
  operatingSystem: name,
  kernel: name,
  /** Who built the kernel and when (`uname -v`). */
  kernelBuild: v.nullable(name),
  kernelCommandLine: v.nullable(name),
  architecture: name,
  processor: v.nullable(name),
  logicalCores: count,
  physicalCores: v.nullable(count),
  memoryBytes: count,
  machine: v.nullable(name),
  board: v.nullable(name),
  /** `laptop`, `server` …, by the firmware's own word (SMBIOS 7.4.1). */
  chassis: v.nullable(name),
  firmware: v.nullable(
    v.object({ vendor: v.nullable(name), version: v.nullable(name), date: v.nullable(name) }),
  ),
  bootMode: v.nullable(v.picklist(['uefi', 'bios', 'devicetree'])),
  secureBoot: v.nullable(v.boolean()),
  virtualization: v.nullable(name),
  timeZone: v.nullable(name),
  /** Whether the clock is kept right, and by whom; null where it is not told. */
  timeSynchronization: v.nullable(
    v.object({ synchronized: v.nullable(v.boolean()), service: v.nullable(name) }),
  ),
  bootedWallMs: count,
  uptimeSeconds: count,
});
export type HostRaw = v.InferOutput<typeof hostRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownHost = createUnknown(hostRawSchema);
