import type { PowerRaw } from '../../../shared/series/raw/power.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';

/** Chips and labels by which processors report their temperature (drivers coretemp, k10temp, zenpower and others). */
const processorSensor = /coretemp|k10temp|zenpower|cpu|package|tctl|tdie|x86_pkg/i;

/** A temperature in °C that says how warm the machine is. */
export interface Warmth {
  readonly celsius: number;
  /** Whether it is the processor's; else it is the warmest of whatever there is. */
  readonly isProcessor: boolean;
  /** Whether it is past what its chip calls too much. */
  readonly isHigh: boolean;
}

/** The warmest sensor of the processor, or else of all; null where there is none. */
export function pickWarmth({ sensors }: SensorRaw): Warmth | null {
  const temperatures = sensors.filter(({ kind }) => kind === 'temperature');
  const ofProcessor = temperatures.filter(({ chip, label }) => processorSensor.test(`${chip} ${label}`));
  const among = ofProcessor.length > 0 ? ofProcessor : temperatures;
  const warmest = among.reduce<SensorRaw['sensors'][number] | null>(
    (most, sensor) => (most && most.value >= sensor.value ? most : sensor),
    null,
  );
  if (!warmest) return null;
  const limit = warmest.high ?? warmest.critical;
  return {
    celsius: warmest.value,
    isProcessor: ofProcessor.length > 0,
    isHigh: limit !== null && warmest.value >= limit,
  };
}

/** Charge of all batteries together, 0 to 1, and whether it falls. */
export interface Charge {
  readonly share: number;
  readonly isDischarging: boolean;
  readonly secondsToEmpty: number | null;
}

/** What the batteries hold; null where there is none that says so. */
export function pickCharge({ batteries }: PowerRaw): Charge | null {
  const known = batteries.filter((battery) => battery.charge !== null);
  if (known.length === 0) return null;
  // By what each can hold, where all say so: half of a large one is more than half of a small one.
  const weights = known.every(({ fullWattHours }) => fullWattHours !== null && fullWattHours > 0)
    ? known.map(({ fullWattHours }) => fullWattHours!)
    : known.map(() => 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const held = known.reduce((sum, { charge }, at) => sum + charge! * weights[at]!, 0);
  const discharging = known.filter(({ status }) => status === 'discharging');
  const times = discharging.flatMap(({ secondsToEmpty }) => secondsToEmpty ?? []);
  return {
    share: held / whole,
    isDischarging: discharging.length > 0,
    secondsToEmpty: times.length > 0 ? Math.max(...times) : null,
  };
}
