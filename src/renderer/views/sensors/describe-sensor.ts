import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';

export type SensorReading = SensorRaw['sensors'][number];

/** The unit of each kind of sensor; see `sensorKinds`. */
export const sensorUnits: Readonly<Record<SensorReading['kind'], string>> = {
  temperature: '°C',
  fan: 'rpm',
  voltage: 'V',
  current: 'A',
  power: 'W',
  humidity: '%',
};

/** How a reading stands to the limits that its chip tells; a chip without limits says nothing about it. */
export function judgeSensor({ value, high, critical }: SensorReading): 'critical' | 'high' | 'sound' {
  if (critical !== null && value >= critical) return 'critical';
  return high !== null && value >= high ? 'high' : 'sound';
}
