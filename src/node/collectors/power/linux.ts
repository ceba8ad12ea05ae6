import { join } from 'node:path';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { PowerRaw } from '../../../shared/series/raw/power.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { DeviceFiles, type DeviceTexts } from '../device-files.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { parseBattery, parseOnline, parseSupplyProperties } from './parse-supply.ts';
import { deriveOnBattery, findSupplies, type Supply } from './supplies.ts';

/** How often it is looked for supplies that were plugged in or taken out. */
const discoveryMs = 30_000;
const deadlineMs = 2_000;

/** Reads /sys/class/power_supply. A machine without a battery has an empty list of them, which is no failure. */
export function createLinuxPowerCollector(
  { clock, sysRoot }: LinuxSources,
  probe: ProbeClient,
): Collector<'power'> {
  const root = join(sysRoot, 'class/power_supply');
  const ended = new AbortController();
  let files: DeviceFiles | null = null;
  let known = '';
  const supplies = new Refreshed(clock, discoveryMs, () => {
    const found = findSupplies(root);
    const key = found.map(({ name }) => name).join('/');
    if (key === known) return found;
    known = key;
    files?.[Symbol.dispose]();
    const paths = found.map(({ name }) => join(root, name, 'uevent'));
    files = new DeviceFiles({ clock, probe, key: 'power supplies', paths, deadlineMs });
    return found;
  });
  return {
    id: 'power',
    minIntervalMs: 5_000,
    deadlineMs: deadlineMs + 500,
    probe: () => ({ status: 'ok' }),
    read: () => {
      const found = supplies.get();
      if (!files || found.length === 0) return { onBattery: null, batteries: [] };
      const texts = files.read(ended.signal);
      return texts instanceof Promise
        ? texts.then((late) => derivePower(found, late))
        : derivePower(found, texts);
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort(new MonitorError('closed', 'The power supplies are not read any more.'));
      files?.[Symbol.dispose]();
    },
  };
}

function derivePower(supplies: readonly Supply[], texts: DeviceTexts): PowerRaw {
  const batteries: PowerRaw['batteries'] = [];
  const onlines: (boolean | null)[] = [];
  supplies.forEach(({ name, isBattery }, index) => {
    const properties = parseSupplyProperties(texts[index] ?? '');
    if (!isBattery) onlines.push(parseOnline(properties));
    else if (properties.get('PRESENT') !== '0') batteries.push(parseBattery(name, properties));
  });
  return { onBattery: deriveOnBattery(batteries, onlines), batteries };
}
