import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor, type Monitor } from '../../core/monitor.ts';
import { createFakeMemory } from '../../core/testing/fake-collector.ts';
import { MemoryClient } from '../../core/testing/memory-client.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { NodeOwnUse } from './node-own-use.ts';

/** Real time, ten times as fast: shares of a core are then a tenth of what they are. */
const speed = 10;
const fastClock: Clock = {
  monotonic: () => systemClock.monotonic() * speed,
  wall: () => systemClock.wall() * speed,
  sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  giveWay: () => systemClock.giveWay(),
};

describe('a collector that really costs processor time', () => {
  let monitor: Monitor;
  let burnMs: number;
  const memory = createFakeMemory();
  const { read } = memory;

  beforeEach(() => {
    burnMs = 0;
    memory.read = (signal) => {
      const untilMs = process.cpuUsage().user + process.cpuUsage().system + burnMs * 1_000;
      while (process.cpuUsage().user + process.cpuUsage().system < untilMs);
      return read(signal);
    };
    monitor = createMonitor({
      clock: fastClock,
      collectors: [memory],
      hostName: 'test-host',
      version: '0.0.0',
      platform: 'linux',
      instanceId: 'i1',
      ownUse: new NodeOwnUse({ onBattery: () => false }),
      // 40 % of a core in real time: the runner of this test uses some of its own.
      budget: { cpuShare: 0.4 / speed, memoryBytes: null, forksPerSecond: null, onBattery: null },
    });
  });
  afterEach(() => monitor.close('The test is over.'));

  it('is read less often until the monitor is within its budget, and as often as before when it is cheap again', async () => {
    const client = new MemoryClient(monitor);
    client.hello();
    client.subscribe(['memory'], 1_000);
    const status = () => monitor.sampler.statuses().find(({ id }) => id === 'memory')!;
    const until = async (isReached: () => boolean): Promise<void> => {
      const deadlineMs = systemClock.monotonic() + 40_000;
      while (!isReached()) {
        if (systemClock.monotonic() > deadlineMs) throw new Error(`Never: ${JSON.stringify(status())}`);
        await systemClock.sleep(20);
      }
    };
    await until(() => status().reads > 5);
    expect(status()).toMatchObject({ intervalMs: 1_000, wantedIntervalMs: 1_000 });
    // 60 ms every 100 ms of real time.
    burnMs = 60;
    await until(() => status().intervalMs === 2_000);
    expect(status().slowestMs).toBeGreaterThan(0);
    // It has what it needs and holds back no more: 30 %.
    await systemClock.sleep(2_500);
    expect(status()).toMatchObject({ intervalMs: 2_000, wantedIntervalMs: 1_000 });
    burnMs = 0;
    await until(() => status().intervalMs === 1_000);
  });
});
