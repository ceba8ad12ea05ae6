import { describe, expect, it } from 'vitest';
import type { Collector } from '../../core/collector.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { GrantScope, ProcessQuery } from '../../shared/protocol/index.ts';
import type { ProcessRaw } from '../../shared/series/raw/process.ts';
import { ProcessList } from './process-list.ts';
import { createTestMonitor } from '../../core/testing/test-monitor.ts';

/** Three processes, of which the second uses half a core and the third is read once only. */
const tableAt = (ms: number, reading: number): ProcessRaw => ({
  ticksPerSecond: 100, bootedWallMs: 0, threads: 4, users: ['root', 'ann'], groups: ['system', 'shop'],
  pid: [1, 20, 30], startTicks: [1, 200, 300], parentPid: [0, 1, 1], name: ['init', 'server', 'idle'],
  command: ['init', 'server --key=secret', 'idle'], user: [0, 1, 1], group: [0, 1, 1], state: ['S', 'R', 'S'],
  threadCount: [1, 2, 1], nice: [0, 5, 0], cpuTicks: [10, Math.round(ms / 20), 7], cpuShares: null,
  residentBytes: [10, 20, 30], readBytes: [null, ms, null], writtenBytes: [null, 0, null],
  ageMs: [0, 0, reading > 1 ? 1_000 : 0],
}); // prettier-ignore

function open(options: Partial<Collector<'process'>> = {}) {
  const clock = new FakeClock();
  let reads = 0;
  const collector: Collector<'process'> = {
    id: 'process',
    minIntervalMs: 1_000,
    deadlineMs: 2_000,
    probe: () => ({ status: 'ok' }),
    read: () => tableAt(clock.monotonic(), ++reads),
    ...options,
  };
  const monitor = createTestMonitor(clock, [collector]);
  const list = new ProcessList(monitor, clock, monitor.tasks.service('server'));
  const read = (scope: GrantScope = 'view', query: Partial<ProcessQuery> = {}) =>
    list.read(scope, { sort: 'cpu', limit: 100, ...query });
  return {
    clock,
    monitor,
    read,
    reads: () => reads,
    [Symbol.asyncDispose]: async () => {
      const closing = monitor.close('done');
      await clock.advance(30_000);
      expect((await closing).notStopped).toEqual([]);
      expect(clock.sleeping).toBe(0);
    },
  };
}

describe('ProcessList', () => {
  it('reads twice, gives shares over the time between, and wants nothing any more', async () => {
    await using host = open();
    const reading = host.read();
    await host.clock.advance(1_100);
    const { intervalMs, total, processes } = await reading;
    expect([intervalMs, total]).toEqual([1_000, 3]);
    expect(processes.map(({ pid, cpuShare }) => [pid, cpuShare])).toEqual([[20, 0.5], [1, 0], [30, null]]); // prettier-ignore
    expect(processes[0]).toMatchObject({ name: 'server', user: 'ann', group: 'shop', readBytesPerSecond: 1_000, threads: 2, nice: 5 }); // prettier-ignore
    expect([host.reads(), host.monitor.sampler.demands, host.monitor.hub.subscriptionCount]).toEqual([
      2, 0, 0,
    ]);
    await host.clock.advance(60_000);
    expect(host.reads()).toBe(2);
  });

  it('tells command lines from the scope arguments on and to nobody else', async () => {
    await using host = open();
    const scopes = ['view', 'arguments', 'control', 'admin'] as const;
    const answers = scopes.map((scope) => host.read(scope));
    await host.clock.advance(1_100);
    const told = (await Promise.all(answers)).map((answer) => JSON.stringify(answer).includes('secret'));
    expect(told).toEqual([false, true, true, true]);
    expect(host.reads()).toBe(2);
  });

  it('sorts by what is asked and gives no more than what is asked', async () => {
    await using host = open();
    const answers = [
      host.read('view', { sort: 'memory', limit: 2 }),
      host.read('view', { sort: 'name', limit: 10_000 }),
    ];
    await host.clock.advance(1_100);
    const pids = (await Promise.all(answers)).map(({ processes }) => processes.map(({ pid }) => pid));
    expect(pids).toEqual([[30, 20], [30, 1, 20]]); // prettier-ignore
  });

  it('says that the readings are late, and not before ten seconds', async () => {
    await using host = open({
      read: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    let failure: MonitorError | null = null;
    host.read().catch((thrown: MonitorError) => (failure = thrown));
    await host.clock.advance(9_999);
    expect(failure).toBeNull();
    await host.clock.advance(1);
    expect(failure).toMatchObject({ code: 'timeout' });
    expect(host.monitor.sampler.demands).toBe(0);
  });

  it('says at once where the machine tells nothing of its processes, and what a reading failed with', async () => {
    await using none = open({ probe: () => ({ status: 'unsupported', message: 'Not here.' }) });
    const refused = expect(none.read()).rejects.toMatchObject({ code: 'unsupported', message: 'Not here.' });
    await none.clock.advance(1_000);
    await refused;
    await using broken = open({
      read: () => {
        throw new MonitorError('io', 'No /proc.');
      },
    });
    const failed = expect(broken.read()).rejects.toMatchObject({ code: 'unavailable', message: 'No /proc.' });
    await broken.clock.advance(10_000);
    await failed;
  });

  it('ends with the host', async () => {
    const host = open();
    const ended = expect(host.read()).rejects.toMatchObject({ code: 'closed' });
    await host.clock.advance(10);
    await host[Symbol.asyncDispose]();
    await ended;
  });
});
