import { describe, expect, it } from 'vitest';
import { unknownCpu, type CpuTimes } from '../../shared/series/raw/cpu.ts';
import { unknownDevice } from '../../shared/series/raw/disk.ts';
import type { MountRaw } from '../../shared/series/raw/filesystem.ts';
import { unknownMemory } from '../../shared/series/raw/memory.ts';
import { unknownInterface, type InterfaceRaw } from '../../shared/series/raw/network.ts';
import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { Section, Sections } from '../../shared/series/sample.ts';
import { Exposition } from './exposition.ts';
import { parseExposition } from './testing/parse-exposition.ts';

function write<T extends Topic>(topic: T, data: RawOf<T>) {
  const page = new Exposition();
  const section: Section<RawOf<T>> = { status: 'ok', readMs: 0, data };
  page.addSection<Topic>(topic, section as Sections[Topic]);
  const families = parseExposition(page.toString());
  const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
    families.get(name)?.series.find((series) => JSON.stringify(series.labels) === JSON.stringify(labels))
      ?.value;
  return { families, value };
}

const times: CpuTimes = {
  user: 7_002,
  nice: 1,
  system: 250,
  idle: 99_999,
  iowait: 3,
  irq: 0,
  softirq: 4,
  steal: 5,
  guest: 6,
  guestNice: 0,
};
const lo: InterfaceRaw = {
  ...unknownInterface,
  name: 'lo',
  kind: 'loopback',
  state: 'up',
  addresses: [],
  rxBytes: 1,
  rxErrors: 0,
  rxDropped: 0,
  txBytes: 2 ** 53,
  txErrors: 0,
  txDropped: 0,
};
const root: MountRaw = {
  mountPoint: '/',
  device: '/dev/sda1',
  type: 'ext4',
  readOnly: false,
  options: [],
  turnedReadOnlyWallMs: null,
  space: { totalBytes: 100, freeBytes: 50, availableBytes: 40, inodesTotal: 10, inodesFree: null },
};

/** Text as an attacker names things: ends of labels and lines, and series of their own. */
const hostileNames = [
  'quote"} 1',
  'back\\slash\\',
  'line\nnode_load1 666',
  '\\n"\n\\"',
  'carriage\r, tab\t, escape\u001b[31m, ünïcode 🎉',
  '{a="b",c="d"}',
  '',
  '# HELP node_load1 no',
];

describe('the Prometheus page', () => {
  it('has node_exporter’s names, labels and units for the processor', () => {
    const { families, value } = write('cpu', {
      ...unknownCpu,
      ticksPerSecond: 100,
      total: times,
      cores: [
        { id: 3, times, frequencyHz: 2.5e9, minFrequencyHz: null, maxFrequencyHz: null, throttles: null },
      ],
      load: { one: 0.25, five: 1, fifteen: 2 },
      contextSwitches: 12,
      pressure: { someMicros: 1_500_000, fullMicros: 0 },
    });
    expect(value('node_cpu_seconds_total', { cpu: '3', mode: 'user' })).toBe(70.02);
    expect(families.get('node_cpu_seconds_total')?.type).toBe('counter');
    expect(families.get('node_cpu_seconds_total')?.series).toHaveLength(8);
    expect(value('node_cpu_guest_seconds_total', { cpu: '3', mode: 'user' })).toBe(0.06);
    expect(value('node_cpu_scaling_frequency_hertz', { cpu: '3' })).toBe(2.5e9);
    expect(value('node_load1')).toBe(0.25);
    expect(value('node_context_switches_total')).toBe(12);
    expect(value('node_pressure_cpu_waiting_seconds_total')).toBe(1.5);
    expect(families.has('node_procs_running')).toBe(false);
    expect(families.has('node_cpu_frequency_max_hertz')).toBe(false);
  });

  it('has node_exporter’s names for memory, with the cache without what is slab', () => {
    const { value } = write('memory', {
      ...unknownMemory,
      totalBytes: 1_000,
      freeBytes: 100,
      availableBytes: 700,
      buffersBytes: 50,
      cachedBytes: 500,
      slabReclaimableBytes: 200,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
      swapInPages: 9,
    });
    expect(value('node_memory_MemTotal_bytes')).toBe(1_000);
    expect(value('node_memory_MemAvailable_bytes')).toBe(700);
    expect(value('node_memory_Cached_bytes')).toBe(300);
    expect(value('node_memory_SReclaimable_bytes')).toBe(200);
    expect(value('node_vmstat_pswpin')).toBe(9);
  });

  it('has node_exporter’s names for disks, interfaces and file systems', () => {
    const disk = {
      ...unknownDevice,
      name: 'sda',
      readBytes: 512,
      readOperations: 2,
      readTimeMs: 6_592,
      writtenBytes: 1,
      writeOperations: 1,
      writeTimeMs: 1,
      discardedBytes: 5_120,
      busyTimeMs: 250,
    };
    const disks = write('disk', { devices: [disk], pressure: null });
    expect(disks.value('node_disk_read_bytes_total', { device: 'sda' })).toBe(512);
    expect(disks.value('node_disk_read_time_seconds_total', { device: 'sda' })).toBe(6.592);
    expect(disks.value('node_disk_io_time_seconds_total', { device: 'sda' })).toBe(0.25);
    expect(disks.value('node_disk_discarded_sectors_total', { device: 'sda' })).toBe(10);
    const networks = write('network', {
      interfaces: [lo, { ...lo, name: 'eth0', state: 'down', speedBitsPerSecond: 1e9 }],
      defaultRoutes: [],
    });
    expect(networks.value('node_network_transmit_bytes_total', { device: 'lo' })).toBe(2 ** 53);
    expect(networks.value('node_network_up', { device: 'lo' })).toBe(1);
    expect(networks.value('node_network_up', { device: 'eth0' })).toBe(0);
    expect(networks.value('node_network_speed_bytes', { device: 'eth0' })).toBe(125e6);
    const mounts = write('filesystem', { mounts: [root] });
    const labels = { device: '/dev/sda1', fstype: 'ext4', mountpoint: '/' };
    expect(mounts.value('node_filesystem_avail_bytes', labels)).toBe(40);
    expect(mounts.value('node_filesystem_readonly', labels)).toBe(0);
    expect(mounts.families.has('node_filesystem_files_free')).toBe(false);
  });

  it('tells what sensors measure apart, and services by their state', () => {
    const { families, value } = write('sensor', {
      sensors: [
        { id: '1', chip: 'k10', label: 'Tctl', kind: 'temperature', value: -4.5, high: null, critical: 95 },
        { id: '2', chip: 'it87', label: 'fan1', kind: 'fan', value: 900, high: null, critical: null },
      ],
      energies: [],
      energyRemedy: null,
    });
    expect(value('node_hwmon_temp_celsius', { chip: 'k10', sensor: 'Tctl' })).toBe(-4.5);
    expect(value('node_hwmon_temp_crit_celsius', { chip: 'k10', sensor: 'Tctl' })).toBe(95);
    expect(families.get('node_hwmon_fan_rpm')?.series).toHaveLength(1);
    const unit = { description: null, detail: null, cpuMicros: 1_500_000, memoryBytes: null, tasks: null };
    const services = write('service', {
      systemState: 'degraded',
      services: [{ name: 'a.service', state: 'failed', ...unit, readBytes: null, writtenBytes: null }],
      remedy: null,
    });
    expect(services.value('node_systemd_unit_state', { name: 'a.service', state: 'failed' })).toBe(1);
    expect(services.value('node_systemd_unit_state', { name: 'a.service', state: 'active' })).toBe(0);
    expect(services.value('pulsewire_service_cpu_seconds_total', { name: 'a.service' })).toBe(1.5);
  });

  it.each(hostileNames)('keeps the name %j in its label, and every other series as it was', (name) => {
    const mounts = write('filesystem', {
      mounts: [root, { ...root, mountPoint: name, device: name, type: name }],
    });
    const labels = { device: name, fstype: name, mountpoint: name };
    expect(mounts.value('node_filesystem_size_bytes', labels)).toBe(100);
    expect(mounts.families.get('node_filesystem_size_bytes')?.series).toHaveLength(2);
    const networks = write('network', { interfaces: [lo, { ...lo, name }], defaultRoutes: [] });
    expect(networks.value('node_network_receive_bytes_total', { device: name })).toBe(1);
    expect(
      [...networks.families.keys()].filter((family) => !/^(node_network|pulsewire)_/.test(family)),
    ).toEqual([]);
  });

  it('has one series for what is there twice, and none for what is no number', () => {
    const mounts = write('filesystem', { mounts: [root, root] });
    expect(mounts.families.get('node_filesystem_size_bytes')?.series).toHaveLength(1);
    const odd = write('cpu', {
      ...unknownCpu,
      ticksPerSecond: 0,
      total: times,
      cores: [
        { id: 0, times, frequencyHz: NaN, minFrequencyHz: null, maxFrequencyHz: null, throttles: null },
      ],
      interrupts: Infinity,
    });
    expect([...odd.families.keys()]).toEqual(['pulsewire_topic_status']);
  });

  it('says of a topic that has no figures why', () => {
    const page = new Exposition();
    page.addSection('gpu', { status: 'unsupported', message: 'No graphics processor.' });
    page.addSection('host', undefined);
    expect(
      parseExposition(page.toString())
        .get('pulsewire_topic_status')
        ?.series.map(({ labels }) => labels),
    ).toEqual([
      { topic: 'gpu', status: 'unsupported' },
      { topic: 'host', status: 'late' },
    ]);
  });
});

describe('the parser of these tests', () => {
  const family = '# HELP a A.\n# TYPE a counter\n';
  it.each([
    ['a 1\n', 'Out of its family'],
    [`${family}a 1`, 'does not end'],
    [`${family}a{b="c} 1\n`, 'Not a label'],
    [`${family}a{b="\\x"} 1\n`, 'Not a label'],
    [`${family}a{b="c"}} 1\n`, 'Not a value'],
    [`${family}a{b="c"}\n`, 'Not a value'],
    [`${family}a NaN\n`, 'Not a value'],
    [`${family}a 1\na 2\n`, 'Twice'],
    [`${family}a 1\n${family}a{b="c"} 1\n`, 'in two places'],
    [`${family}b 1\n`, 'Out of its family'],
    [family, 'is empty'],
  ])('refuses %j', (page, message) => {
    expect(() => parseExposition(page)).toThrow(message);
  });
});
