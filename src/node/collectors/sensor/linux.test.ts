import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { sensorRawSchema, type SensorRaw } from '../../../shared/series/raw/sensor.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { ProbeMethods } from '../../probe/probe-messages.ts';
import { createProbeHere, readFilesNow } from '../testing/probe-here.ts';
import { deriveHwmonChannels } from './hwmon-channels.ts';
import { createLinuxSensorCollector } from './linux.ts';

const signal = new AbortController().signal;
let root: string;
let clock: FakeClock;
let probe: ProbeClient;
let collector: Collector<'sensor'>;
let asked: string[][];
/** Chips whose driver does not answer, or only after a second. */
let hanging: string[];
let slow: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pulsewire-sensors-'));
  cpSync(join(import.meta.dirname, '../fixtures/fedora-laptop/sys'), root, { recursive: true });
  putPowercap('intel-rapl', {});
  putPowercap('intel-rapl:0', { name: 'package-0', energy_uj: 123456789012, max_energy_range_uj: wrapsAt });
  putPowercap('intel-rapl:0:0', { name: 'core', energy_uj: 23456789012, max_energy_range_uj: wrapsAt });
  putPowercap('intel-rapl-mmio:0', { name: 'package-0', energy_uj: 5, max_energy_range_uj: wrapsAt });
  clock = new FakeClock();
  [asked, hanging, slow] = [[], [], []];
  probe = createProbeHere(clock, {
    readFiles: async (params) => {
      const { paths } = params as ProbeMethods['readFiles']['params'];
      asked.push([...paths]);
      if (hanging.some((chip) => paths[0]!.includes(chip))) await new Promise(() => undefined);
      const isSlow = slow.some((chip) => paths[0]!.includes(chip));
      if (isSlow) await clock.sleep(800);
      return { ...readFilesNow(params), slowestMs: isSlow ? 800 : 0.05 };
    },
  });
  collector = createLinuxSensorCollector({ clock, procRoot: '/nonexistent', sysRoot: root }, probe);
});

afterEach(async () => {
  await collector[Symbol.asyncDispose]?.();
  await probe[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

const wrapsAt = 262143328850;

/** These names have colons, which a repository that is checked out on Windows may not. */
function putPowercap(zone: string, files: Readonly<Record<string, string | number>>): void {
  const folder = join(root, 'class/powercap', zone);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`);
}

/** A reading, for which the clock goes on only as far as it waits. */
async function read(): Promise<SensorRaw> {
  const reading = Promise.resolve(collector.read(signal));
  let isDone = false;
  void reading.finally(() => (isDone = true));
  for (await clock.advance(0); !isDone;) await clock.advance(50);
  return v.parse(sensorRawSchema, await reading);
}

const find = ({ sensors }: SensorRaw, id: string) => sensors.find((sensor) => sensor.id.startsWith(id));

describe('the sensors of a laptop', () => {
  it('have their unit, label and limits, and names that tell two chips of a kind apart', async () => {
    const raw = await read();
    expect(find(raw, 'hwmon6/temp1')).toEqual({ id: 'hwmon6/temp1', chip: 'coretemp', label: 'Package id 0', kind: 'temperature', value: 53, high: 100, critical: 100 }); // prettier-ignore
    expect(find(raw, 'hwmon2/temp1')).toMatchObject({
      chip: 'nvme (hwmon2)',
      label: 'Composite',
      high: 83.85,
    });
    expect(find(raw, 'hwmon3/temp1')).toMatchObject({ chip: 'nvme (hwmon3)' });
    expect(find(raw, 'hwmon4/in0')).toMatchObject({ kind: 'voltage', value: 12.312 });
    expect(find(raw, 'hwmon4/curr1')).toMatchObject({ kind: 'current', value: -1.25 });
    expect(find(raw, 'hwmon5/fan1')).toMatchObject({ kind: 'fan', label: 'fan1', value: 2_893, high: null });
    expect(find(raw, 'hwmon7/power1')).toMatchObject({ kind: 'power', label: 'PPT', value: 6.021 });
    expect(find(raw, 'hwmon8/humidity1')).toMatchObject({ kind: 'humidity', value: 43.21 });
  });

  it('leave out what is broken, garbage or no limit at all, and keep the rest of the chip', async () => {
    const raw = await read();
    expect(find(raw, 'hwmon5/fan2')).toBeUndefined();
    expect(find(raw, 'hwmon8/curr2')).toBeUndefined();
    expect(find(raw, 'hwmon8/power9')).toBeUndefined();
    expect(find(raw, 'hwmon8/temp1')).toMatchObject({ value: 21.987 });
    expect(find(raw, 'hwmon2/temp2')).toMatchObject({ value: 38.85, high: null });
    expect(find(raw, 'hwmon5/temp10')?.label).toBe('$(touch x)<img src=x onerror=alert(1)>');
  });

  it('count energy where it can be read, each zone once', async () => {
    const { energies, energyRemedy } = await read();
    expect(energies).toEqual([
      { id: 'intel-rapl:0', label: 'package-0', joules: 123456.789012, wrapsAtJoules: 262143.32885 },
      { id: 'intel-rapl:0:0', label: 'package-0 core', joules: 23456.789012, wrapsAtJoules: 262143.32885 },
      { id: 'hwmon8/energy1', label: 'sht4x energy1', joules: 123.456789, wrapsAtJoules: null },
    ]);
    expect(energyRemedy).toBeNull();
  });
});

describe('reading sensors', () => {
  it('asks no other process any more once every chip has shown itself quick, and sees new figures', async () => {
    await read();
    const count = asked.length;
    writeFileSync(join(root, 'class/hwmon/hwmon6/temp1_input'), '61000\n');
    writeFileSync(join(root, 'class/powercap/intel-rapl:0/energy_uj'), '5\n');
    const next = collector.read(signal) as SensorRaw;
    expect(find(next, 'hwmon6/temp1')?.value).toBe(61);
    expect(next.energies[0]?.joules).toBe(5e-6);
    expect(asked).toHaveLength(count);
  });

  it('leaves a file that fails alone for a while, and reads the others', async () => {
    await read();
    const path = join(root, 'class/hwmon/hwmon6/temp1_input');
    rmSync(path);
    execFileSync('mkfifo', [path]);
    for (let turn = 0; turn < 3; turn++) {
      const raw = await read();
      expect(find(raw, 'hwmon6/temp1')).toBeUndefined();
      expect(find(raw, 'hwmon6/temp2')?.value).toBe(49);
    }
    rmSync(path);
    writeFileSync(path, '50000\n');
    await clock.advance(10_000);
    expect(find(await read(), 'hwmon6/temp1')?.value).toBe(50);
  });

  it('asks a slow chip every ten seconds in the other process, nobody waiting but the first reading', async () => {
    slow = ['hwmon1/'];
    await read();
    const ofSlow = (): number => asked.filter((paths) => paths[0]!.includes('hwmon1/')).length;
    await clock.advance(2_000);
    const before = ofSlow();
    for (let second = 0; second < 30; second += 2) {
      const raw = collector.read(signal) as SensorRaw;
      expect(find(raw, 'hwmon6/temp1')?.value).toBe(53);
      expect(find(raw, 'hwmon1/temp1')?.value).toBe(27.8);
      await clock.advance(2_000);
    }
    expect(ofSlow() - before).toBe(3);
  });

  it('goes on without a chip that hangs, whose sensors are not shown for ever as they were', async () => {
    hanging = ['hwmon1/'];
    const startMs = clock.monotonic();
    const raw = await read();
    expect(clock.monotonic() - startMs).toBeLessThanOrEqual(1_100);
    expect(find(raw, 'hwmon1/temp1')).toBeUndefined();
    expect(find(raw, 'hwmon6/temp1')?.value).toBe(53);
    await clock.advance(2_000);
    expect(probe.stuck()).toEqual(['readFiles facts of hwmon1']);
  });

  it('finds chips that are plugged in and drops those that are pulled out', async () => {
    await read();
    rmSync(join(root, 'class/hwmon/hwmon6'), { recursive: true });
    mkdirSync(join(root, 'class/hwmon/hwmon9'));
    writeFileSync(join(root, 'class/hwmon/hwmon9/temp1_input'), '20000\n');
    await clock.advance(60_000);
    await read();
    const raw = await read();
    expect(find(raw, 'hwmon6')).toBeUndefined();
    // A chip without a name is called by its number.
    expect(find(raw, 'hwmon9/temp1')).toMatchObject({ chip: 'hwmon9', value: 20 });
  });

  it('falls back on thermal zones, and is unsupported where there is nothing', async () => {
    rmSync(join(root, 'class/hwmon'), { recursive: true });
    expect((await read()).sensors).toEqual([{ id: 'thermal_zone0/temp', chip: 'x86_pkg_temp', label: 'temp', kind: 'temperature', value: 53, high: null, critical: null }]); // prettier-ignore
    expect(collector.probe()).toEqual({ status: 'ok' });
    rmSync(join(root, 'class'), { recursive: true });
    expect(collector.probe()).toMatchObject({ status: 'unsupported' });
  });

  it('stays without figures where the probe process cannot be started', async () => {
    await probe[Symbol.asyncDispose]();
    const raw = await read();
    expect(raw.sensors).toEqual([]);
    expect(raw.energies).toHaveLength(2);
  });
});

describe('the channels of a chip', () => {
  it('are in the order of their numbers, whatever else is in the folder', () => {
    const names = ['temp10_input', 'temp2_input', 'power1_average', 'power1_input', 'in0_average', 'uevent', 'temp1_max', 'fan1_input', 'temp99999999_input']; // prettier-ignore
    expect(deriveHwmonChannels(names).map(({ input }) => input)).toEqual(['temp2_input', 'temp10_input', 'fan1_input', 'power1_input']); // prettier-ignore
  });
});
