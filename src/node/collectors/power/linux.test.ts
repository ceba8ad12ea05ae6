import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { batteryRawSchema, powerRawSchema, type PowerRaw } from '../../../shared/series/raw/power.ts';
import { createProbeHere } from '../testing/probe-here.ts';
import { createLinuxPowerCollector } from './linux.ts';
import { parseBattery, parseSupplyProperties } from './parse-supply.ts';

const signal = new AbortController().signal;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-power-'));
  cpSync(join(import.meta.dirname, '../fixtures/fedora-laptop/sys'), root, { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

async function read(sysRoot = root): Promise<PowerRaw> {
  const clock = new FakeClock();
  const probe = createProbeHere(clock);
  const collector = createLinuxPowerCollector({ clock, procRoot: '/nonexistent', sysRoot }, probe);
  expect(collector.probe()).toEqual({ status: 'ok' });
  await collector.read(signal);
  // The second is read here, through kept descriptors.
  const second = collector.read(signal);
  expect(second).not.toBeInstanceOf(Promise);
  await collector[Symbol.asyncDispose]?.();
  await probe[Symbol.asyncDispose]();
  return v.parse(powerRawSchema, second);
}

const change = (supply: string, from: string, to: string): void => {
  const text = `POWER_SUPPLY_ONLINE=0\nPOWER_SUPPLY_STATUS=Discharging`.replace(from, to);
  writeFileSync(join(root, 'class/power_supply', supply, 'uevent'), text);
};

describe('the power of a laptop', () => {
  it('shows each battery with its energy, health and time, and that the laptop runs on them', async () => {
    const { onBattery, batteries } = await read();
    expect(onBattery).toBe(true);
    expect(batteries.map(({ name }) => name)).toEqual(['BAT0', 'BAT1', 'BAT3']);
    expect(batteries[0]).toEqual({ name: 'BAT0', model: 'LGC <img src=x>', status: 'discharging', charge: 0.8, energyWattHours: 41.04, fullWattHours: 51.3, designWattHours: 57.02, powerWatts: 8.208, voltageVolts: 12.312, cycles: 112, secondsToEmpty: 18_000, secondsToFull: null }); // prettier-ignore
  });

  it('reckons energy from charge at the voltage that the battery was made for, and power from current', async () => {
    const { batteries } = await read();
    expect(batteries[1]).toEqual({ name: 'BAT1', model: null, status: 'charging', charge: 0.5, energyWattHours: 15, fullWattHours: 30, designWattHours: 40, powerWatts: 12, voltageVolts: 12, cycles: null, secondsToEmpty: null, secondsToFull: 4_500 }); // prettier-ignore
  });

  it('keeps a battery that says nothing, without figures', async () => {
    const { batteries } = await read();
    expect(batteries[2]).toMatchObject({ name: 'BAT3', status: 'unknown', charge: null, powerWatts: null });
  });

  it('runs on mains where that is online, whatever its batteries do', async () => {
    change('AC', 'ONLINE=0', 'ONLINE=1');
    expect((await read()).onBattery).toBe(false);
  });
});

describe('the power of a machine without a battery', () => {
  it('is mains where that says so, and unknown where nothing does', async () => {
    for (const name of ['BAT0', 'BAT1', 'BAT2', 'BAT3']) rmSync(join(root, 'class/power_supply', name), { recursive: true }); // prettier-ignore
    change('AC', 'ONLINE=0', 'ONLINE=1');
    expect(await read()).toEqual({ onBattery: false, batteries: [] });
    expect(await read('/nonexistent')).toEqual({ onBattery: null, batteries: [] });
  });
});

describe('the properties of a supply', () => {
  it('give a battery of the right form, whatever they say', () => {
    const key = fc.constantFrom('STATUS', 'CAPACITY', 'ENERGY_NOW', 'ENERGY_FULL', 'CHARGE_NOW', 'CHARGE_FULL', 'POWER_NOW', 'CURRENT_NOW', 'VOLTAGE_NOW', 'VOLTAGE_MIN_DESIGN', 'TIME_TO_EMPTY_NOW', 'CYCLE_COUNT', 'MODEL_NAME'); // prettier-ignore
    const value = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
      fc.integer({ min: -1, max: 200 }).map(String),
      fc.constantFrom('Charging', 'Discharging', 'Full', ''),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value)), (entries) => {
        const text = entries.map(([name, figure]) => `POWER_SUPPLY_${name}=${figure}`).join('\n');
        const battery = v.parse(batteryRawSchema, parseBattery('BAT0', parseSupplyProperties(text)));
        expect(battery.charge ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});
