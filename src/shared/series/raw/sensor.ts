import * as v from 'valibot';
import { count, name, signed } from './common.ts';

/** What a sensor measures; the unit of its value follows from it: °C, rpm, V, A, W, % relative humidity. */
export const sensorKinds = ['temperature', 'fan', 'voltage', 'current', 'power', 'humidity'] as const;

/** Source: /sys/class/hwmon (Documentation/hwmon/sysfs-interface.rst), /sys/class/thermal where there is no hwmon. */
export const sensorRawSchema = v.object({
  sensors: v.array(
    v.object({
      /** Stays the same while the machine runs: chip and channel. */
      id: name,
      chip: name,
      label: name,
      kind: v.picklist(sensorKinds),
      value: signed,
      /** From where on it is too much, and from where on dangerous; null where the chip does not say. */
      high: v.nullable(signed),
      critical: v.nullable(signed),
    }),
  ),
  /** Energy used since some start, which wraps at `wrapsAtJoules`. Source: /sys/class/powercap (RAPL). */
  energies: v.array(v.object({ id: name, label: name, joules: count, wrapsAtJoules: v.nullable(count) })),
  /** What to do to see the energy counters; null where they can be read or there are none. */
  energyRemedy: v.nullable(v.string()),
});
export type SensorRaw = v.InferOutput<typeof sensorRawSchema>;
