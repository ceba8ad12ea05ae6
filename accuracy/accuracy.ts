import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HeadlessHost } from '../e2e/fixtures/headless-host.ts';
import { StreamClient } from '../e2e/fixtures/stream-client.ts';
import type { MemoryRaw } from '../src/shared/series/raw/memory.ts';
import { compareCpu, compareDisks, compareFilesystems, compareInterfaces, compareMemory, compareProcesses } from './compare.ts'; // prettier-ignore
import type { Comparison } from './comparison.ts';
import { startLoad, type LoadName } from './loads.ts';
import { MeasuredWindow } from './measured-window.ts';
import { runDf, runFree, runIostat, runMpstat, runPidstat, runSar, type ToolMemory } from './tools.ts';

export interface AccuracyOptions {
  readonly loads: readonly LoadName[];
  readonly seconds: number;
  readonly log: (line: string) => void;
}

const topics = ['cpu', 'memory', 'network', 'disk', 'filesystem', 'process'] as const;
/** How long a load works before it is measured. */
const settleMs = 3_000;

/** Measures this machine by Pulsewire and by others over the same time, once under each load. */
export async function measureAccuracy({ loads, seconds, log }: AccuracyOptions): Promise<Comparison[]> {
  const host = await HeadlessHost.start();
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-accuracy-'));
  const client = new StreamClient(host.url, await host.createToken('view'), topics);
  try {
    await client.until(() => client.of('sample').length >= 3);
    const all: Comparison[] = [];
    for (const load of loads) {
      log(`${load}: ${seconds} s`);
      const work = startLoad(load, folder, seconds + 30);
      try {
        await delay(settleMs);
        all.push(...(await measureOnce(client, load, seconds)));
      } finally {
        await work.end();
      }
    }
    return all;
  } finally {
    client.abort();
    await host.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureOnce(client: StreamClient, load: LoadName, seconds: number): Promise<Comparison[]> {
  const window = await MeasuredWindow.begin(client);
  const atStart = await listPids();
  const memory: { tool: ToolMemory; own: MemoryRaw }[] = [];
  const [cpu, disks, interfaces, processes] = await Promise.all([
    runMpstat(seconds),
    runIostat(seconds),
    runSar(seconds),
    runPidstat(seconds),
    pairMemory(client, Math.min(10, seconds - 2), memory),
  ]);
  const atEnd = await listPids();
  await window.end(seconds);
  // One that came or went meanwhile has no reading at both ends.
  const throughout = processes.filter(({ pid }) => atStart.has(pid) && atEnd.has(pid));
  const filesystem = await compareSpace(client);
  const by = (tool: string, rows: readonly Omit<Comparison, 'load' | 'tool'>[]): Comparison[] =>
    rows.map((row) => ({ load, tool, ...row }));
  return [
    ...by('mpstat', compareCpu(cpu, window.ends('cpu', seconds))),
    ...by('free -b', compareMemory(memory)),
    ...by('iostat -x', compareDisks(disks, window.ends('disk', seconds), seconds)),
    ...by(
      'sar -n DEV',
      compareInterfaces(interfaces, window.ends('network', seconds), seconds, window.frameBytes()),
    ),
    ...by('pidstat', compareProcesses(throughout, window.ends('process', seconds))),
    ...by('df -B1', filesystem),
  ];
}

async function listPids(): Promise<Set<number>> {
  return new Set((await readdir('/proc')).map(Number).filter(Number.isInteger));
}

/** Asks free(1) as each of the next samples arrives. */
async function pairMemory(
  client: StreamClient,
  count: number,
  pairs: { tool: ToolMemory; own: MemoryRaw }[],
): Promise<void> {
  while (pairs.length < count) {
    const seen = client.of('sample').length;
    await client.until(() =>
      client
        .of('sample')
        .slice(seen)
        .some(({ sections }) => sections.memory),
    );
    const tool = await runFree();
    const section = client.of('sample').findLast(({ sections }) => sections.memory)?.sections.memory;
    if (section?.status === 'ok') pairs.push({ tool, own: section.data });
  }
}

/** Asks df(1) on both sides of a reading. */
async function compareSpace(client: StreamClient): Promise<Omit<Comparison, 'load' | 'tool'>[]> {
  const latest = () =>
    client.of('sample').findLast(({ sections }) => sections.filesystem)?.sections.filesystem;
  const known = latest();
  if (known?.status !== 'ok') return compareFilesystems([], { mounts: [] }, []);
  const points = known.data.mounts.filter(({ space }) => space).map(({ mountPoint }) => mountPoint);
  const before = await runDf(points);
  await client.until(() => latest() !== known);
  const after = await runDf(points);
  const section = latest();
  return section?.status === 'ok' ? compareFilesystems(before, section.data, after) : [];
}
