import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { readLinkTarget, readNames } from '../small-file.ts';
import type { GroupUsage } from './group-files.ts';
import { GroupSet } from './group-set.ts';

/** Where a tree of version 2 is that this process may write to, which takes root. */
const tree = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) => existsSync(join(path, 'cgroup.controllers'))); // prettier-ignore
const parent = `pulsewire-test-${process.pid}`;

function canMakeGroups(): boolean {
  try {
    mkdirSync(join(tree ?? '/nonexistent', parent));
    rmdirSync(join(tree!, parent));
    return true;
  } catch {
    // Not root, or a read-only tree in a container: files stand in for it in the tests beside this.
    return false;
  }
}

describe.runIf(canMakeGroups())('real control groups', () => {
  let root: string;
  let busy: ChildProcess | null = null;
  const folder = (name: string): string => join(tree!, parent, name);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pulsewire-groups-'));
    mkdirSync(join(root, 'fs'));
    symlinkSync(tree!, join(root, 'fs/cgroup'));
    mkdirSync(join(tree!, parent));
    mkdirSync(folder('one'));
  });

  afterEach(async () => {
    if (busy) {
      busy.kill('SIGKILL');
      await once(busy, 'exit');
      busy = null;
    }
    for (const name of readNames(join(tree!, parent)).filter((name) => existsSync(join(folder(name), 'cgroup.procs')))) await removeGroup(folder(name)); // prettier-ignore
    await removeGroup(join(tree!, parent));
    rmSync(root, { recursive: true });
  });

  it('are found and counted, and leave no descriptor when they are removed and made again', async () => {
    using groups = new GroupSet<string>({
      sources: { clock: systemClock, procRoot: '/proc', sysRoot: root },
      wantsLimits: true,
      judge: (name, path) =>
        path.startsWith(`${parent}/`) ? { keep: name } : name === parent ? 'enter' : 'skip',
    });
    const read = async (): Promise<Record<string, GroupUsage>> => {
      const rows = await groups.read(({ facts, files }) => {
        const usage = files.readUsage();
        if (usage) files.readLimits();
        return usage && ([facts, usage] as const);
      });
      return Object.fromEntries(rows);
    };
    await groups.refresh();
    const before = await read();
    expect(before['one']?.cpuMicros).toBeGreaterThanOrEqual(0);

    busy = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
    writeFileSync(join(folder('one'), 'cgroup.procs'), String(busy.pid));
    await systemClock.sleep(300);
    const after = await read();
    expect(after['one']!.cpuMicros! - before['one']!.cpuMicros!).toBeGreaterThan(50_000);

    busy.kill('SIGKILL');
    await once(busy, 'exit');
    busy = null;
    await removeGroup(folder('one'));
    expect(await read()).toEqual({});
    expect(countDescriptors(folder('one'))).toBe(0);

    mkdirSync(folder('one'));
    const again = await read();
    expect(again['one']?.cpuMicros).toBeLessThan(after['one']!.cpuMicros!);
  });
});

/** A group can be removed a moment after the last of its processes has ended. */
async function removeGroup(path: string): Promise<void> {
  for (let turn = 0; existsSync(path); turn++) {
    try {
      rmdirSync(path);
    } catch (thrown) {
      if (turn === 50) throw thrown;
      await systemClock.sleep(20);
    }
  }
}

function countDescriptors(path: string): number {
  return readNames('/proc/self/fd').filter((fd) => readLinkTarget(`/proc/self/fd/${fd}`)?.includes(path))
    .length;
}
