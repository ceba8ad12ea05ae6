import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CostRaw } from '../../shared/series/raw/cost.ts';
import type { ProbeProcess } from '../probe/probe-client.ts';
import { childrenId, type ProbeReply } from '../probe/probe-messages.ts';
import { NodeOwnUse } from './node-own-use.ts';

/** A helper that a test speaks for. */
function createHelper(pid: number | undefined) {
  const listeners: ((reply: ProbeReply) => void)[] = [];
  const exits: (() => void)[] = [];
  const process: ProbeProcess = {
    pid,
    send: () => undefined,
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => undefined,
  };
  return {
    process,
    say: (reply: ProbeReply) => listeners.forEach((listener) => listener(reply)),
    exit: () => exits.forEach((listener) => listener()),
  };
}

/** A process of `pages` resident pages, as /proc tells of it. */
async function writeStat(procRoot: string, name: string, pages: number): Promise<void> {
  await mkdir(join(procRoot, name));
  const rest = Array.from({ length: 49 }, (_, at) => (at === 20 ? pages : 0)).join(' ');
  await writeFile(join(procRoot, name, 'stat'), `7 (node) S ${rest}`);
}

const own = (others?: () => CostRaw['processes']): NodeOwnUse =>
  new NodeOwnUse({ onBattery: () => false, others });

describe('what the monitor itself uses', () => {
  it('is this process, with its time, memory and heap', () => {
    const use = own();
    const { processes, cpuMs, heapUsedBytes } = use.all();
    expect(processes).toMatchObject([{ pid: process.pid, role: 'host' }]);
    expect(processes[0]?.residentBytes).toBeGreaterThan(10e6);
    expect(cpuMs).toBeGreaterThanOrEqual(processes[0]!.cpuMs!);
    expect(heapUsedBytes).toBeGreaterThan(1e6);
    expect(use.governed().residentBytes).toBeGreaterThan(10e6);
  });

  it('has its helper beside it for as long as that is there', async () => {
    const procRoot = await mkdtemp(join(tmpdir(), 'pulsewire-proc-'));
    await writeStat(procRoot, 'self', 3_000);
    await writeStat(procRoot, '7', 500);
    const use = new NodeOwnUse({ onBattery: () => false, procRoot });
    const helper = createHelper(7);
    use.track(() => helper.process)();
    const pageSize = 4_096;
    expect(use.all().processes).toMatchObject([
      { role: 'host', residentBytes: 3_000 * pageSize },
      { pid: 7, role: 'helper', residentBytes: 500 * pageSize },
    ]);
    expect(use.governed().residentBytes).toBe(3_500 * pageSize);
    helper.exit();
    expect(use.all().processes).toHaveLength(1);
    expect(use.governed().residentBytes).toBe(3_000 * pageSize);
    await rm(procRoot, { recursive: true });
  });

  it('has the programs that its helper keeps under way beside it', () => {
    const use = own();
    const helper = createHelper(1);
    use.track(() => helper.process)();
    helper.say({ id: childrenId, value: [process.ppid] });
    expect(use.all().processes.map(({ pid, role }) => [pid, role])).toEqual([
      [process.pid, 'host'],
      [1, 'helper'],
      [process.ppid, 'helper'],
    ]);
    helper.say({ id: childrenId, value: [] });
    expect(use.all().processes).toHaveLength(2);
  });

  it('counts a helper that has not started yet, or never will, as a start and nothing else', () => {
    const use = own();
    use.track(() => createHelper(undefined).process)();
    expect(use.all()).toMatchObject({ forks: 1, processes: [{ role: 'host' }] });
  });

  it('counts the programs that it and its helpers start, those of helpers that have gone, too', async () => {
    const use = own();
    const child = spawn('true', { stdio: 'ignore' });
    await once(child, 'exit');
    expect(use.governed().forks).toBe(1);
    const helper = createHelper(1);
    use.track(() => helper.process)();
    helper.say({ id: 1, value: null, forks: 3 });
    helper.say({ id: 2, value: null });
    expect(use.governed().forks).toBe(5);
    helper.exit();
    expect(use.governed().forks).toBe(5);
  });

  it('never falls, though windows come and go and their numbers are used again', () => {
    let windows: CostRaw['processes'] = [];
    const use = own(() => windows);
    const totals: number[] = [];
    const at = (...times: [number, number | null][]): void => {
      windows = times.map(([pid, cpuMs]) => ({ pid, role: 'window', name: 'w', cpuMs, residentBytes: 1 }));
      totals.push(use.all().cpuMs);
    };
    at([50_001, 1e9], [50_002, 1e9]);
    at([50_001, 1e9 + 5]);
    at([50_002, 7], [50_001, null]);
    at();
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(totals.at(-1)! - totals[0]!).toBeLessThan(1e4);
  });

  it('does not count a helper twice that Electron lists too', () => {
    const use = own(() => [
      { pid: process.ppid, role: 'utility', name: 'probe', cpuMs: 1, residentBytes: 1 },
    ]);
    use.track(() => createHelper(process.ppid).process)();
    expect(use.all().processes.map(({ role }) => role)).toEqual(['host', 'helper']);
  });

  it('tells how late the event loop ran from the second reading on, and anew after a rest', async () => {
    const use = own();
    expect(use.takeDelays()).toBeNull();
    const { setTimeout: sleep } = await import('node:timers/promises');
    await sleep(550);
    const heldUntil = performance.now() + 350;
    while (performance.now() < heldUntil);
    await sleep(300);
    const delays = use.takeDelays()!;
    expect(delays.delayMsMax).toBeGreaterThan(20);
    expect(delays.delayMsP50).toBeLessThanOrEqual(delays.delayMsMax);
    use.rest();
    expect(use.takeDelays()).toBeNull();
    use.rest();
  });
});
