import { expect, it, vi } from 'vitest';
import { Monitor } from '../core/monitor.ts';
import { createFakeCpu } from '../core/testing/fake-collector.ts';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { parseServerMessage } from '../shared/protocol/index.ts';
import { TrayFeed } from './tray-feed.ts';

it('hands on each reading, keeps those of a minute, and tells of a silence', async () => {
  const clock = new FakeClock();
  const cpu = createFakeCpu(clock);
  const monitor = new Monitor({
    clock,
    collectors: [cpu],
    hostName: 'test',
    version: '1',
    platform: 'linux',
    instanceId: 'i',
  });
  const [onReading, onQuiet] = [vi.fn(), vi.fn()];
  const feed = new TrayFeed(monitor, clock, { onReading, onQuiet });
  expect(feed.recentFrames()).toEqual([]);
  await clock.advance(6_100);
  expect(onReading.mock.calls.length).toBeGreaterThanOrEqual(2);
  const frames = feed.recentFrames();
  expect(frames).toHaveLength(onReading.mock.calls.length);
  expect(parseServerMessage(frames.at(-1)!)).toEqual(onReading.mock.lastCall![0]);
  await clock.advance(120_000);
  expect(feed.recentFrames()).toHaveLength(21);
  expect(onQuiet).not.toHaveBeenCalled();

  const closing = monitor.close('The test is over.');
  await clock.advance(60_000);
  await closing;
  expect(feed.recentFrames()).toEqual([]);
});
