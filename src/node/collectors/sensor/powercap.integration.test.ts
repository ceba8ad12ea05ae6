import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { EnergyCounters } from './energy-counters.ts';
import { findPowercapZones } from './powercap.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-powercap-'));
  const zone = join(root, 'class/powercap/intel-rapl:0');
  mkdirSync(zone, { recursive: true });
  writeFileSync(join(zone, 'name'), 'package-0\n');
  writeFileSync(join(zone, 'energy_uj'), '1000000\n');
  chmodSync(join(zone, 'energy_uj'), 0o400);
  for (const folder of [root, join(root, 'class'), join(root, 'class/powercap'), zone])
    chmodSync(folder, 0o755);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

it.runIf(process.getuid?.() === 0)('says how to see the energy counters that only root may read', () => {
  using counters = new EnergyCounters(systemClock);
  counters.use(findPowercapZones(root));
  expect(counters.read()).toMatchObject([{ label: 'package-0', joules: 1 }]);
  expect(counters.remedy).toBeNull();

  process.seteuid!(65_534);
  try {
    counters.use(findPowercapZones(root));
    expect(counters.read()).toEqual([]);
    expect(counters.remedy).toContain('sudo chmod a+r /sys/class/powercap/*/energy_uj');
  } finally {
    process.seteuid!(0);
  }

  counters.use(findPowercapZones(root));
  expect(counters.read()).toHaveLength(1);
});
