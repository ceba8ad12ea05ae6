import { describe, expect, it } from 'vitest';
import { createFakeCpu } from '../core/testing/fake-collector.ts';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { WarmStart } from './warm-start.ts';
import { createTestMonitor } from '../core/testing/test-monitor.ts';

describe('WarmStart', () => {
  it('measures for some seconds, and then no more', async () => {
    const clock = new FakeClock();
    const cpu = createFakeCpu(clock);
    const monitor = createTestMonitor(clock, [cpu]);
    const warm = new WarmStart(monitor, clock);
    warm.begin();
    warm.begin();
    await clock.advance(1_100);
    expect(cpu.reads).toBeGreaterThanOrEqual(2);
    expect(monitor.hub.subscriptionCount).toBe(1);
    await clock.advance(6_000);
    expect(monitor.hub.subscriptionCount).toBe(0);
    expect(monitor.tasks.live().map((scope) => scope.name)).toEqual(['sampler']);
    const { reads } = cpu;
    await clock.advance(5_000);
    expect(cpu.reads).toBe(reads);

    warm.begin();
    expect(monitor.hub.subscriptionCount).toBe(1);
    const closing = monitor.close('The test is over.');
    await clock.advance(60_000);
    await closing;
  });
});
