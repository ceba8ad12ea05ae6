import { readFileSync } from 'node:fs';
import { deriveCpuShares } from '../../../src/shared/series/rates/cpu.ts';
import type { CpuRaw, CpuTimes } from '../../../src/shared/series/raw/cpu.ts';
import type { DiskRaw } from '../../../src/shared/series/raw/disk.ts';
import type { MemoryRaw } from '../../../src/shared/series/raw/memory.ts';
import type { NetworkRaw } from '../../../src/shared/series/raw/network.ts';
import { startBusyProcess } from '../../fixtures/busy-process.ts';
import { StreamClient } from '../../fixtures/stream-client.ts';
import { expect, test } from '../../fixtures/test.ts';

/** The first line of /proc/stat, read and parsed by the test itself. */
function readTimes(): CpuTimes {
  const [user, nice, system, idle, iowait, irq, softirq, steal, guest, guestNice] = readFileSync(
    '/proc/stat',
    'utf8',
  )
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number, number, number, number];
  return { user, nice, system, idle, iowait, irq, softirq, steal, guest, guestNice };
}

const data = <Raw>(section: unknown): Raw => {
  expect(section).toMatchObject({ status: 'ok' });
  return (section as { data: Raw }).data;
};

test('a program gets welcome, snapshot and samples whose seq rises by one, at 1 s', async ({ host }) => {
  const client = new StreamClient(host.url, await host.createToken('view'), ['cpu', 'memory']);
  await client.until(() => client.of('sample').length === 4);
  expect(client.heard.map(({ type }) => type)).toEqual([
    'welcome',
    'snapshot',
    'sample',
    'sample',
    'sample',
    'sample',
  ]);
  const samples = [...client.of('snapshot'), ...client.of('sample')];
  for (const [index, sample] of samples.entries()) {
    if (index === 0) continue;
    expect(sample.seq).toBe(samples[index - 1]!.seq + 1);
    expect(Math.abs(sample.monotonicMs - samples[index - 1]!.monotonicMs - 1_000)).toBeLessThan(250);
  }
  client.abort();
});

test('SIGTERM ends the host with status 0 and a bye to every client', async ({ host }) => {
  const token = await host.createToken('view');
  const clients = [1, 2].map(() => new StreamClient(host.url, token, ['cpu']));
  for (const client of clients) await client.until(() => client.of('snapshot').length === 1);
  expect(await host.stop('SIGTERM')).toBe(0);
  for (const client of clients) {
    expect((await client.closed).code).toBe(1001);
    expect(client.of('bye')).toMatchObject([{ code: 'shutdown' }]);
  }
  await host.expectNothingLeft();
});

test('under a busy loop the processor figure agrees with /proc/stat over the same seconds', async ({
  host,
}) => {
  const busy = startBusyProcess(15_000);
  try {
    const readings: { own: CpuTimes; sampled: CpuTimes }[] = [];
    const client = new StreamClient(host.url, await host.createToken('view'), ['cpu'], (message) => {
      if (message.type !== 'sample') return;
      readings.push({ own: readTimes(), sampled: data<CpuRaw>(message.sections.cpu).total });
    });
    await client.until(() => readings.length === 7);
    client.abort();
    const [first, last] = [readings[0]!, readings.at(-1)!];
    const own = deriveCpuShares(first.own, last.own);
    const sampled = deriveCpuShares(first.sampled, last.sampled);
    if (own.status === 'gap' || sampled.status === 'gap') throw new Error('The counters went back.');
    expect(own.used).toBeGreaterThan(0.2);
    expect(Math.abs(own.used - sampled.used)).toBeLessThan(0.01);
  } finally {
    busy.kill('SIGKILL');
  }
});

test('counters of memory, network and disks are those of /proc', async ({ host }) => {
  const read = () => ({
    meminfo: readFileSync('/proc/meminfo', 'utf8'),
    netDev: readFileSync('/proc/net/dev', 'utf8'),
    diskstats: readFileSync('/proc/diskstats', 'utf8'),
  });
  const before = read();
  const token = await host.createToken('view');
  const client = new StreamClient(host.url, token, ['memory', 'network', 'disk']);
  await client.until(() => client.of('snapshot').length === 1);
  client.abort();
  const after = read();
  const { sections } = client.of('snapshot')[0]!;

  const kibibytes = (text: string, name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  const memory = data<MemoryRaw>(sections.memory);
  expect(memory.totalBytes).toBe(kibibytes(before.meminfo, 'MemTotal') * 1024);
  expect(memory.swapTotalBytes).toBe(kibibytes(before.meminfo, 'SwapTotal') * 1024);

  const counters = (text: string, name: string): number[] =>
    text
      .split('\n')
      .find((line) => line.trim().startsWith(`${name}:`))!
      .split(':')[1]!
      .trim()
      .split(/\s+/)
      .map(Number);
  const { interfaces } = data<NetworkRaw>(sections.network);
  expect(interfaces.length).toBe(before.netDev.trim().split('\n').length - 2);
  for (const { name, rxBytes, rxPackets, txBytes, txPackets } of interfaces) {
    const [low, high] = [counters(before.netDev, name), counters(after.netDev, name)];
    for (const [value, column] of [
      [rxBytes, 0],
      [rxPackets, 1],
      [txBytes, 8],
      [txPackets, 9],
    ] as const) {
      expect(value).toBeGreaterThanOrEqual(low[column]!);
      expect(value).toBeLessThanOrEqual(high[column]!);
    }
  }

  const disk = (text: string, name: string): number[] =>
    text
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .find((columns) => columns[2] === name)!
      .map(Number);
  for (const { name, readBytes, writtenBytes, busyTimeMs } of data<DiskRaw>(sections.disk).devices) {
    const [low, high] = [disk(before.diskstats, name), disk(after.diskstats, name)];
    for (const [value, column, unit] of [
      [readBytes, 5, 512],
      [writtenBytes, 9, 512],
      [busyTimeMs, 12, 1],
    ] as const) {
      expect(value).toBeGreaterThanOrEqual(low[column]! * unit);
      expect(value).toBeLessThanOrEqual(high[column]! * unit);
    }
  }
});
