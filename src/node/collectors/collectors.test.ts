import { unknownMemory } from '../../shared/series/raw/memory.ts';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../core/collector.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { FakeProbe } from '../probe/testing/fake-probe.ts';
import { createCollectors } from './collectors.ts';

const signal = new AbortController().signal;
let clock: FakeClock;
let probes: FakeProbe[];

beforeEach(() => {
  clock = new FakeClock();
  probes = [];
});

function create(platform: NodeJS.Platform): AnyCollector[] {
  const spawnProbe = (): FakeProbe => {
    const probe = new FakeProbe();
    probes.push(probe);
    return probe;
  };
  const root = join(import.meta.dirname, 'fixtures/debian-10-laptop');
  return createCollectors({ clock, spawnProbe, platform, procRoot: join(root, 'proc'), sysRoot: join(root, 'sys'), etcRoot: join(root, 'etc'), runRoot: join(root, 'run') }); // prettier-ignore
}

const memory = {
  ...unknownMemory, totalBytes: 9, freeBytes: 1, availableBytes: 5, buffersBytes: 0, cachedBytes: 4, swapTotalBytes: 0, swapFreeBytes: 0, limit: null }; // prettier-ignore

describe('the collectors of a platform', () => {
  it.each(['darwin', 'win32', 'freebsd'] as const)('are one a subject on %s', (platform) => {
    const ids = create(platform).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['cpu', 'disk', 'filesystem', 'host', 'memory', 'network', 'process']);
  });

  it('are one a subject on Linux, in the order of topics', () => {
    expect(create('linux').map(({ id }) => id)).toEqual([
      'cpu',
      'memory',
      'network',
      'socket',
      'disk',
      'filesystem',
      'process',
      'sensor',
      'power',
      'gpu',
      'container',
      'service',
      'login',
      'host',
    ]);
  });

  it('read /proc on Linux without a process, but for file systems', async () => {
    const collectors = create('linux');
    for (const collector of collectors) {
      if (collector.id !== 'filesystem') await collector.read(signal);
    }
    expect(probes).toHaveLength(0);
    void Promise.resolve(collectors.find(({ id }) => id === 'filesystem')!.read(signal)).catch(
      () => undefined,
    );
    expect(probes).toHaveLength(1);
    for (const collector of collectors) await collector[Symbol.asyncDispose]?.();
    expect(probes[0]!.killed).toBe(1);
    expect(clock.sleeping).toBe(0);
  });
});

describe('a portable collector', () => {
  const read = async (value: unknown) => {
    const collectors = create('darwin');
    const reading = Promise.resolve(collectors.find(({ id }) => id === 'memory')!.read(signal));
    reading.catch(() => undefined);
    await clock.advance(0);
    probes[0]!.reply(value as never);
    try {
      return await reading;
    } finally {
      for (const collector of collectors) await collector[Symbol.asyncDispose]?.();
      expect(probes[0]!.killed).toBe(1);
    }
  };

  it('passes on what is of the right form', async () => {
    expect(await read({ id: 1, value: memory })).toEqual(memory);
  });

  it('fails in words where the library gives something else', async () => {
    await expect(read({ id: 1, value: { ...memory, freeBytes: -1 } })).rejects.toMatchObject({ code: 'io' });
    probes = [];
    await expect(read({ id: 1, value: null })).rejects.toThrow('no usable figures of memory');
  });

  it('says that a platform does not count something', async () => {
    const error = { code: 'unsupported', message: 'This platform counts no disk traffic.' };
    await expect(read({ id: 1, error })).rejects.toMatchObject({ code: 'unsupported' });
  });
});
