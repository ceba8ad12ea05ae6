import { expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import type { MountRaw } from '../../shared/series/raw/filesystem.ts';
import { DiskFullWatch } from './disk-full-watch.ts';

const hourMs = 3_600_000;

function mount(usedShare: number, more: Partial<MountRaw> = {}): MountRaw {
  const totalBytes = 1_000_000;
  const freeBytes = Math.round(totalBytes * (1 - usedShare));
  return {
    mountPoint: '/home',
    device: '/dev/sda1',
    type: 'ext4',
    readOnly: false,
    options: [],
    turnedReadOnlyWallMs: null,
    space: { totalBytes, freeBytes, availableBytes: freeBytes, inodesTotal: null, inodesFree: null },
    ...more,
  };
}

function told(watch: DiskFullWatch, ...mounts: MountRaw[]): string[] {
  return watch.observe({ mounts }).map(({ mountPoint }) => mountPoint);
}

it('tells once when a file system has become nearly full, with what is left', () => {
  const watch = new DiskFullWatch(new FakeClock());
  expect(told(watch, mount(0.94))).toEqual([]);
  expect(watch.observe({ mounts: [mount(0.96)] })).toEqual([
    { mountPoint: '/home', availableBytes: 40_000, totalBytes: 1_000_000 },
  ]);
  expect(told(watch, mount(0.97))).toEqual([]);
});

it('takes going to and fro at the mark for one crossing, and does not tell twice a day', async () => {
  const clock = new FakeClock();
  const watch = new DiskFullWatch(clock);
  expect(told(watch, mount(0.96))).toEqual(['/home']);
  await clock.advance(25 * hourMs);
  expect([told(watch, mount(0.94)), told(watch, mount(0.96))]).toEqual([[], []]);
  expect([told(watch, mount(0.5)), told(watch, mount(0.96))]).toEqual([[], ['/home']]);
  await clock.advance(hourMs);
  expect([told(watch, mount(0.5)), told(watch, mount(0.99))]).toEqual([[], []]);
});

it('remembers over a restart whom it told of, for a day', async () => {
  const clock = new FakeClock();
  const before = new DiskFullWatch(clock);
  told(before, mount(0.96));
  expect(told(new DiskFullWatch(clock, before.told()), mount(0.96))).toEqual([]);
  await clock.advance(24 * hourMs);
  expect(before.told()).toEqual({});
  expect(told(new DiskFullWatch(clock, before.told()), mount(0.96))).toEqual(['/home']);
});

it('leaves out what is full by its nature, cannot be written, or was counted already', () => {
  const watch = new DiskFullWatch(new FakeClock());
  const none = [
    mount(1, { type: 'squashfs' }),
    mount(1, { type: 'tmpfs' }),
    mount(1, { readOnly: true }),
    mount(1, { space: null }),
  ];
  expect(told(watch, ...none)).toEqual([]);
  expect(told(watch, mount(1), mount(1, { mountPoint: '/mnt/again' }))).toEqual(['/home']);
});

it('counts what is kept for root as df does: neither used nor available', () => {
  const watch = new DiskFullWatch(new FakeClock());
  const reserved = {
    totalBytes: 1_000,
    freeBytes: 80,
    availableBytes: 30,
    inodesTotal: null,
    inodesFree: null,
  };
  expect(told(watch, mount(0, { space: reserved }))).toEqual(['/home']);
});
