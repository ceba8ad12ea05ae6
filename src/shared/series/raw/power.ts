import * as v from 'valibot';
import { count, name } from './common.ts';

/** One battery. Source: /sys/class/power_supply (Documentation/ABI/testing/sysfs-class-power). */
export const batteryRawSchema = v.object({
  name,
  model: v.nullable(name),
  status: v.picklist(['charging', 'discharging', 'full', 'notCharging', 'unknown']),
  /** 0 to 1. */
  charge: v.nullable(count),
  energyWattHours: v.nullable(count),
  fullWattHours: v.nullable(count),
  /** What it held when it was new: `fullWattHours` divided by it is its health. */
  designWattHours: v.nullable(count),
  powerWatts: v.nullable(count),
  voltageVolts: v.nullable(count),
  cycles: v.nullable(count),
  /** By the battery's own account, or from its energy and power. */
  secondsToEmpty: v.nullable(count),
  secondsToFull: v.nullable(count),
});
export type BatteryRaw = v.InferOutput<typeof batteryRawSchema>;

export const powerRawSchema = v.object({
  /** Whether the machine runs on its batteries now; null where it does not say. */
  onBattery: v.nullable(v.boolean()),
  batteries: v.array(batteryRawSchema),
});
export type PowerRaw = v.InferOutput<typeof powerRawSchema>;
