import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { memoryRawSchema, type MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { parsePageBytes } from '../page-size.ts';
import { MadeMachine } from '../testing/made-machine.ts';
import { sourcesOf } from '../testing/recorded.ts';
import { createLinuxMemoryCollector } from './linux.ts';

async function read(folder: string): Promise<MemoryRaw> {
  const collector = createLinuxMemoryCollector(sourcesOf(folder));
  try {
    return v.parse(memoryRawSchema, await collector.read(new AbortController().signal));
  } finally {
    await collector[Symbol.asyncDispose]?.();
  }
}

const KiB = 1024;
const meminfo = 'MemTotal: 1000 kB\nMemFree: 10 kB\n';

describe('the memory of a recorded machine', () => {
  it('is told whole by a newer kernel', async () => {
    expect(await read('debian-13-desktop')).toEqual({
      totalBytes: 16_213_652 * KiB,
      freeBytes: 1_204_224 * KiB,
      availableBytes: 9_212_344 * KiB,
      buffersBytes: 412_120 * KiB,
      cachedBytes: (6_820_100 + 401_220) * KiB,
      sharedBytes: 612_340 * KiB,
      slabBytes: 623_416 * KiB,
      slabReclaimableBytes: 401_220 * KiB,
      dirtyBytes: 10_240 * KiB,
      writebackBytes: 128 * KiB,
      anonymousBytes: 5_012_344 * KiB,
      mappedBytes: 1_201_220 * KiB,
      pageTablesBytes: 61_212 * KiB,
      committedBytes: 19_012_344 * KiB,
      commitLimitBytes: 16_213_648 * KiB,
      hugePages: { pageBytes: 2_048 * KiB, total: 16, free: 12, reserved: 2 },
      transparentHugeBytes: 1_228_800 * KiB,
      swapTotalBytes: 8_106_824 * KiB,
      swapFreeBytes: 7_890_000 * KiB,
      pageBytes: 4_096,
      swapInPages: 1_203,
      swapOutPages: 54_211,
      majorFaults: 81_234,
      oomKills: 3,
      pressure: { someMicros: 6_120_511, fullMicros: 5_003_122 },
      arc: null,
      limit: null,
    });
  });

  it('has the cache of ZFS, and pages of another size', async () => {
    expect(await read('server-128')).toMatchObject({
      arc: { sizeBytes: 298_812_344_551, minimumBytes: 33_554_432_000, maximumBytes: 540_959_834_112 },
      pageBytes: 65_536,
    });
  });

  it('is unknown, not zero, in what an old kernel does not say', async () => {
    expect(await read('centos-6')).toMatchObject({ oomKills: null, majorFaults: null, pressure: null, arc: null, pageBytes: null }); // prettier-ignore
  });
});

describe('the size of a page', () => {
  const words = (wide: boolean, order: boolean, values: readonly number[]): Uint8Array => {
    const view = new DataView(new ArrayBuffer(values.length * (wide ? 8 : 4)));
    values.forEach((value, place) => {
      if (wide) view.setBigUint64(place * 8, BigInt(value), order);
      else view.setUint32(place * 4, value, order);
    });
    return new Uint8Array(view.buffer);
  };

  it('is found among words of either width and order', () => {
    expect(parsePageBytes(words(true, true, [33, 6, 6, 16_384, 0, 0]), 8, 'LE')).toBe(16_384);
    expect(parsePageBytes(words(false, false, [16, 1, 6, 4_096]), 4, 'BE')).toBe(4_096);
  });

  it('is unknown where it is missing, cut off, or cannot be one', () => {
    expect(parsePageBytes(new Uint8Array(0), 8, 'LE')).toBeNull();
    expect(parsePageBytes(words(true, true, [6]), 8, 'LE')).toBeNull();
    for (const size of [0, 3, 5_000, 2 ** 40]) expect(parsePageBytes(words(true, true, [6, size]), 8, 'LE')).toBeNull(); // prettier-ignore
  });
});

describe('memory whose files are not as they should be', () => {
  it.each([
    ['empty', ''],
    ['cut in a label', 'pswp'],
    ['cut behind a label', 'size 4 1\nc_min 4 1\nc_max 4'],
    [
      'absurd',
      `pswpin -1\npswpout ${'9'.repeat(400)}x\npgmajfault NaN\nsome total=\nsize\nc_min 4\nc_max 4 -3\n`,
    ],
    ['of other lines', 'pswpin_x 5\nxpswpin 6\nmy oom_kill 7\nsize_x 4 5\n'],
  ])('is known by what is sound, where the rest is %s', async (_, text) => {
    using machine = new MadeMachine({
      'proc/meminfo': meminfo,
      'proc/vmstat': text,
      'proc/pressure/memory': text,
      'proc/spl/kstat/zfs/arcstats': text,
      'proc/self/auxv': text,
    });
    expect(await read(machine.folder)).toMatchObject({ totalBytes: 1_000 * KiB, swapInPages: null, majorFaults: null, oomKills: null, pressure: null, arc: null, pageBytes: null }); // prettier-ignore
  });

  it('does not wait for a pipe in the place of any file', async () => {
    using machine = new MadeMachine({ 'proc/meminfo': meminfo });
    for (const path of ['vmstat', 'pressure/memory', 'spl/kstat/zfs/arcstats', 'self/auxv', 'self/cgroup']) machine.putPipe(`proc/${path}`); // prettier-ignore
    expect(await read(machine.folder)).toMatchObject({ freeBytes: 10 * KiB, swapInPages: null, limit: null });
    machine.putPipe('proc/meminfo');
    await expect(read(machine.folder)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it.each(['', 'MemTotal:', 'MemTotal: x kB', 'MemTotal: -5 kB', '\0'])(
    'fails in words on %j',
    async (text) => {
      using machine = new MadeMachine({ 'proc/meminfo': text });
      await expect(read(machine.folder)).rejects.toMatchObject({ code: 'io' });
    },
  );

  it('never makes more available than there is', async () => {
    using machine = new MadeMachine({ 'proc/meminfo': 'MemTotal: 5 kB\nMemFree: 9 kB\nCached: 8 kB\nShmem: 99 kB\n' }); // prettier-ignore
    expect((await read(machine.folder)).availableBytes).toBe(0);
  });
});
