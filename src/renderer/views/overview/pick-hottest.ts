import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';

type Reading = SensorRaw['sensors'][number];

/** How many readings a sensor is judged by, so that two that are nearly as warm do not take turns. */
const judgedRows = 30;

/** The temperature that has been highest lately; null where there is none. `ringOf` gives a sensor's series. */
export function pickHottest(
  sensors: readonly Reading[],
  ringOf: (id: string) => RingBuffer | undefined,
): Reading | null {
  let [hottest, most] = [null as Reading | null, -Infinity];
  for (const sensor of sensors) {
    if (sensor.kind !== 'temperature') continue;
    const mean = meanOf(ringOf(sensor.id)) ?? sensor.value;
    if (mean > most) [hottest, most] = [sensor, mean];
  }
  return hottest;
}

function meanOf(ring: RingBuffer | undefined): number | null {
  if (!ring) return null;
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, ring.length - judgedRows); row < ring.length; row++) {
    const value = ring.value(row, 0);
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : null;
}
