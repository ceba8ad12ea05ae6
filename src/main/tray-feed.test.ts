import { expect, it, vi } from 'vitest';
import { createFakeCpu } from '../core/testing/fake-collector.ts';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { parseServerMessage } from '../shared/protocol/index.ts';
import { TrayFeed } from './tray-feed.ts';
import { createTestMonitor } from '../core/testing/test-monitor.ts';

it('hands on each reading, keeps the last two while they are news', async () => {
  const clock = new FakeClock();
  const cpu = createFakeCpu(clock);
  const monitor = createTestMonitor(clock, [cpu]);
  const [onReading, onQuiet] = [vi.fn(), vi.fn()];
  const feed = new TrayFeed(monitor, clock, { onReading, onQuiet });
  expect(feed.recentFrames()).toEqual([]);
  await clock.advance(6_100);
  expect(onReading.mock.calls.length).toBeGreaterThanOrEqual(2);
  const frames = feed.recentFrames();
  expect(frames).toHaveLength(2);
  expect(parseServerMessage(frames.at(-1)!)).toEqual(onReading.mock.lastCall![0]);
  await clock.advance(120_000);
  expect(feed.recentFrames()).toHaveLength(2);
  expect(onQuiet).not.toHaveBeenCalled();

  const closing = monitor.close('The test is over.');
  await clock.advance(60_000);
  await closing;
  expect(feed.recentFrames()).toEqual([]);
});
