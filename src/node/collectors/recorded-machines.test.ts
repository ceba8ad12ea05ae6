import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../core/collector.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { RawOf, Topic } from '../../shared/series/raw.ts';
import { parseCgroupPaths, parseCpuMax, readCgroupLimits } from './cgroup.ts';
import { createCollectors } from './collectors.ts';
import { parseLoad } from './cpu/linux.ts';
import { parseCpuStat, sumTimes } from './cpu/parse-stat.ts';
import { parseDiskstats } from './disk/parse-diskstats.ts';
import { parseMountinfo } from './filesystem/parse-mountinfo.ts';
import { parseCpuinfo } from './host/parse-cpuinfo.ts';
import { parseOsName } from './host/linux.ts';
import { KeptFile } from './kept-file.ts';
import { parseMeminfo, parseSwapCounters } from './memory/parse-meminfo.ts';
import { parseNetDev } from './network/parse-net-dev.ts';
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
    expect((await readTopic('container-limited', 'cpu')).limitCores).toBe(1.5);
    expect((await readTopic('router-old', 'cpu')).limitCores).toBe(0.5);
    expect((await readTopic('centos-6', 'cpu')).limitCores).toBeNull();
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
    expect(readCgroupLimits(join(fixtures, 'router-old/proc'), join(fixtures, 'router-old/sys')).memory).toEqual({ limitBytes: 268435456, usedFile: join(fixtures, 'router-old/sys/fs/cgroup/memory/box/memory.usage_in_bytes') }); // prettier-ignore
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
    expect(interfaces.find(({ name }) => name === 'lan-renamed')).toEqual({ name: 'lan-renamed', index: 3, kind: 'ethernet', state: 'up', speedBitsPerSecond: 2.5e9, rxBytes: 98765432101, rxPackets: 70000000, rxErrors: 1, rxDropped: 2, txBytes: 12345678901, txPackets: 60000000, txErrors: 3, txDropped: 4 }); // prettier-ignore
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
    expect(devices).toEqual([{ name: 'nvme0n1', number: '259:0', model: 'Samsung SSD 980 PRO 1TB', sizeBytes: 1953525168 * 512, readBytes: 42816642 * 512, readOperations: 489172, readTimeMs: 93123, writtenBytes: 98765432 * 512, writeOperations: 1928314, writeTimeMs: 882133, inFlight: 1, busyTimeMs: 412300, queueTimeMs: 1005500 }]); // prettier-ignore
  });

  it('are none in a container, which is no failure', async () => {
    expect(await readTopic('container-limited', 'disk')).toEqual({ devices: [] });
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

describe('every parser', () => {
  const parsers: readonly ((bytes: Uint8Array) => unknown)[] = [
    parseCpuStat,
    parseLoad,
    parseMeminfo,
    parseSwapCounters,
    parseNetDev,
    parseDiskstats,
    (bytes) => parseMountinfo(new TextDecoder().decode(bytes)),
    (bytes) => parseCpuinfo(new TextDecoder().decode(bytes)),
    (bytes) => parseCgroupPaths(new TextDecoder().decode(bytes)),
    (bytes) => parseCpuMax(new TextDecoder().decode(bytes)),
  ];
  const line = fc.constantFrom(
    'cpu',
    'cpu0 1 2 3',
    'MemTotal: 5 kB',
    'eth0: 1',
    ' 8 0 sda 1 2 3',
    '0::/',
    '27 1 8:1 / / rw - ext4 a rw',
    ':',
    ' - ',
    '\t',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.oneof(line, fc.string()), { maxLength: 20 })
      .map((lines) => new TextEncoder().encode(lines.join('\n'))),
  );

  it('fails on nothing but with a MonitorError', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        for (const parse of parsers) {
          try {
            parse(input);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(MonitorError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back every counter of /proc/stat that was put in', () => {
    const times = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 32 }), (cores) => {
        const text = `cpu  ${cores[0]!.join(' ')}\n${cores.map((core, id) => `cpu${id} ${core.join(' ')}\n`).join('')}ctxt 5\n`;
        const parsed = parseCpuStat(Buffer.from(text));
        expect(parsed.cores.map(({ times: found }) => Object.values(found))).toEqual(cores);
        expect(parsed.contextSwitches).toBe(5);
      }),
    );
  });
});

describe('a kept file', () => {
  it('is unsupported where it does not exist, and does not hang on a pipe in its place', () => {
    expect(() => new KeptFile('/nonexistent/stat').read()).toThrow('This kernel has no');
    const folder = mkdtempSync(join(tmpdir(), 'pulsewire-'));
    try {
      execFileSync('mkfifo', [join(folder, 'stat')]);
      expect(() => new KeptFile(join(folder, 'stat')).read()).toThrow('is not a regular file');
      expect(readSmallFile(join(folder, 'stat'))).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
