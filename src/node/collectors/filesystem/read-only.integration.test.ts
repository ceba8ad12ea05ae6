import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { FakeProbe } from '../../probe/testing/fake-probe.ts';
import { createLinuxFilesystemCollector } from './linux.ts';

let folder: string;
let point: string;

/** Mounts an ext4 of a few megabytes; null where this user, or this kernel, cannot. Says which loop device it has. */
function mountImage(): string | null {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-ext4-'));
  const image = join(folder, 'image');
  point = join(folder, 'mounted');
  try {
    mkdirSync(point);
    execFileSync('truncate', ['-s', '16M', image]);
    execFileSync('mkfs.ext4', ['-q', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, point], { stdio: 'ignore' });
    return /loop\d+/.exec(execFileSync('losetup', ['-j', image], { encoding: 'utf8' }))?.[0] ?? null;
  } catch {
    // It takes root, loop devices and e2fsprogs: the same is tested with recorded tables beside this.
    rmSync(folder, { recursive: true });
    return null;
  }
}

const device = process.platform === 'linux' && process.getuid?.() === 0 ? mountImage() : null;

it.runIf(device !== null)('a real file system that meets an error is seen to turn read-only', async () => {
  // Nobody answers: what is mounted is told nonetheless.
  const probe = new ProbeClient({ clock: systemClock, spawnProbe: () => new FakeProbe() });
  const collector = createLinuxFilesystemCollector({ clock: systemClock, procRoot: '/proc', sysRoot: '/sys' }, probe); // prettier-ignore
  const read = async () => {
    const { mounts } = await collector.read(new AbortController().signal);
    return mounts.find(({ mountPoint }) => mountPoint === point);
  };
  try {
    expect(await read()).toMatchObject({ type: 'ext4', readOnly: false, turnedReadOnlyWallMs: null });
    writeFileSync(`/sys/fs/ext4/${device!}/trigger_fs_error`, 'made by a test');
    const after = await read();
    expect(after).toMatchObject({ readOnly: true });
    expect(Math.abs(after!.turnedReadOnlyWallMs! - systemClock.wall())).toBeLessThan(5_000);
  } finally {
    await collector[Symbol.asyncDispose]?.();
    await probe[Symbol.asyncDispose]();
    execFileSync('umount', [point]);
    rmSync(folder, { recursive: true });
  }
});
