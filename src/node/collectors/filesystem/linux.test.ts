import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { FakeProbe } from '../../probe/testing/fake-probe.ts';
import { createLinuxFilesystemCollector } from './linux.ts';

const space = { totalBytes: 4, freeBytes: 3, availableBytes: 2, inodesTotal: 1, inodesFree: 0 };
const procRoot = join(import.meta.dirname, '../fixtures/debian-13-desktop/proc');
let clock: FakeClock;
let probe: FakeProbe;
let client: ProbeClient;

beforeEach(() => {
  clock = new FakeClock();
  probe = new FakeProbe();
  client = new ProbeClient({ clock, spawnProbe: () => probe });
});

afterEach(async () => {
  await client[Symbol.asyncDispose]();
  expect(clock.sleeping).toBe(0);
});

const collector = () => createLinuxFilesystemCollector({ clock, procRoot, sysRoot: '/nonexistent' }, client);

it('shows a stuck mount without its space, and the others with theirs', async () => {
  const file = collector();
  const reading = file.read(new AbortController().signal);
  await clock.advance(1);
  const paths = probe.asked.map(({ params }) => (params as { path: string }).path);
  expect(paths).toContain('/mnt/nas');
  for (const path of paths) if (path !== '/mnt/nas') probe.answer(path, space);
  await clock.advance(1_000);
  const { mounts } = await reading;
  expect(mounts).toHaveLength(5);
  for (const mount of mounts) expect(mount.space).toEqual(mount.mountPoint === '/mnt/nas' ? null : space);
  expect(mounts.find(({ mountPoint }) => mountPoint === '/mnt/nas')).toMatchObject({ type: 'nfs4' });
  await file[Symbol.asyncDispose]?.();
});

it('ends with its signal instead of showing mounts without space', async () => {
  const file = collector();
  const controller = new AbortController();
  const reading = Promise.resolve(file.read(controller.signal));
  controller.abort(new MonitorError('aborted', 'Enough.'));
  await expect(reading).rejects.toThrow('Enough.');
  await file[Symbol.asyncDispose]?.();
});
