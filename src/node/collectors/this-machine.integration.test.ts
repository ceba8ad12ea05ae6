import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../core/collector.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { topicSchemas, type RawOf, type Topic } from '../../shared/series/raw.ts';
import { forkProbe } from '../probe/fork-probe.ts';
import { buildProbe } from '../probe/testing/built-probe.ts';
import { createCollectors } from './collectors.ts';

const signal = new AbortController().signal;
let collectors: Map<Topic, AnyCollector>;
let portable: Map<Topic, AnyCollector>;

beforeAll(async () => {
  const entry = await buildProbe('probe-under-test');
  const spawnProbe = (): ReturnType<typeof forkProbe> => forkProbe(entry);
  const open = (platform: NodeJS.Platform): Map<Topic, AnyCollector> =>
    new Map(
      createCollectors({ clock: systemClock, spawnProbe, platform }).map((collector) => [
        collector.id,
        collector,
      ]),
    );
  collectors = open('linux');
  portable = open('darwin');
}, 60_000);

afterAll(async () => {
  for (const collector of [...collectors.values(), ...portable.values()])
    await collector[Symbol.asyncDispose]?.();
});

async function read<T extends Topic>(topic: T, from = collectors): Promise<RawOf<T>> {
  return v.parse(topicSchemas[topic], await from.get(topic)!.read(signal));
}

describe.runIf(process.platform === 'linux')('this machine', () => {
  it('shows the interfaces of /proc/net/dev with counters that another reader finds too', async () => {
    const before = readFileSync('/proc/net/dev', 'utf8');
    const { interfaces } = await read('network');
    const after = readFileSync('/proc/net/dev', 'utf8');
    const bytes = (text: string, name: string): number =>
      Number(new RegExp(`^\\s*${name}:\\s*(\\d+)`, 'm').exec(text)?.[1]);
    expect(interfaces.length).toBeGreaterThan(0);
    for (const { name, rxBytes } of interfaces) {
      expect(rxBytes).toBeGreaterThanOrEqual(bytes(before, name));
      expect(rxBytes).toBeLessThanOrEqual(bytes(after, name));
    }
  });

  it('has the memory that /proc/meminfo says', async () => {
    const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
    expect((await read('memory')).totalBytes).toBe(total);
  });

  it('has as many cores as /proc/stat lists, and time that goes on', async () => {
    const first = await read('cpu');
    expect(first.cores.length).toBe(readFileSync('/proc/stat', 'utf8').match(/^cpu\d/gm)?.length);
    await systemClock.sleep(100);
    const second = await read('cpu');
    expect(Object.values(second.total).reduce((sum, ticks) => sum + ticks)).toBeGreaterThan(Object.values(first.total).reduce((sum, ticks) => sum + ticks)); // prettier-ignore
  });

  it('has file systems whose space the probe process reads', async () => {
    const { mounts } = await read('filesystem');
    const root = mounts.find(({ mountPoint }) => mountPoint === '/');
    const { blocks, bsize } = await statfs('/');
    expect(root?.space?.totalBytes).toBe(blocks * bsize);
  });

  it('counts the traffic of its disks as /proc/diskstats does', async () => {
    const before = readFileSync('/proc/diskstats', 'utf8');
    const { devices } = await read('disk');
    const after = readFileSync('/proc/diskstats', 'utf8');
    const sectors = (text: string, name: string): number =>
      Number(new RegExp(`^ *\\d+ +\\d+ ${name} \\d+ \\d+ (\\d+) `, 'm').exec(text)?.[1]);
    for (const { name, readBytes } of devices) {
      expect(readBytes).toBeGreaterThanOrEqual(sectors(before, name) * 512);
      expect(readBytes).toBeLessThanOrEqual(sectors(after, name) * 512);
    }
  });

  it('agrees with uptime on when it was started', async () => {
    const { bootedWallMs, uptimeSeconds } = await read('host');
    expect(Math.abs(bootedWallMs + uptimeSeconds * 1_000 - Date.now())).toBeLessThan(2_500);
  });

  it('has a host of the form that the wire promises', async () => {
    const host = await read('host');
    expect(host.uptimeSeconds).toBeGreaterThan(0);
    expect(host.logicalCores).toBe((await read('cpu')).cores.length);
  });

  it.each(['cpu', 'memory', 'network', 'disk', 'filesystem', 'process', 'host'] as const)(
    'gives %s through systeminformation in the same form',
    async (topic) => {
      expect(await read(topic, portable)).toBeDefined();
    },
    20_000,
  );
});
