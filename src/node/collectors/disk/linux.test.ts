import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { diskRawSchema, type DeviceRaw, type DiskRaw } from '../../../shared/series/raw/disk.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { FakeProbe } from '../../probe/testing/fake-probe.ts';
import { parseLifeTime, parseTemperature } from './health.ts';
import { createLinuxDiskCollector } from './linux.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
let clock: FakeClock;
let probe: FakeProbe;
let client: ProbeClient;
let root: string;
let collector: Collector<'disk'> | null;

beforeEach(() => {
  clock = new FakeClock();
  probe = new FakeProbe();
  client = new ProbeClient({ clock, spawnProbe: () => probe });
  root = mkdtempSync(join(tmpdir(), 'pulsewire-disk-'));
  collector = null;
});

afterEach(async () => {
  await collector?.[Symbol.asyncDispose]?.();
  await client[Symbol.asyncDispose]();
  expect(clock.sleeping).toBe(0);
  rmSync(root, { recursive: true });
});

const useMachine = (machine: string): void => cpSync(join(fixtures, machine), root, { recursive: true, verbatimSymlinks: true }); // prettier-ignore

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

async function read(): Promise<DiskRaw> {
  collector ??= createLinuxDiskCollector({ clock, procRoot: join(root, 'proc'), sysRoot: join(root, 'sys') }, client); // prettier-ignore
  return v.parse(diskRawSchema, await collector.read(new AbortController().signal));
}

const find = ({ devices }: DiskRaw, name: string): DeviceRaw =>
  devices.find((device) => device.name === name)!;

describe('what the kernel says of a disk', () => {
  it('is its state and its errors of SCSI and SATA, and what a RAID array lacks', async () => {
    useMachine('debian-10-laptop');
    const disks = await read();
    expect(find(disks, 'sda')).toMatchObject({
      rotational: true,
      removable: false,
      discardedBytes: 2048 * 512,
      discardOperations: 101,
      discardTimeMs: 12,
      flushOperations: null,
      health: { state: 'running', ioErrors: 26, ioTimeouts: 0, temperatureCelsius: null },
    });
    expect(find(disks, 'md0').health).toMatchObject({ state: 'clean', missingMembers: 1, ioErrors: null });
    expect(find(disks, 'mmcblk0')).toMatchObject({ removable: true, health: { state: null, lifeUsed: 0.2 } });
    expect(find(disks, 'dm-0').health).toBeNull();
    expect(disks.pressure).toBeNull();
  });

  it('is the state of NVMe, with flushes and the pressure that all disks cause', async () => {
    useMachine('debian-13-desktop');
    const disks = await read();
    expect(find(disks, 'nvme0n1')).toMatchObject({ rotational: false, flushOperations: 44120, flushTimeMs: 22140, discardOperations: 21001, health: { state: 'live', ioErrors: null } }); // prettier-ignore
    expect(disks.pressure).toEqual({ someMicros: 81223045, fullMicros: 70112233 });
  });

  it('names each state of an NVMe disk with several controllers', async () => {
    write('proc/diskstats', ' 259 0 nvme1n1 1 2 3 4 5 6 7 8 9 10 11\n');
    write('sys/block/nvme1n1/size', '8');
    write('sys/block/nvme1n1/device/nvme1/state', 'live\n');
    write('sys/block/nvme1n1/device/nvme2/state', 'connecting\n');
    expect(find(await read(), 'nvme1n1').health?.state).toBe('live, connecting');
  });

  it('is nothing where files are absurd or pipes, and spoils no counters', async () => {
    write('proc/diskstats', '   8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n   8 1');
    for (const [file, text] of [['size', '-5'], ['removable', 'maybe'], ['queue/rotational', ''], ['device/ioerr_cnt', '0xzz'], ['device/iotmo_cnt', `0x${'f'.repeat(40)}`], ['device/model', '<img onerr=x>\u001b[2J'], ['device/life_time', '0x00 0xff']]) write(`sys/block/sda/${file}`, text!); // prettier-ignore
    execFileSync('mkfifo', [join(root, 'sys/block/sda/device/state')]);
    expect(find(await read(), 'sda')).toMatchObject({ sizeBytes: null, removable: null, rotational: null, health: null, readBytes: 3 * 512, model: '<img onerr=x>\u001b[2J' }); // prettier-ignore
  });

  it('is no word on moving parts of a disk that a hypervisor gives', async () => {
    const names = ['vda', 'xvda', 'sda'];
    for (const name of names) {
      write(`sys/block/${name}/size`, '8');
      write(`sys/block/${name}/queue/rotational`, '1');
    }
    write('proc/diskstats', names.map((name, at) => ` 8 ${at} ${name} 1 2 3 4 5 6 7 8 9 10 11\n`).join(''));
    const disks = await read();
    expect(names.map((name) => find(disks, name).rotational)).toEqual([null, null, true]);
  });

  it('is asked of a disk that took another’s place at once', async () => {
    useMachine('debian-13-desktop');
    expect(find(await read(), 'nvme0n1').health?.state).toBe('live');
    write('sys/block/nvme0n1/device/state', 'dead');
    expect(find(await read(), 'nvme0n1').health?.state).toBe('live');
    write('proc/diskstats', ' 259 7 nvme0n1 1 2 3 4 5 6 7 8 9 10 11\n');
    expect(find(await read(), 'nvme0n1').health?.state).toBe('dead');
    write('sys/block/nvme0n1/device/state', 'live');
    clock.freeze(30_000);
    expect(find(await read(), 'nvme0n1').health?.state).toBe('live');
  });
});

describe('the temperature of a disk', () => {
  const answer = (path: string, text: string): void => {
    const { id } = probe.asked.findLast(({ params }) => (params as { paths: string[] }).paths[0] === path)!;
    probe.reply({ id, value: { texts: [text], slowestMs: 1 } });
  };
  const path = (): string => join(root, 'sys/block/nvme0n1/device/hwmon1/temp1_input');

  it('is read by the probe process, and told with the next reading', async () => {
    useMachine('debian-13-desktop');
    expect(find(await read(), 'nvme0n1').health?.temperatureCelsius).toBeNull();
    await clock.advance(0);
    answer(path(), '41850');
    await clock.advance(1_000);
    expect(find(await read(), 'nvme0n1').health?.temperatureCelsius).toBe(41.85);
    expect(probe.asked).toHaveLength(1);
    clock.freeze(30_000);
    await read();
    expect(probe.asked).toHaveLength(2);
  });

  it('delays nothing while the disk does not answer', async () => {
    useMachine('debian-13-desktop');
    for (let second = 0; second < 10; second++) {
      const reading = await read();
      expect(find(reading, 'nvme0n1')).toMatchObject({ readOperations: 489172, health: { temperatureCelsius: null } }); // prettier-ignore
      await clock.advance(1_000);
    }
    expect(probe.asked).toHaveLength(1);
  });

  it('is not asked of a disk with moving parts that rests, nor told then', async () => {
    write('sys/block/sda/size', '8');
    write('sys/block/sda/queue/rotational', '1');
    write('sys/block/sda/device/hwmon/hwmon3/temp1_input', '30000');
    const thermometer = join(root, 'sys/block/sda/device/hwmon/hwmon3/temp1_input');
    const busy = (operations: number): void => write('proc/diskstats', ` 8 0 sda ${operations} 2 3 4 5 6 7 8 9 10 11\n`); // prettier-ignore
    busy(1);
    await read();
    answer(thermometer, '30000');
    await clock.advance(1);
    expect(find(await read(), 'sda').health?.temperatureCelsius).toBe(30);
    await clock.advance(30_000);
    await read();
    await clock.advance(1);
    expect(find(await read(), 'sda').health).toBeNull();
    expect(probe.asked).toHaveLength(1);
    busy(2);
    await clock.advance(30_000);
    await read();
    expect(probe.asked).toHaveLength(2);
  });

  it('is what a thermometer can say', () => {
    expect(['41850', '-5000', '0', '', 'hot', '99999999', '1e5', null].map(parseTemperature)).toEqual([41.85, -5, 0, null, null, null, null, null]); // prettier-ignore
    expect(['0x02 0x01', '0x0b 0x00', '0x00 0x00', '', null].map(parseLifeTime)).toEqual([0.2, 1.1, null, null, null]); // prettier-ignore
  });
});
