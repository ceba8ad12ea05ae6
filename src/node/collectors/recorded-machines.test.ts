import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../core/collector.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import type { RawOf, Topic } from '../../shared/series/raw.ts';
import { createCollectors } from './collectors.ts';
import { sumTimes } from './cpu/cpu-times.ts';
import { parseMountinfo } from './filesystem/parse-mountinfo.ts';
import { parseCpuinfo } from './host/parse-cpuinfo.ts';
import { parseOsName } from './host/linux.ts';
import { readMemoryLimit } from './memory/own-group.ts';
import { parseMeminfo } from './memory/parse-meminfo.ts';
import { Refreshed } from './refreshed.ts';
import { readSmallFile } from './small-file.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const neverSpawn = (): never => {
  throw new Error('Nothing here may need the probe process.');
};

async function readTopic<T extends Topic>(machine: string, topic: T): Promise<RawOf<T>> {
  const collectors = createCollectors({
    clock: new FakeClock(),
    spawnProbe: neverSpawn,
    platform: 'linux',
    procRoot: join(fixtures, machine, 'proc'),
    sysRoot: join(fixtures, machine, 'sys'),
    etcRoot: join(fixtures, machine, 'etc'),
    runRoot: join(fixtures, machine, 'run'),
  });
  const collector = collectors.find((candidate: AnyCollector) => candidate.id === topic)!;
  try {
    return await collector.read(new AbortController().signal);
  } finally {
    for (const { [Symbol.asyncDispose]: dispose } of collectors) await dispose?.call(undefined as never);
  }
}

describe('the processor of recorded machines', () => {
  it('is read on a 2.6.32 kernel, whose missing columns are zero', async () => {
    const cpu = await readTopic('centos-6', 'cpu');
    expect(cpu.total).toEqual({ user: 4705, nice: 356, system: 584, idle: 3699176, iowait: 23060, irq: 12, softirq: 15, steal: 0, guest: 0, guestNice: 0 }); // prettier-ignore
    expect(cpu).toMatchObject({
      contextSwitches: 22490230,
      forks: 26442,
      runnable: 1,
      blocked: 0,
      interrupts: 1462898,
    });
    expect(cpu.load).toEqual({ one: 0, five: 0.01, fifteen: 0.05 });
  });

  it('keeps the numbers of cores where one is offline', async () => {
    const cpu = await readTopic('debian-13-desktop', 'cpu');
    expect(cpu.cores.map(({ id }) => id)).toEqual([0, 1, 3]);
    expect(cpu.cores[2]?.times).toMatchObject({ user: 1335111, guest: 24000 });
  });

  it('is read with 128 cores and thousands of interrupt columns', async () => {
    const cpu = await readTopic('server-128', 'cpu');
    expect(cpu.cores).toHaveLength(128);
    expect(cpu.cores[127]).toMatchObject({
      id: 127,
      times: { user: 1127, nice: 127, system: 627, idle: 90889 },
    });
    expect(sumTimes(cpu.cores.map(({ times }) => times))).toEqual(cpu.total);
    expect(cpu).toMatchObject({
      interrupts: 123456789,
      contextSwitches: 99887766554,
      runnable: 129,
      load: null,
    });
  });

  it('knows the tightest limit of its cgroup, of either version', async () => {
    expect((await readTopic('container-limited', 'cpu')).cgroup?.limitCores).toBe(1.5);
    expect((await readTopic('router-old', 'cpu')).cgroup?.limitCores).toBe(0.5);
    expect((await readTopic('centos-6', 'cpu')).cgroup).toBeNull();
  });
});

describe('the memory of recorded machines', () => {
  it('is estimated where the kernel does not say what is available', async () => {
    const memory = await readTopic('centos-6', 'memory');
    expect(memory.availableBytes).toBe((131336 + 61824 + 512840 + 71052 - 8240) * 1024);
    expect(memory.swapInPages).toBeNull();
  });

  it('counts reclaimable slab as cached, and swap from vmstat', async () => {
    const memory = await readTopic('debian-13-desktop', 'memory');
    expect(memory).toMatchObject({ totalBytes: 16213652 * 1024, availableBytes: 9212344 * 1024, cachedBytes: (6820100 + 401220) * 1024, swapFreeBytes: 7890000 * 1024, swapInPages: 1203, swapOutPages: 54211, limit: null }); // prettier-ignore
  });

  it('has no swap and a limit in a container', async () => {
    const memory = await readTopic('container-limited', 'memory');
    expect(memory).toMatchObject({
      swapTotalBytes: 0,
      limit: { limitBytes: 536870912, usedBytes: 104857600 },
    });
    expect(readMemoryLimit(join(fixtures, 'router-old/proc'), join(fixtures, 'router-old/sys'))).toEqual({ limitBytes: 268435456, usedFile: join(fixtures, 'router-old/sys/fs/cgroup/memory/box/memory.usage_in_bytes') }); // prettier-ignore
  });

  it('fails in words where not even the total is there', () => {
    expect(() => parseMeminfo(Buffer.from('nothing'))).toThrow('has no MemTotal');
  });
});

describe('the network of recorded machines', () => {
  it('is read where the colon sticks to the number and where a name has one', async () => {
    const { interfaces } = await readTopic('centos-6', 'network');
    expect(interfaces.map(({ name, rxBytes, txDropped }) => [name, rxBytes, txDropped])).toEqual([['lo', 12409846, 0], ['eth0', 4294967290, 2], ['eth0:1', 10, 0]]); // prettier-ignore
  });

  it('keeps renamed interfaces, hostile names and counters about to wrap', async () => {
    const { interfaces } = await readTopic('debian-13-desktop', 'network');
    expect(interfaces.find(({ name }) => name === 'lan-renamed')).toMatchObject({ name: 'lan-renamed', index: 3, kind: 'ethernet', state: 'up', speedBitsPerSecond: 2.5e9, rxBytes: 98765432101, rxPackets: 70000000, rxErrors: 1, rxDropped: 2, txBytes: 12345678901, txPackets: 60000000, txErrors: 3, txDropped: 4 }); // prettier-ignore
    expect(interfaces.find(({ name }) => name === '<img/onerr=')?.rxBytes).toBeCloseTo(2 ** 64, -5);
    expect(interfaces.find(({ name }) => name === 'lo')).toMatchObject({
      kind: 'loopback',
      state: 'unknown',
    });
  });
});

describe('the disks of recorded machines', () => {
  it('are whole disks only, with the old and the new columns', async () => {
    expect((await readTopic('centos-6', 'disk')).devices.map(({ name }) => name)).toEqual(['sda', 'dm-0']);
    const { devices } = await readTopic('debian-13-desktop', 'disk');
    expect(devices).toMatchObject([{ name: 'nvme0n1', number: '259:0', model: 'Samsung SSD 980 PRO 1TB', sizeBytes: 1953525168 * 512, readBytes: 42816642 * 512, readOperations: 489172, readTimeMs: 93123, writtenBytes: 98765432 * 512, writeOperations: 1928314, writeTimeMs: 882133, inFlight: 1, busyTimeMs: 412300, queueTimeMs: 1005500 }]); // prettier-ignore
  });

  it('are none in a container, which is no failure', async () => {
    expect(await readTopic('container-limited', 'disk')).toEqual({ devices: [], pressure: null });
  });
});

describe('the mounts of recorded machines', () => {
  const mounts = (machine: string): ReturnType<typeof parseMountinfo> =>
    parseMountinfo(readSmallFile(join(fixtures, machine, 'proc/self/mountinfo')) ?? '');

  it('are those with storage of their own, once each, with names decoded', () => {
    expect(
      mounts('debian-13-desktop').map(({ mountPoint, device, type, readOnly }) => [
        mountPoint,
        device,
        type,
        readOnly,
      ]),
    ).toEqual([
      ['/', '/dev/nvme0n1p2', 'ext4', false],
      ['/boot/efi', '/dev/nvme0n1p1', 'vfat', false],
      ['/media/$(touch x)<img', '/dev/sdc1', 'ext4', false],
      ['/media/anna/My Disk\\n', '/dev/sdb1', 'exfat', true],
      ['/mnt/nas', 'nas.lan:/volume 1', 'nfs4', false],
    ]);
  });

  it('include the overlay that a container has for its root', () => {
    expect(mounts('container-limited')[0]).toMatchObject({ mountPoint: '/', type: 'overlay' });
  });
});

describe('what a machine is', () => {
  it('is found in cpuinfo of x86 and ARM', () => {
    const x86 =
      'processor\t: 0\nmodel name\t: Intel(R)  Xeon(R)\nphysical id\t: 0\ncore id\t\t: 0\nflags\t\t: fpu hypervisor sse\n\nprocessor\t: 1\nmodel name\t: Intel(R)  Xeon(R)\nphysical id\t: 0\ncore id\t\t: 0\n';
    expect(parseCpuinfo(x86)).toEqual({
      model: 'Intel(R) Xeon(R)',
      logicalCores: 2,
      physicalCores: 1,
      hypervisor: true,
    });
    const arm =
      'processor\t: 0\nBogoMIPS\t: 108.00\n\nHardware\t: BCM2711\nModel\t\t: Raspberry Pi 4 Model B Rev 1.4\n';
    expect(parseCpuinfo(arm)).toEqual({ model: 'Raspberry Pi 4 Model B Rev 1.4', logicalCores: 1, physicalCores: null, hypervisor: false }); // prettier-ignore
  });

  it('has the name that its distribution gives itself', () => {
    expect(parseOsName('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n')).toBe(
      'Debian GNU/Linux 13 (trixie)',
    );
    expect(parseOsName("PRETTY_NAME='Alpine'")).toBe('Alpine');
    expect(parseOsName('')).toBe('Linux');
  });
});

describe('a laptop with a 4.19 kernel', () => {
  const machine = 'debian-10-laptop';

  it('has interfaces of every kind, and no made-up speed', async () => {
    const { interfaces } = await readTopic(machine, 'network');
    expect(interfaces.map(({ name, index, kind, state, speedBitsPerSecond }) => [name, index, kind, state, speedBitsPerSecond])).toEqual([
      ['eno1', 2, 'ethernet', 'down', null],
      ['wlp3s0', 3, 'wifi', 'up', null],
      ['lo', 1, 'loopback', 'unknown', null],
      ['docker0', 4, 'virtual', 'down', null],
      ['tun0', 5, 'virtual', 'unknown', null],
    ]); // prettier-ignore
  });

  it('has whole disks by the names that people gave them, from lines of 15 and 18 columns', async () => {
    const { devices } = await readTopic(machine, 'disk');
    expect(devices.map(({ name, model, sizeBytes }) => [name, model, sizeBytes])).toEqual([
      ['sda', 'Crucial_CT500MX2', 976773168 * 512],
      ['mmcblk0', 'SL32G', 62333952 * 512],
      ['dm-0', 'vg-root', 975000000 * 512],
      ['md0', null, 4096],
    ]);
    expect(devices[0]).toMatchObject({ inFlight: 2, busyTimeMs: 98123, queueTimeMs: 353579 });
  });

  it('counts swapping close to where the counters wrap', async () => {
    const memory = await readTopic(machine, 'memory');
    expect(memory.swapInPages).toBeCloseTo(2 ** 64, -5);
    expect(memory.swapOutPages).toBe(2 ** 32 - 6);
  });

  it('shows what is mounted last at a place, one subvolume, a /tmp in memory, and no automounter', () => {
    const text = readSmallFile(join(fixtures, machine, 'proc/self/mountinfo')) ?? '';
    expect(parseMountinfo(text).map(({ mountPoint, device, type }) => [mountPoint, device, type])).toEqual([
      ['/', '/dev/mapper/vg-root', 'ext4'],
      ['/mnt/covered', '/dev/mmcblk0p1', 'vfat'],
      ['/mnt/share\ttab', '//nas/Gemüse Büro', 'cifs'],
      ['/srv', '/dev/md0', 'btrfs'],
      ['/tmp', 'tmpfs', 'tmpfs'],
    ]);
  });

  it('has cores of two kinds, a maker and the time of its start', async () => {
    expect(await readTopic(machine, 'host')).toMatchObject({
      processor: 'ARM Cortex-A53 + ARM Cortex-A72',
      logicalCores: 2,
      machine: 'LENOVO 20BXCTO1WW',
      bootedWallMs: Date.UTC(2020, 0, 1),
      uptimeSeconds: 12345.67,
    });
  });
});

describe('facts of a machine', () => {
  it('are taken for a while as they were, and read anew when what they belong to changes', () => {
    const clock = new FakeClock();
    let reads = 0;
    const fact = new Refreshed(clock, 5_000, () => ++reads);
    expect([fact.get('a'), fact.get('a'), fact.get('b'), fact.get('b')]).toEqual([1, 1, 2, 2]);
    clock.freeze(5_000);
    expect(fact.get('b')).toBe(3);
  });

  it('name no disk where /sys is missing but by names that are not those of partitions', async () => {
    const collectors = createCollectors({ clock: new FakeClock(), spawnProbe: neverSpawn, platform: 'linux', procRoot: join(fixtures, 'debian-10-laptop/proc'), sysRoot: '/nonexistent' }); // prettier-ignore
    const disk = collectors.find(({ id }) => id === 'disk')!;
    const { devices } = (await disk.read(new AbortController().signal)) as RawOf<'disk'>;
    expect(devices.map(({ name }) => name)).toEqual(['sda', 'mmcblk0', 'dm-0', 'md0']);
    await disk[Symbol.asyncDispose]?.();
  });
});
