import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { processRawSchema, type ProcessRaw } from '../../../shared/series/raw/process.ts';
import { createLinuxProcessCollector } from './linux.ts';
import { formatStat, ProcessTree } from './testing/process-tree.ts';

const signal = new AbortController().signal;
let tree: ProcessTree;
let clock: FakeClock;
let collector: Collector<'process'>;

beforeEach(() => {
  tree = new ProcessTree();
  clock = new FakeClock();
  writeFileSync(join(tree.root, 'uptime'), '1000.00 900.00\n');
  writeFileSync(join(tree.root, 'passwd'), `me:x:${process.getuid!()}:0::/:/bin/sh\n`);
  collector = createLinuxProcessCollector({
    clock,
    procRoot: tree.root,
    sysRoot: '/nowhere',
    etcRoot: tree.root,
  });
});

afterEach(async () => {
  await collector[Symbol.asyncDispose]!();
  expect(tree.countOpen()).toBe(0);
  tree[Symbol.dispose]();
});

/** The table after so many more milliseconds. */
async function read(afterMs = 0): Promise<ProcessRaw> {
  await clock.advance(afterMs);
  const table = await collector.read(signal);
  v.parse(processRawSchema, table);
  for (const column of Object.values(table)) {
    if (Array.isArray(column) && column !== table.users && column !== table.groups) {
      expect(column).toHaveLength(table.pid.length);
    }
  }
  return table;
}

function rowOf(table: ProcessRaw, pid: number) {
  const index = table.pid.indexOf(pid);
  if (index < 0) return null;
  return {
    startTicks: table.startTicks[index], parentPid: table.parentPid[index], name: table.name[index],
    command: table.command[index], user: table.users[table.user[index]!], group: table.groups[table.group[index]!],
    state: table.state[index], threadCount: table.threadCount[index], nice: table.nice[index],
    cpuTicks: table.cpuTicks[index], residentBytes: table.residentBytes[index], ageMs: table.ageMs[index],
    readBytes: table.readBytes[index], writtenBytes: table.writtenBytes[index],
  }; // prettier-ignore
}

describe('the table of processes', () => {
  it('has a row for each, with names and groups once', async () => {
    tree.put(1, { name: 'systemd', parentPid: 0, command: '/sbin/init\0splash\0', cgroup: '0::/init.scope\n', executable: '/usr/lib/systemd/systemd (deleted)' }); // prettier-ignore
    tree.put(2, { name: 'kthreadd', parentPid: 0, flags: 0x20_8040, command: '' });
    tree.put(50, { name: 'nginx', command: 'nginx: worker\0', cgroup: '0::/system.slice/nginx.service\n', threads: 4, nice: -5, residentPages: 10, cpuTicks: 77 }); // prettier-ignore
    tree.put(51, { name: 'nginx', cgroup: '0::/system.slice/nginx.service\n' });
    const table = await read();
    expect(table).toMatchObject({ ticksPerSecond: 100, threads: 7, users: ['me'], groups: ['systemd', 'kernel', 'nginx.service'], bootedWallMs: clock.wall() - 1_000_000, cpuShares: null }); // prettier-ignore
    expect(rowOf(table, 1)).toMatchObject({ parentPid: 0, command: '/sbin/init splash', group: 'systemd' });
    expect(rowOf(table, 2)).toMatchObject({ command: '', group: 'kernel' });
    expect(rowOf(table, 50)).toEqual({ startTicks: 1_050, parentPid: 1, name: 'nginx', command: 'nginx: worker', user: 'me', group: 'nginx.service', state: 'S', threadCount: 4, nice: -5, cpuTicks: 77, residentBytes: 40_960, ageMs: 0, readBytes: null, writtenBytes: null }); // prettier-ignore
  });

  it('gains and loses rows as processes come and go', async () => {
    tree.put(10);
    tree.put(11);
    expect((await read()).pid).toEqual([10, 11]);
    tree.remove(10);
    tree.put(12);
    expect((await read(1_000)).pid.toSorted()).toEqual([11, 12]);
  });

  it('lists /proc only when the newest task or their count has changed, or five seconds have passed', async () => {
    tree.put(10);
    tree.loadavg(100, 10);
    await read();
    tree.put(11);
    expect((await read(1_000)).pid).toEqual([10]);
    tree.loadavg(101, 11);
    expect((await read(1_000)).pid).toEqual([10, 11]);
    tree.put(12);
    await read(1_000);
    expect((await read(4_000)).pid).toEqual([10, 11, 12]);
  });

  it('never changes what it gave before, and shares columns in which nothing is new', async () => {
    tree.put(10, { cpuTicks: 5 });
    tree.put(11);
    const first = await read();
    const before = structuredClone(first);
    tree.stat(10, { cpuTicks: 9, name: 'other', state: 'R' });
    tree.put(12);
    const second = await read(1_000);
    expect(first).toEqual(before);
    expect(rowOf(second, 10)).toMatchObject({ cpuTicks: 9, name: 'other', state: 'R' });
    tree.stat(10, { cpuTicks: 12, name: 'other', state: 'R' });
    const third = await read(1_000);
    expect(third.cpuTicks).not.toBe(second.cpuTicks);
    expect(third.command).toBe(second.command);
    expect(third.pid).toBe(second.pid);
  });

  it('takes a number used again for another process', async () => {
    tree.put(10, { name: 'old', startTicks: 100, command: 'old\0', cpuTicks: 900 });
    await read();
    tree.remove(10);
    tree.put(10, { name: 'new', startTicks: 5_000, command: 'new\0', cpuTicks: 1 });
    // A kept file of /proc gives ESRCH from now on; one of this tree still gives the old text, until it is let go.
    collector.rest!();
    expect(rowOf(await read(1_000), 10)).toMatchObject({ name: 'new', startTicks: 5_000, command: 'new', cpuTicks: 1 }); // prettier-ignore
  });

  it('reads a command line again when the name changes, as it does when one program becomes another', async () => {
    tree.put(10, { name: 'bash', command: 'bash\0' });
    await read();
    tree.put(10, { name: 'top', command: 'top\0-d1\0' });
    expect(rowOf(await read(1_000), 10)).toMatchObject({ name: 'top', command: 'top -d1' });
  });

  it('reads command line, user and group again a little after the start, and then seldom', async () => {
    tree.put(16, { command: 'worker (starting)\0' });
    await read();
    writeFileSync(join(tree.folder(16), 'cmdline'), 'worker of alice\0');
    writeFileSync(join(tree.folder(16), 'cgroup'), '0::/system.slice/work.service\n');
    expect(rowOf(await read(1_000), 16)?.command).toBe('worker (starting)');
    expect(rowOf(await read(1_000), 16)).toMatchObject({ command: 'worker of alice', group: 'work.service' });
    writeFileSync(join(tree.folder(16), 'cmdline'), 'third\0');
    expect(rowOf(await read(60_000), 16)?.command).toBe('worker of alice');
    expect(rowOf(await read(300_000), 16)?.command).toBe('third');
  });
});

describe('an idle process', () => {
  it('is read at first each time, then seldom, and its row says how old it is', async () => {
    tree.put(10);
    const ages: number[] = [];
    for (let pass = 0; pass < 20; pass++) ages.push(rowOf(await read(pass === 0 ? 0 : 1_000), 10)!.ageMs!);
    expect(ages.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Math.max(...ages)).toBe(4_000);
    expect(ages.filter((age) => age === 0).length).toBeLessThanOrEqual(9);
  });

  it('is read each time again once it works', async () => {
    tree.put(10);
    for (let pass = 0; pass < 15; pass++) await read(1_000);
    tree.stat(10, { cpuTicks: 50 });
    let seenAfter = 0;
    for (; rowOf(await read(1_000), 10)?.cpuTicks !== 50; seenAfter++);
    expect(seenAfter).toBeLessThanOrEqual(4);
    for (let ticks = 51; ticks < 60; ticks++) {
      tree.stat(10, { cpuTicks: ticks });
      expect(rowOf(await read(1_000), 10)).toMatchObject({ cpuTicks: ticks, ageMs: 0 });
    }
  });

  it('is spread over the seconds with the others that are', async () => {
    for (let pid = 100; pid < 150; pid++) tree.put(pid);
    for (let pass = 0; pass < 12; pass++) await read(1_000);
    for (let pass = 0; pass < 6; pass++) {
      const { ageMs } = await read(1_000);
      expect(ageMs.filter((age) => age === 0)).toHaveLength(10);
    }
  });

  it('is read at once when somebody looks again after a while', async () => {
    tree.put(10);
    for (let pass = 0; pass < 15; pass++) await read(1_000);
    collector.rest!();
    expect(tree.countOpen()).toBe(0);
    tree.stat(10, { cpuTicks: 3 });
    expect(rowOf(await read(200), 10)).toMatchObject({ cpuTicks: 3, ageMs: 0 });
    expect(rowOf(await read(1_000), 10)).toMatchObject({ ageMs: 0 });
  });
});

describe('memory', () => {
  it('is that of statm, which is exact, read when the process did something or its memory seems to have changed', async () => {
    tree.put(10, { residentPages: 250, statm: '900 293 1 1 0 1 0\n' });
    expect(rowOf(await read(), 10)?.residentBytes).toBe(293 * 4_096);
    tree.put(10, { residentPages: 250, statm: '900 300 1 1 0 1 0\n' });
    expect(rowOf(await read(1_000), 10)?.residentBytes).toBe(293 * 4_096);
    tree.put(10, { residentPages: 250, statm: '900 301 1 1 0 1 0\n', cpuTicks: 1 });
    expect(rowOf(await read(1_000), 10)?.residentBytes).toBe(301 * 4_096);
    tree.put(10, { residentPages: 320, statm: '900 302 1 1 0 1 0\n', cpuTicks: 1 });
    expect(rowOf(await read(1_000), 10)?.residentBytes).toBe(302 * 4_096);
  });

  it('is that of stat where statm says nothing', async () => {
    tree.put(10, { residentPages: 250, statm: '' });
    expect(rowOf(await read(), 10)?.residentBytes).toBe(250 * 4_096);
  });
});

describe('traffic with storage', () => {
  const io = (read: number, written: number): string =>
    `rchar: 9\nread_bytes: ${read}\nwrite_bytes: ${written}\n`;

  it('is read of processes that do something, for a while after it, and is null else', async () => {
    tree.put(10, { io: io(1, 2) });
    expect(rowOf(await read(), 10)?.readBytes).toBeNull();
    tree.put(10, { io: io(100, 200), cpuTicks: 8 });
    expect(rowOf(await read(1_000), 10)).toMatchObject({ readBytes: 100, writtenBytes: 200 });
    expect(rowOf(await read(1_000), 10)?.readBytes).toBe(100);
    expect(rowOf(await read(1_000), 10)?.readBytes).toBe(100);
    expect(rowOf(await read(1_000), 10)?.readBytes).toBeNull();
  });

  it('is read of no more than 128 processes in one pass, and of all in turn', async () => {
    const pids = Array.from({ length: 300 }, (_, index) => 1_000 + index);
    for (const pid of pids) tree.put(pid, { io: io(1, 1) });
    await read();
    const told = new Set<number>();
    for (let pass = 1; pass <= 8; pass++) {
      for (const pid of pids) tree.stat(pid, { cpuTicks: pass });
      const table = await read(1_000);
      const now = table.pid.filter((_, index) => table.readBytes[index] !== null);
      expect(now.length).toBeLessThanOrEqual(128);
      for (const pid of now) told.add(pid);
    }
    expect(told.size).toBe(300);
  });

  it('is null where it is forbidden or absent', async () => {
    tree.put(10);
    await read();
    tree.stat(10, { cpuTicks: 8 });
    expect(rowOf(await read(1_000), 10)).toMatchObject({ cpuTicks: 8, readBytes: null, writtenBytes: null });
  });
});

describe('bad input', () => {
  it('of one process takes nothing from the others', async () => {
    tree.put(10);
    for (const pid of [20, 21, 22, 23, 24, 25]) tree.put(pid);
    tree.stat(20, '');
    tree.stat(21, '21 (sh) S 1 2');
    tree.stat(22, formatStat(99).toString());
    rmSync(join(tree.folder(23), 'stat'));
    rmSync(join(tree.folder(24), 'stat'));
    execFileSync('mkfifo', [join(tree.folder(24), 'stat')]);
    rmSync(join(tree.folder(25), 'cmdline'));
    rmSync(join(tree.folder(25), 'cgroup'));
    execFileSync('mkfifo', [join(tree.folder(25), 'cmdline'), join(tree.folder(25), 'cgroup')]);
    for (let pass = 0; pass < 3; pass++) {
      const table = await read(1_000);
      expect(table.pid).toEqual([10, 25]);
      expect(rowOf(table, 25)).toMatchObject({ command: '', group: 'sh' });
    }
  });

  it('of a process that was read before leaves what was known of it, which grows older', async () => {
    tree.put(10, { cpuTicks: 5 });
    await read();
    tree.stat(10, '');
    expect(rowOf(await read(1_000), 10)).toMatchObject({ cpuTicks: 5, ageMs: 1_000 });
    expect(rowOf(await read(1_000), 10)).toMatchObject({ cpuTicks: 5, ageMs: 2_000 });
    tree.stat(10, { cpuTicks: 6 });
    expect(rowOf(await read(5_000), 10)).toMatchObject({ cpuTicks: 6, ageMs: 0 });
  });

  it('is an empty name, and names that are text of other kinds, kept as they are', async () => {
    const names = [
      '',
      'two\nlines',
      '\u001b[31mred',
      '<img src=x onerror=alert(1)>',
      '$(touch x)',
      ') R 1 (',
      '\ufeffmark',
    ];
    names.forEach((name, index) => tree.put(10 + index, { name, command: `${name}\0--x\0` }));
    const table = await read();
    expect(table.name).toEqual(names);
    expect(table.command).toEqual(names.map((name) => `${name} --x`));
    expect((await read(1_000)).name).toBe(table.name);
  });

  it('is bytes of no encoding, which are shown as such', async () => {
    tree.put(10, { name: Buffer.from([0x61, 0xff, 0xfe, 0x62]), command: Buffer.from([0xc3, 0x28, 0]) });
    expect(rowOf(await read(), 10)).toMatchObject({ name: 'a\ufffd\ufffdb', command: '\ufffd(' });
    expect(rowOf(await read(1_000), 10)?.name).toBe('a\ufffd\ufffdb');
  });

  it('is a /proc that is not there, which is said', async () => {
    const lost = createLinuxProcessCollector({ clock, procRoot: '/nowhere', sysRoot: '/nowhere' });
    expect(() => lost.read(signal)).toThrow('This kernel has no /nowhere.');
    await lost[Symbol.asyncDispose]!();
  });

  it('is an uptime that is missing, without which the rest would be worth less than nothing', async () => {
    rmSync(join(tree.root, 'uptime'));
    tree.put(10);
    await expect(read()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it.skipIf(process.getuid?.() === 0)('is a process that hides itself from others', async () => {
    tree.put(10);
    tree.put(11);
    chmodSync(tree.folder(11), 0o000);
    expect((await read()).pid).toEqual([10]);
    chmodSync(tree.folder(11), 0o700);
    expect((await read(30_000)).pid).toEqual([10, 11]);
  });
});

it('does not ask a process for its command line while it waits uninterruptibly', async () => {
  tree.put(16, { state: 'D', command: 'stuck\0' });
  expect(rowOf(await read(), 16)?.command).toBe('');
  tree.put(16, { state: 'S', command: 'free\0' });
  expect(rowOf(await read(2_500), 16)?.command).toBe('free');
});

it('knows the size of a page of this machine', async () => {
  tree.put(10, { residentPages: 3 });
  writeFileSync(join(tree.root, 'passwd'), '');
  const self = join(tree.root, 'self');
  execFileSync('mkdir', [self]);
  writeFileSync(join(self, 'auxv'), readFileSync('/proc/self/auxv'));
  const pageSize = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));
  expect(rowOf(await read(), 10)).toMatchObject({
    residentBytes: 3 * pageSize,
    user: String(process.getuid!()),
  });
});
