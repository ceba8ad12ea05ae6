import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { unknownHealth, type DeviceRaw, type DiskRaw } from '../../../shared/series/raw/disk.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { KeptFile } from '../kept-file.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { parsePressure } from '../parse-pressure.ts';
import { SpreadFacts } from '../spread-facts.ts';
import { readDeviceFacts } from './device-facts.ts';
import { parseDiskstats, type DeviceCounters } from './parse-diskstats.ts';
import { Temperatures } from './temperatures.ts';

/** Devices in memory or in a file, whose traffic is that of something else, and drives for what is put in them. */
const notDisks = /^(loop|ram|zram|sr|fd)\d+$/;

/**
 * Reads /proc/diskstats for whole disks and /proc/pressure/io each time; what /sys/block says of each disk when it
 * comes and every 30 s, a few at a time; temperatures in the probe process.
 */
export function createLinuxDiskCollector(
  { clock, procRoot, sysRoot }: LinuxSources,
  probe: ProbeClient,
): Collector<'disk'> {
  const diskstats = new KeptFile(join(procRoot, 'diskstats'));
  const pressure = new OptionalFile(clock, join(procRoot, 'pressure/io'));
  const facts = new SpreadFacts(clock, 30_000, (key) => readDeviceFacts(sysRoot, deriveName(key)));
  const temperatures = new Temperatures(clock, probe);

  const derive = (counters: readonly DeviceCounters[], keys: readonly string[]): DiskRaw => {
    const known = keys.map((key) => facts.get(key) ?? null);
    const celsius = temperatures.get(counters, known);
    const devices = counters.flatMap((counter, at): DeviceRaw[] => {
      const found = known[at];
      if (!found) return [];
      const { model, sizeBytes, rotational, removable } = found;
      const temperatureCelsius = celsius.get(counter.name) ?? null;
      const health =
        temperatureCelsius === null
          ? found.health
          : { ...(found.health ?? unknownHealth), temperatureCelsius };
      return [{ ...counter, model, sizeBytes, rotational, removable, health }];
    });
    const pressureText = pressure.read();
    return { devices, pressure: pressureText && parsePressure(pressureText) };
  };
  return {
    id: 'disk',
    minIntervalMs: 250,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: (signal) => {
      const counters = parseDiskstats(diskstats.read(), (name) => !notDisks.test(name));
      const keys = counters.map(deriveKey);
      if (facts.refresh(keys)) return derive(counters, keys);
      return facts.complete(keys, signal).then(() => derive(counters, keys));
    },
    [Symbol.asyncDispose]: async () => {
      diskstats[Symbol.dispose]();
      pressure[Symbol.dispose]();
      await temperatures[Symbol.asyncDispose]();
    },
  };
}

/** The number too: a disk that took another's name is another. */
function deriveKey({ number, name }: DeviceCounters): string {
  return `${number} ${name}`;
}

function deriveName(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
