import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { createMonitor } from '../../../core/monitor.ts';
import { createSubscriber } from '../../../core/subscription.ts';
import { createFakeCpu } from '../../../core/testing/fake-collector.ts';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { processRawSchema, type ProcessRaw } from '../../../shared/series/raw/process.ts';
import { deriveProcessRows } from '../../../shared/series/rates/process.ts';
import type { Sample } from '../../../shared/series/sample.ts';
import { createLinuxProcessCollector } from './linux.ts';
import { ProcessTree } from './testing/process-tree.ts';

const signal = new AbortController().signal;
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-processes-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

function start(command: string, args: readonly string[], options = {}): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  children.push(child);
  return child;
}

function open(procRoot = '/proc'): Collector<'process'> & AsyncDisposable {
  const collector = createLinuxProcessCollector({ clock: systemClock, procRoot, sysRoot: '/sys' });
  return collector as Collector<'process'> & AsyncDisposable;
}

async function read(collector: Collector<'process'>): Promise<ProcessRaw> {
  return v.parse(processRawSchema, await collector.read(signal));
}

describe.runIf(isLinux)('the processes of this machine', () => {
  it('are those that ps lists, with the same parents, threads, users, states and memory', async () => {
    const sleepers = [start('sleep', ['100']), start('sleep', ['100'], { uid: 12_345 })];
    await systemClock.sleep(100);
    await using collector = open();
    const ps = (): Map<number, string[]> => {
      const text = execFileSync('ps', ['-eo', 'pid=,ppid=,nlwp=,ni=,euser:40=,rss=,comm='], { encoding: 'utf8' }); // prettier-ignore
      return new Map(text.trimEnd().split('\n').map((line) => line.trim().split(/\s+/)).map((row) => [Number(row[0]), row])); // prettier-ignore
    };
    const before = ps();
    const table = await read(collector);
    const after = ps();
    // What comes, goes or changes meanwhile tells nothing; memory of others does all the time.
    const facts = (row: string[] | undefined): string | undefined => row?.toSpliced(5, 1).join();
    const steady = [...before.keys()].filter((pid) => facts(before.get(pid)) === facts(after.get(pid)));
    for (const { pid } of sleepers) expect(steady).toContain(pid);
    for (const pid of steady) {
      const index = table.pid.indexOf(pid);
      const { parentPid, threadCount, nice, users, user, name, residentBytes } = table;
      const [, ppid, nlwp, ni, euser, rss, comm] = before.get(pid)!;
      // ps cuts the longer names of threads of the kernel, and other names are parted here.
      const shownName = name[index]!.split(/\s/)[0]!.slice(0, 15);
      const own = [parentPid[index], threadCount[index], nice[index], users[user[index]!], shownName];
      expect(own.map(String)).toEqual([ppid, nlwp, ni === '-' ? '0' : ni, euser, comm!.slice(0, 15)]);
      if (rss === after.get(pid)![5] && sleepers.some((sleeper) => sleeper.pid === pid))
        expect(residentBytes[index]).toBe(Number(rss) * 1_024);
    }
    expect(table.users).toContain('12345');
  });

  it('have command lines and groups, and the time at which they started', async () => {
    const startedMs = Date.now();
    const child = start('sleep', ['100.5']);
    await systemClock.sleep(50);
    await using collector = open();
    const table = await read(collector);
    const index = table.pid.indexOf(child.pid!);
    expect(table.command[index]).toBe('sleep 100.5');
    const toldMs = table.bootedWallMs + (table.startTicks[index]! / table.ticksPerSecond) * 1_000;
    expect(Math.abs(toldMs - startedMs)).toBeLessThan(200);
  });

  it('vanish from the table when they end, however seldom they are read', async () => {
    const child = start('sleep', ['100']);
    await systemClock.sleep(50);
    await using collector = open();
    expect((await read(collector)).pid).toContain(child.pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await read(collector)).pid).not.toContain(child.pid);
  });

  it('have the processor time that the scheduler counted', async () => {
    const child = start(process.execPath, ['-e', 'for (;;);']);
    await systemClock.sleep(300);
    await using collector = open();
    const exactMs = (): number => {
      const text = execFileSync('sh', ['-c', `cat /proc/${child.pid}/task/*/schedstat`], {
        encoding: 'utf8',
      });
      return text.split('\n').reduce((sum, line) => sum + Number(line.split(' ')[0]), 0) / 1e6;
    };
    const measure = async () => {
      const [before, table, after] = [exactMs(), await read(collector), exactMs()];
      const readMs = systemClock.monotonic();
      return { before, after, section: { status: 'ok', readMs, data: table } as const };
    };
    const first = await measure();
    await systemClock.sleep(1_000);
    const second = await measure();
    const known = deriveProcessRows(undefined, first.section);
    const rated = deriveProcessRows(known.status === 'ok' ? known.rows : undefined, second.section);
    const row = rated.status === 'ok' ? rated.rows.get(child.pid!) : undefined;
    if (row?.rates.status !== 'ok') throw new Error('no rate');
    const seconds = (second.section.readMs - first.section.readMs) / 1_000;
    const usedMs = row.rates.cpuShare! * seconds * 1_000;
    // Two ticks for rounding, and what lies between the two readings of the other counter.
    expect(usedMs).toBeGreaterThan(second.before - first.after - 25);
    expect(usedMs).toBeLessThan(second.after - first.before + 25);
  });

  it('may be called anything, which is shown and run nowhere', async () => {
    // As long as the kernel lets a name be, with what would end it in /proc/PID/stat.
    const name = '$(touch x)<i>\n)';
    const program = join(folder, name);
    copyFileSync('/bin/sleep', program);
    chmodSync(program, 0o700);
    const argv0 = '\u001b]0;owned\u0007`touch x`<img src=x onerror=alert(1)>\n--';
    const child = start(program, ['100'], { argv0, cwd: folder });
    await systemClock.sleep(100);
    await using collector = open();
    for (let pass = 0; pass < 3; pass++) {
      const table = await read(collector);
      const index = table.pid.indexOf(child.pid!);
      expect(table.name[index]).toBe(name);
      expect(table.command[index]).toBe(`${argv0} 100`);
      expect(table.parentPid[index]).toBe(process.pid);
    }
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('leave no descriptor open once nobody looks any more', async () => {
    const count = (): number =>
      Number(execFileSync('sh', ['-c', `ls -l /proc/${process.pid}/fd | grep -c '/proc/[0-9]*/stat$' || true`], { encoding: 'utf8' })); // prettier-ignore
    await using collector = open();
    const { pid } = await read(collector);
    expect(count()).toBeGreaterThan(Math.min(pid.length, 200) / 2);
    collector.rest!();
    expect(count()).toBe(0);
  });
});

describe.runIf(isLinux && isRoot)('processes that others may not see', () => {
  it('are no rows, and are rows as soon as they may be seen', async () => {
    using tree = new ProcessTree();
    chmodSync(tree.root, 0o755);
    writeFileSync(join(tree.root, 'uptime'), '1.00 1.00\n');
    for (const pid of [10, 11]) tree.put(pid);
    chmodSync(tree.folder(11), 0o700);
    await using collector = open(tree.root);
    process.seteuid!(65_534);
    try {
      expect((await read(collector)).pid).toEqual([10]);
      expect((await read(collector)).pid).toEqual([10]);
    } finally {
      process.seteuid!(0);
    }
    collector.rest!();
    expect((await read(collector)).pid).toEqual([10, 11]);
  });
});

describe.runIf(isLinux)('five thousand processes', () => {
  const count = 5_000;
  /** The promise is 5 ms; what is measured is the processor time of one turn, so that other programs do not count. */
  const promisedMs = 5;

  let tree: ProcessTree;
  beforeAll(() => {
    tree = new ProcessTree();
    writeFileSync(join(tree.root, 'uptime'), '1.00 1.00\n');
    for (let pid = 1; pid <= count; pid++) {
      tree.put(pid, { name: `worker ${pid % 50}`, command: `worker\0--number\0${pid}\0` });
    }
  });
  afterAll(() => {
    tree[Symbol.dispose]();
  });

  /** Processor time of each turn of the event loop while `act` is under way. */
  async function measureTurns(act: () => Promise<unknown>): Promise<number[]> {
    const turns: number[] = [];
    let isOver = false;
    const acting = act().finally(() => (isOver = true));
    while (!isOver) {
      const before = process.cpuUsage();
      await nextTurn();
      const { user, system } = process.cpuUsage(before);
      turns.push((user + system) / 1_000);
    }
    await acting;
    return turns.toSorted((a, b) => b - a);
  }

  it('are read in slices, none of which holds the event loop for long', async () => {
    await using collector = open(tree.root);
    const longest: number[] = [];
    for (let pass = 0; pass < 12; pass++) {
      for (let pid = 1; pid <= count; pid += 10) tree.stat(pid, { cpuTicks: pass });
      const turns = await measureTurns(() => Promise.resolve(collector.read(signal)));
      longest.push(turns[0]!);
      await systemClock.sleep(500);
    }
    // The first readings are of code that is being compiled; and now and then garbage is collected in a turn.
    const settled = longest.slice(3).toSorted((a, b) => a - b);
    expect(settled[4]).toBeLessThan(promisedMs);
    expect((await read(collector)).pid).toHaveLength(count);
  });

  it('leave other subjects on time', async () => {
    const samples: Sample[] = [];
    const monitor = createMonitor({
      clock: systemClock, collectors: [createFakeCpu(systemClock), open(tree.root)], hostName: 'many', version: '1',
      platform: 'linux', instanceId: 'many',
    }); // prettier-ignore
    const intervalMs = 250;
    monitor.hub.subscribe(
      { id: 'all', topics: ['cpu', 'process'], intervalMs, encoding: 'json', projection: 'whole' },
      createSubscriber((ready) => {
        const delivery = ready.take();
        if (delivery) samples.push(JSON.parse(String(delivery.frame)) as Sample);
      }),
    );
    await systemClock.sleep(4_000);
    const { originMs } = monitor.sampler;
    await monitor.close('The test is over.');
    const tables = samples.flatMap(({ sections }) => (sections.process?.status === 'ok' ? [sections.process.data] : [])); // prettier-ignore
    expect(tables.at(-1)?.pid).toHaveLength(count);
    const late = samples
      .flatMap(({ sections }) => (sections.cpu?.status === 'ok' ? [sections.cpu.readMs - originMs] : []))
      .map((ms) => Math.min(ms % intervalMs, intervalMs - (ms % intervalMs)));
    expect(late.length).toBeGreaterThanOrEqual(14);
    expect(late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)]).toBeLessThan(50);
  });
});

it.runIf(isLinux)('says no more of a process than its file does', () => {
  // What the tests stand on: this kernel writes what the made-up processes imitate.
  expect(readFileSync('/proc/self/stat', 'latin1').split(') ')[1]!.split(' ')).toHaveLength(50);
});
