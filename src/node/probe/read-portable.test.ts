import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { topicSchemas, type RawOf, type Topic } from '../../shared/series/raw.ts';
import { deriveDiskRates } from '../../shared/series/rates/disk.ts';
import { at, figuresOf } from '../../shared/series/rates/testing/readings.ts';
import { toldText, type NodeFacts, type SystemLibrary } from './portable/portable-sources.ts';
import { createReadPortable } from './read-portable.ts';

type Machine = 'macos' | 'windows';
type Answers = { [Name in keyof SystemLibrary]?: unknown } & { node?: Partial<NodeFacts> };

/** Reads a topic as the probe process does, by the library's answers of such a machine, and as the wire takes it. */
async function read<T extends Topic>(machine: Machine, topic: T, answers: Answers = {}): Promise<RawOf<T>> {
  const answer = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', machine, `${name}.json`), 'utf8')); // prettier-ignore
  const library = new Proxy({} as SystemLibrary, {
    get: (_, name: keyof SystemLibrary) => async () =>
      Object.hasOwn(answers, name) ? answers[name] : answer(name),
  });
  const node = { ...(answer('node') as NodeFacts), ...answers.node };
  const value = await createReadPortable({ library, node: () => node })({ topic });
  return v.parse(topicSchemas[topic], JSON.parse(JSON.stringify(value)));
}

const local = (...parts: [number, number, number, number, number, number?]): number => new Date(...parts).getTime(); // prettier-ignore

describe('macOS', () => {
  it('tells the processor by its times and load, and no frequency', async () => {
    const cpu = await read('macos', 'cpu');
    expect(cpu).toMatchObject({ ticksPerSecond: 1_000, load: { one: 2.1, five: 1.9, fifteen: 1.75 }, pressure: null, cgroup: null }); // prettier-ignore
    expect(cpu.cores.map(({ id, times, frequencyHz }) => [id, times.user, times.system, times.idle, frequencyHz])).toEqual([[0, 5_123_340, 3_123_340, 61_234_560, null], [1, 4_012_340, 2_412_340, 63_123_450, null]]); // prettier-ignore
    expect(cpu.total.user).toBe(9_135_680);
  });

  it('tells memory with what is available and swap, and nothing of the kernel’s', async () => {
    expect(await read('macos', 'memory')).toMatchObject({ totalBytes: 19_327_352_832, freeBytes: 402_653_184, availableBytes: 8_053_063_680, swapTotalBytes: 2_147_483_648, swapFreeBytes: 1_020_264_448, slabBytes: null, oomKills: null, pressure: null }); // prettier-ignore
  });

  it('tells interfaces by kind, state and traffic, a drop once, and no duplex that is a stand-in', async () => {
    const { interfaces, defaultRoutes } = await read('macos', 'network');
    expect(interfaces.map(({ name, kind, state, speedBitsPerSecond, mtuBytes, duplex }) => [name, kind, state, speedBitsPerSecond, mtuBytes, duplex])).toEqual([
      ['lo0', 'loopback', 'unknown', null, 16_384, null],
      ['en0', 'wifi', 'up', 866.7e6, 1_500, null],
      ['en4', 'ethernet', 'down', null, 1_500, 'half'],
      ['utun3', 'virtual', 'unknown', null, 1_380, null],
    ]); // prettier-ignore
    expect(interfaces[1]).toMatchObject({ rxBytes: 51_234_455_123, txBytes: 4_123_445_512, rxPackets: null, rxDropped: 0, txDropped: 7, addresses: ['192.168.1.44', 'fe80::1c2d:3e4f:5a6b:7c8d'], carrierChanges: null }); // prettier-ignore
    expect(defaultRoutes).toEqual([{ family: 'ipv4', interfaceName: 'en0', gateway: null }]);
  });

  it('tells the traffic of disks, whose latency is unknown and not zero', async () => {
    const before = await read('macos', 'disk');
    expect(before.devices).toMatchObject([{ readBytes: 212_344_551_234, writtenBytes: 151_234_455_123, readOperations: 8_123_344, readTimeMs: null, busyTimeMs: null }]); // prettier-ignore
    const after = structuredClone(before);
    after.devices[0]!.readOperations += 10;
    const rates = figuresOf(deriveDiskRates(at(0, before), at(1_000, after))).devices.get('all disks');
    expect(rates).toMatchObject({ readOperationsPerSecond: 10, readLatencyMs: null, latencyMs: null, busy: null, queueLength: null }); // prettier-ignore
  });

  it('tells volumes by the space of what they share', async () => {
    const { mounts } = await read('macos', 'filesystem');
    expect(mounts.map(({ mountPoint, type, readOnly, space }) => [mountPoint, type, readOnly, space?.freeBytes])).toEqual([
      ['/', 'APFS', true, 201_863_462_912],
      ['/System/Volumes/Data', 'APFS', false, 201_863_462_912],
      ['/Volumes/media', 'smbfs', false, 2_000_000_000_000],
      ['/Volumes/My Stick', 'exfat', false, 1_048_576],
    ]); // prettier-ignore
  });

  it('tells what the machine is', async () => {
    expect(await read('macos', 'host')).toMatchObject({
      hostname: 'Annas-MacBook-Pro.local', operatingSystem: 'macOS 15.6.1', kernel: '24.6.0', architecture: 'arm64',
      kernelBuild: expect.stringContaining('xnu-11417'), processor: 'Apple M3 Pro', logicalCores: 11, physicalCores: 11,
      machine: 'Apple Inc. MacBook Pro (14-inch, M3 Pro, Nov 2023)', board: 'Apple Inc. Mac15,6', chassis: 'notebook',
      firmware: { vendor: 'Apple Inc.', version: '11881.140.96', date: null }, bootMode: null, secureBoot: null,
      virtualization: null, timeZone: 'Europe/Berlin', timeSynchronization: null,
      bootedWallMs: 1_763_900_000_000, uptimeSeconds: 90_000,
    }); // prettier-ignore
    expect((await read('macos', 'host', { node: { architecture: 'x64' } })).bootMode).toBe('uefi');
  });

  it('tells no temperatures to ordinary programs, and those that an add-on gives', async () => {
    await expect(read('macos', 'sensor')).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('no ordinary program') }); // prettier-ignore
    const warm = { main: 48.2, cores: [47.1, 49.3], max: 49.3, socket: [], chipset: 40 };
    const { sensors } = await read('macos', 'sensor', { cpuTemperature: warm });
    expect(sensors.map(({ label, value }) => [label, value])).toEqual([['Processor', 48.2], ['Core 0', 47.1], ['Core 1', 49.3], ['Chipset', 40]]); // prettier-ignore
  });

  it('tells the battery, its health and how long it will last', async () => {
    expect(await read('macos', 'power')).toEqual({
      onBattery: true,
      batteries: [{ name: 'Battery 1', model: 'bq40z651', status: 'discharging', charge: 0.62, energyWattHours: 41.23, fullWattHours: 66.11, designWattHours: 72.4, powerWatts: null, voltageVolts: 12.104, cycles: 87, secondsToEmpty: 25_860, secondsToFull: null }],
    }); // prettier-ignore
    const battery = { hasBattery: true, percent: 100, isCharging: false, acConnected: true, timeRemaining: 65_535, capacityUnit: 'mAh', currentCapacity: 4_000 }; // prettier-ignore
    expect(await read('macos', 'power', { battery })).toMatchObject({ onBattery: false, batteries: [{ status: 'full', secondsToEmpty: null, energyWattHours: null }] }); // prettier-ignore
    expect(await read('macos', 'power', { battery: { hasBattery: false } })).toEqual({ onBattery: null, batteries: [] }); // prettier-ignore
  });

  it('tells the graphics processor by name', async () => {
    expect((await read('macos', 'gpu')).devices).toMatchObject([{ id: 'controller 0', name: 'Apple M3 Pro', vendor: 'other', busy: null, memoryTotalBytes: null }]); // prettier-ignore
  });

  it('tells who is logged in, from where and since when', async () => {
    expect((await read('macos', 'login')).sessions).toEqual([
      { id: 'console anna', user: 'anna', terminal: 'console', remoteHost: null, kind: 'graphical', startedWallMs: local(2025, 10, 24, 8, 15), leaderPid: null },
      { id: 'ttys001 anna', user: 'anna', terminal: 'ttys001', remoteHost: null, kind: 'terminal', startedWallMs: local(2025, 10, 24, 9, 2), leaderPid: null },
      { id: 'ttys004 bert', user: 'bert', terminal: 'ttys004', remoteHost: '192.168.1.23', kind: 'terminal', startedWallMs: local(2025, 10, 24, 11, 40), leaderPid: null },
    ]); // prettier-ignore
  });
});

describe('Windows', () => {
  it('tells the processor without a load average', async () => {
    const cpu = await read('windows', 'cpu');
    expect(cpu.load).toBeNull();
    expect(cpu.cores[0]?.times).toMatchObject({ user: 812_343, irq: 21_015, iowait: 0 });
  });

  it('tells memory with the page file as swap', async () => {
    expect(await read('windows', 'memory')).toMatchObject({ availableBytes: 15_032_385_536, swapTotalBytes: 5_100_273_664, swapFreeBytes: 4_890_558_464 }); // prettier-ignore
  });

  it('tells interfaces, with the state that their adapter has, and no speed without a cable', async () => {
    const { interfaces, defaultRoutes } = await read('windows', 'network');
    expect(interfaces.map(({ name, kind, state, speedBitsPerSecond, mtuBytes }) => [name, kind, state, speedBitsPerSecond, mtuBytes])).toEqual([
      ['Wi-Fi', 'wifi', 'up', 1.201e9, null],
      ['Ethernet', 'ethernet', 'down', null, null],
      ['vEthernet (WSL)', 'virtual', 'up', 1e10, null],
      ['Loopback Pseudo-Interface 1', 'loopback', 'up', null, null],
    ]); // prettier-ignore
    expect(interfaces[0]).toMatchObject({ rxBytes: 8_123_344_551, rxErrors: 2 });
    expect(defaultRoutes).toMatchObject([{ interfaceName: 'Wi-Fi' }]);
  });

  it('counts no traffic of disks, and says so', async () => {
    await expect(read('windows', 'disk')).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('counts no disk traffic') }); // prettier-ignore
  });

  it('tells drives', async () => {
    const { mounts } = await read('windows', 'filesystem');
    expect(mounts.map(({ mountPoint, type, readOnly, space }) => [mountPoint, type, readOnly, space?.freeBytes])).toEqual([
      ['C:', 'NTFS', false, 410_566_252_544],
      ['D:', '', true, 0],
      ['Z:', 'NTFS', false, 2_000_000_000_000],
    ]); // prettier-ignore
  });

  it('tells what the machine is', async () => {
    expect(await read('windows', 'host')).toMatchObject({
      operatingSystem: 'Microsoft Windows 11 Pro 10.0.26100', kernel: '10.0.26100', kernelBuild: 'Windows 11 Pro',
      processor: 'Intel Gen Intel® Core™ i7-13700H', logicalCores: 20, physicalCores: 14, machine: 'Dell Inc. XPS 15 9530',
      board: 'Dell Inc. 0XYZ12', chassis: 'notebook', firmware: { vendor: 'Dell Inc.', version: '1.22.0', date: '2025-06-11' },
      bootMode: 'uefi', virtualization: null, timeZone: 'America/New_York',
    }); // prettier-ignore
    const system = { manufacturer: 'Microsoft Corporation', model: 'Virtual Machine', virtual: true };
    expect((await read('windows', 'host', { system })).virtualization).toBe('virtual machine');
  });

  it('tells thermal zones, which are no cores, where it tells any', async () => {
    const { sensors } = await read('windows', 'sensor');
    expect(sensors.map(({ id, label, value }) => [id, label, value])).toEqual([['core/0', 'Thermal zone 0', 27.9], ['core/1', 'Thermal zone 1', 64.8]]); // prettier-ignore
    const cold = { main: null, cores: [], max: null, socket: [], chipset: null };
    await expect(read('windows', 'sensor', { cpuTemperature: cold })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('administrators') }); // prettier-ignore
  });

  it('tells batteries, and leaves open what the library mistakes', async () => {
    expect(await read('windows', 'power')).toMatchObject({
      onBattery: false,
      batteries: [
        { name: 'Battery 1', status: 'charging', charge: 0.73, energyWattHours: 57.838, fullWattHours: 79.23, designWattHours: 86, voltageVolts: null, cycles: null, secondsToEmpty: null },
        { name: 'Battery 2', status: 'unknown', charge: 1 },
      ],
    }); // prettier-ignore
  });

  it('tells graphics processors, NVIDIA’s with what its driver says', async () => {
    expect((await read('windows', 'gpu')).devices).toMatchObject([
      { id: 'controller 0', name: 'Intel(R) Iris(R) Xe Graphics', vendor: 'intel', driver: null, busy: null, memoryTotalBytes: 134_217_728, temperatureCelsius: null },
      { id: '00000000:01:00.0', vendor: 'nvidia', driver: '566.36', busy: 0.37, memoryUsedBytes: 1_073_741_824, memoryTotalBytes: 8_585_740_288, temperatureCelsius: 58, powerWatts: 41.52, powerLimitWatts: 80, frequencyHz: 1.905e9, memoryFrequencyHz: 8.001e9, fan: null },
    ]); // prettier-ignore
  });

  it('tells who is logged in', async () => {
    expect((await read('windows', 'login')).sessions).toMatchObject([
      { id: 'console anna', kind: 'graphical', startedWallMs: local(2025, 10, 24, 8, 15, 30) },
      { id: 'rdp-tcp#3 bert', kind: 'graphical', remoteHost: null, startedWallMs: null },
    ]);
  });
});

describe('the library', () => {
  it('is asked for what the machine is once an hour, not each time', async () => {
    let asked = 0;
    const facts = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/windows/node.json'), 'utf8')) as NodeFacts; // prettier-ignore
    const node = { ...facts };
    const library = new Proxy({} as SystemLibrary, { get: () => async () => (asked++, {}) });
    const readHost = createReadPortable({ library, node: () => node });
    const first = await readHost({ topic: 'host' });
    expect(v.parse(topicSchemas.host, first)).toMatchObject({ operatingSystem: 'win32', logicalCores: 2, machine: null, firmware: null }); // prettier-ignore
    const once = asked;
    Object.assign(node, { nowMs: facts.nowMs + 3_599_000, uptimeSeconds: 1e6 });
    expect(await readHost({ topic: 'host' })).toMatchObject({ uptimeSeconds: 1e6 });
    expect(asked).toBe(once);
    Object.assign(node, { nowMs: facts.nowMs + 3_600_000 });
    await readHost({ topic: 'host' });
    expect(asked).toBe(2 * once);
  });

  it('gives values whatever it leaves out or makes up', async () => {
    for (const machine of ['macos', 'windows'] as const) {
      const odd = { mem: { available: NaN, buffers: -1, cached: null, swaptotal: undefined, swapfree: 9 } };
      expect(await read(machine, 'memory', odd)).toMatchObject({ availableBytes: 0, buffersBytes: 0, swapTotalBytes: 0, swapFreeBytes: 0 }); // prettier-ignore
      expect((await read(machine, 'network', { networkInterfaces: [] })).interfaces[0]).toMatchObject({ kind: 'other', addresses: [] }); // prettier-ignore
      expect(await read(machine, 'gpu', { graphics: { controllers: [{}] } })).toMatchObject({ devices: [{ name: 'Graphics', vendor: 'other', memoryTotalBytes: null }] }); // prettier-ignore
      expect(await read(machine, 'login', { users: [{ user: '' }, { user: '<img src=x>', tty: null, date: 'x', time: '99' }] })).toMatchObject({ sessions: [{ user: '<img src=x>', kind: 'other', startedWallMs: null }] }); // prettier-ignore
      await expect(read(machine, 'sensor', { cpuTemperature: { main: -1 } })).rejects.toMatchObject({ code: 'unsupported' }); // prettier-ignore
      await expect(read(machine, 'container')).rejects.toMatchObject({ code: 'unsupported' });
    }
  });

  it('says nothing in texts that stand for nothing', () => {
    expect(['', ' ', '-', 'unknown', 'N/A', 'Default string', 'To Be Filled By O.E.M.', null, undefined].map(toldText)).toEqual(Array(9).fill(null)); // prettier-ignore
    expect(toldText(' Dell Inc. ')).toBe('Dell Inc.');
  });
});
