import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { SensorRaw } from '../../../shared/series/raw/sensor.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { EnergyCounters } from './energy-counters.ts';
import { findSensorChips } from './find-chips.ts';
import { findPowercapZones } from './powercap.ts';
import { SensorChip } from './sensor-chip.ts';

/** How often it is looked for chips that have come or gone. */
const discoveryMs = 60_000;
/** How long the first reading waits for chips that take their time. */
const patienceMs = 1_000;

/** Reads /sys/class/hwmon and the energy counters of /sys/class/powercap; slow chips delay nobody. */
export function createLinuxSensorCollector(
  { clock, sysRoot }: LinuxSources,
  probe: ProbeClient,
): Collector<'sensor'> {
  const ended = new AbortController();
  const energies = new EnergyCounters(clock);
  let chips = new Map<string, SensorChip>();
  const discovery = new Refreshed(clock, discoveryMs, () => {
    energies.use(findPowercapZones(sysRoot));
    const found = findSensorChips(sysRoot, (id) => chips.has(id));
    const next = new Map(found.map((place) => [place.id, chips.get(place.id) ?? new SensorChip(clock, probe, place)])); // prettier-ignore
    for (const [id, chip] of chips) if (!next.has(id)) chip[Symbol.dispose]();
    chips = next;
  });
  const collect = (): SensorRaw => {
    const raw: SensorRaw = { sensors: [], energies: energies.read(), energyRemedy: energies.remedy };
    for (const [id, name] of deriveChipNames([...chips.values()])) chips.get(id)?.collect(name, raw.sensors, raw.energies); // prettier-ignore
    return raw;
  };
  let isFirst = true;
  return {
    id: 'sensor',
    minIntervalMs: 2_000,
    deadlineMs: patienceMs + 500,
    probe: () => {
      const isThere = findSensorChips(sysRoot, () => false).length + findPowercapZones(sysRoot).length > 0;
      return isThere
        ? { status: 'ok' }
        : { status: 'unsupported', message: 'This machine shows no sensors, as is usual for a virtual one.' };
    },
    read: () => {
      discovery.get();
      const waits = [...chips.values()].map((chip) => chip.refresh(ended.signal));
      const slow = waits.filter((wait) => wait !== null);
      if (slow.length === 0 || !isFirst) return collect();
      isFirst = false;
      return waitAtMost(clock, patienceMs, Promise.all(slow)).then(collect);
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort(new MonitorError('closed', 'The sensors are not read any more.'));
      for (const source of [...chips.values(), energies]) source[Symbol.dispose]();
    },
  };
}

/** The name of each chip by its id, with the id where several are called the same. */
function deriveChipNames(chips: readonly SensorChip[]): [id: string, name: string][] {
  const counts = new Map<string, number>();
  for (const { name } of chips) counts.set(name, (counts.get(name) ?? 0) + 1);
  return chips.map(({ id, name }) => [id, counts.get(name) === 1 ? name : `${name} (${id})`]);
}
