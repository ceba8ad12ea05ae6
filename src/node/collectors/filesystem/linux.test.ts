import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { filesystemRawSchema, type FilesystemRaw } from '../../../shared/series/raw/filesystem.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { FakeProbe } from '../../probe/testing/fake-probe.ts';
import { createLinuxFilesystemCollector } from './linux.ts';
import { parseMountinfo } from './parse-mountinfo.ts';

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

it('tells what file systems are, not what a sandbox around this process makes of them', () => {
  const [root, data, card] = ['20 1 8:1 / /', '21 20 8:2 / /data', '22 20 8:3 / /card'];
  const sandboxed = [
    `${root} ro,relatime - ext4 /dev/sda1 rw`,
    `${data} ro,relatime - ext4 /dev/sda2 rw,quota`,
    `${card} ro,relatime - ext4 /dev/sda3 ro`,
  ];
  const seen = parseMountinfo(sandboxed.join('\n')).map(({ mountPoint, readOnly }) => [mountPoint, readOnly]);
  expect(seen).toEqual([['/', false], ['/card', true], ['/data', false]]); // prettier-ignore
  expect(parseMountinfo(sandboxed.join('\n'))[2]?.options).toEqual(['rw', 'relatime', 'quota']);
  // Without a sandbox a mount that is read-only is one.
  const free = [`${root} rw,relatime - ext4 /dev/sda1 rw`, ...sandboxed.slice(1)];
  expect(parseMountinfo(free.join('\n')).map(({ readOnly }) => readOnly)).toEqual([false, true, true]);
});

it('ends with its signal instead of showing mounts without space', async () => {
  const file = collector();
  const controller = new AbortController();
  const reading = Promise.resolve(file.read(controller.signal));
  controller.abort(new MonitorError('aborted', 'Enough.'));
  await expect(reading).rejects.toThrow('Enough.');
  await file[Symbol.asyncDispose]?.();
});

describe('a machine whose mounts change', () => {
  let root: string;
  const line = (point: string, options = 'rw', superOptions = 'rw', minor = 1): string =>
    `${20 + minor} 1 8:${minor} / ${point} ${options} shared:1 - ext4 /dev/sd${minor} ${superOptions}\n`;
  const mount = (...lines: string[]): void => writeFileSync(join(root, 'self/mountinfo'), lines.join(''));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pulsewire-mounts-'));
    mkdirSync(join(root, 'self'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Reads once; every file system answers at once. */
  async function read(file: Collector<'filesystem'>): Promise<FilesystemRaw> {
    const reading = Promise.resolve(file.read(new AbortController().signal));
    reading.catch(() => undefined);
    await clock.advance(0);
    for (const { id } of probe.asked.splice(0)) probe.reply({ id, value: space });
    return v.parse(filesystemRawSchema, await reading);
  }
  const open = () =>
    createLinuxFilesystemCollector({ clock, procRoot: root, sysRoot: '/nonexistent' }, client);

  it.each([
    ['ro of its file system', 'rw,relatime', 'ro,errors=remount-ro'],
    ['ro of its mount', 'ro,relatime', 'rw'],
    ['emergency_ro of newer kernels', 'rw,relatime', 'rw,errors=remount-ro,emergency_ro'],
    ['shutdown', 'rw', 'rw,shutdown'],
  ])('tells since when one that was writable is not, by %s', async (_, options, superOptions) => {
    const file = open();
    mount(line('/data'), line('/iso', 'ro', 'ro', 2));
    expect((await read(file)).mounts.map(({ turnedReadOnlyWallMs }) => turnedReadOnlyWallMs)).toEqual([null, null]); // prettier-ignore
    mount(line('/data', options, superOptions), line('/iso', 'ro', 'ro', 2));
    const turnedMs = clock.wall();
    expect((await read(file)).mounts).toMatchObject([
      { mountPoint: '/data', readOnly: true, turnedReadOnlyWallMs: turnedMs },
      { mountPoint: '/iso', readOnly: true, turnedReadOnlyWallMs: null },
    ]);
    expect((await read(file)).mounts[0]?.turnedReadOnlyWallMs).toBe(turnedMs);
    mount(line('/data'));
    expect((await read(file)).mounts).toMatchObject([{ readOnly: false, turnedReadOnlyWallMs: null }]);
    await file[Symbol.asyncDispose]?.();
  });

  it('does not take another file system at the same place for the one that was writable', async () => {
    const file = open();
    mount(line('/media', 'rw', 'rw', 1));
    await read(file);
    mount(line('/media', 'ro', 'ro', 2));
    expect((await read(file)).mounts).toMatchObject([{ device: '/dev/sd2', turnedReadOnlyWallMs: null }]);
    await file[Symbol.asyncDispose]?.();
  });

  it('shows 200 mounts, one that hangs and hostile names among them, within its deadline', async () => {
    const file = open();
    const points = Array.from({ length: 198 }, (_, at) => `/srv/${String(at).padStart(3, '0')}`);
    const hostile = ['/srv/$(touch${IFS}x)<img/onerr=\\040;--', '/srv/\\033[2J\\012'];
    mount(...[...points, ...hostile].map((point, at) => line(point, 'rw', 'rw', at + 1)));
    const reading = Promise.resolve(file.read(new AbortController().signal));
    const answered = new Set<number>();
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(0);
      for (const { id, params } of probe.asked) {
        if (answered.has(id) || (params as { path: string }).path === '/srv/100') continue;
        answered.add(id);
        probe.reply({ id, value: space });
      }
    }
    expect(answered.size).toBe(199);
    await clock.advance(1_000);
    const { mounts } = v.parse(filesystemRawSchema, await reading);
    expect(mounts).toHaveLength(200);
    expect(mounts.filter((entry) => entry.space === null).map(({ mountPoint }) => mountPoint)).toEqual(['/srv/100']); // prettier-ignore
    expect(mounts.map(({ mountPoint }) => mountPoint)).toContain('/srv/$(touch${IFS}x)<img/onerr= ;--');
    expect(file.deadlineMs).toBeGreaterThan(1_000);
    await file[Symbol.asyncDispose]?.();
  });

  it('has none while the table is empty or cut off, and fails in words where it is missing', async () => {
    const file = open();
    mount('');
    expect((await read(file)).mounts).toEqual([]);
    mount('21 1 8:1 / /data rw');
    expect((await read(file)).mounts).toEqual([]);
    mount(line('/data'), '22 1 8:2 / /cut rw shared:1 - ex');
    expect((await read(file)).mounts.map(({ mountPoint }) => mountPoint)).toEqual(['/data']);
    await file[Symbol.asyncDispose]?.();
    rmSync(join(root, 'self/mountinfo'));
    await expect(read(open())).rejects.toMatchObject({ code: 'unsupported' });
  });
});
