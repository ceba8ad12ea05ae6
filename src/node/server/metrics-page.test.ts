import { describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../core/collector.ts';
import { createSubscriber } from '../../core/subscription.ts';
import { createFakeCpu, createFakeMemory } from '../../core/testing/fake-collector.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MetricsPage } from './metrics-page.ts';
import { parseExposition } from './testing/parse-exposition.ts';
import { createTestMonitor } from '../../core/testing/test-monitor.ts';

function open(create: (clock: FakeClock) => AnyCollector[]) {
  const clock = new FakeClock();
  const monitor = createTestMonitor(clock, create(clock));
  const page = new MetricsPage(monitor, clock, monitor.tasks.service('server'));
  /** The statuses of a page by topic, and for how long it was waited for. */
  const scrape = async (waitMs = 0) => {
    const startMs = clock.monotonic();
    let endMs = startMs;
    const rendered = page.render('view').finally(() => (endMs = clock.monotonic()));
    await clock.advance(waitMs);
    const families = parseExposition(await rendered);
    const series = families.get('pulsewire_topic_status')!.series;
    const statuses = Object.fromEntries(series.map(({ labels }) => [labels['topic']!, labels['status']!]));
    return { families, statuses, waitedMs: endMs - startMs };
  };
  const close = async () => {
    const closing = monitor.close('done');
    await clock.advance(30_000);
    await closing;
  };
  return { clock, monitor, page, scrape, close };
}

/** Both collectors, and a scrape that can be counted against. */
function openBoth() {
  const memory = createFakeMemory();
  const cpus: ReturnType<typeof createFakeCpu>[] = [];
  const opened = open((clock) => [(cpus[0] = createFakeCpu(clock)), memory]);
  return { ...opened, reads: () => [cpus[0]!.reads, memory.reads] };
}

describe('MetricsPage', () => {
  it('reads every topic once for a page, and wants nothing any more after it', async () => {
    const { clock, monitor, scrape, reads, close } = openBoth();
    const { families, statuses, waitedMs } = await scrape(100);
    expect(statuses).toEqual({ cpu: 'ok', memory: 'ok' });
    expect(waitedMs).toBe(0);
    expect(families.get('node_memory_MemAvailable_bytes')?.series[0]?.value).toBe(60);
    expect(families.get('node_time_seconds')?.series[0]?.value).toBe(Date.UTC(2026, 0, 1) / 1_000);
    expect(reads()).toEqual([1, 1]);
    expect([monitor.sampler.demands, monitor.hub.subscriptionCount]).toEqual([0, 0]);
    await clock.advance(60_000);
    expect([reads(), clock.sleeping]).toEqual([[1, 1], 0]);
    await close();
  });

  it('costs one reading each for a scrape every 15 s, each with figures of its own time', async () => {
    const { scrape, clock, reads, close } = openBoth();
    for (let turn = 0; turn < 4; turn++) {
      const { families } = await scrape(100);
      const cpu = families.get('node_time_seconds')!.series[0]!.value;
      expect(cpu).toBe(Date.UTC(2026, 0, 1) / 1_000 + turn * 15);
      await clock.advance(14_900);
    }
    expect(reads()).toEqual([4, 4]);
    await close();
  });

  it('shares one reading among scrapes at once', async () => {
    const { clock, page, reads, close } = openBoth();
    const pages = [page.render('view'), page.render('view'), page.render('control')];
    await clock.advance(100);
    const [first, second] = await Promise.all(pages);
    expect(first).toBe(second);
    expect(reads()).toEqual([1, 1]);
    await close();
  });

  it('takes what a viewer beside it has just had read, and leaves the viewer’s cadence alone', async () => {
    const { clock, monitor, scrape, reads, close } = openBoth();
    const request = {
      id: 'viewer',
      topics: ['cpu', 'memory'],
      intervalMs: 1_000,
      encoding: 'json',
      projection: 'whole',
    } as const;
    const { subscription } = monitor.hub.subscribe(
      request,
      createSubscriber(() => undefined),
    );
    await clock.advance(10_500);
    const before = reads();
    await scrape(0);
    expect(reads()).toEqual(before);
    await clock.advance(10_000);
    expect(reads()).toEqual([before[0]! + 10, before[1]! + 10]);
    subscription[Symbol.dispose]();
    await close();
  });

  it('waits for what is slow without reading the rest again', async () => {
    const cpus: ReturnType<typeof createFakeCpu>[] = [];
    const slow = createFakeMemory();
    const { read } = slow;
    const { scrape, close } = open((clock) => {
      slow.read = async (signal) => {
        await clock.sleep(700, signal);
        return read(signal);
      };
      return [(cpus[0] = createFakeCpu(clock)), slow];
    });
    const { statuses, waitedMs } = await scrape(1_000);
    expect(statuses).toEqual({ cpu: 'ok', memory: 'ok' });
    expect(waitedMs).toBe(700);
    expect([cpus[0]!.reads, slow.reads]).toEqual([1, 1]);
    await close();
  });

  it('goes out without what hangs, says that it is late, and has the rest', async () => {
    const { scrape, monitor, close } = open((clock) => [
      createFakeCpu(clock),
      createFakeMemory({ read: () => new Promise(() => undefined) }),
    ]);
    const { families, statuses, waitedMs } = await scrape(6_000);
    expect(statuses).toEqual({ cpu: 'ok', memory: 'late' });
    expect(waitedMs).toBeLessThanOrEqual(5_000);
    expect([...families.keys()].filter((name) => name.startsWith('node_memory'))).toEqual([]);
    expect(monitor.sampler.demands).toBe(0);
    await close();
  });

  it('ends with its host', async () => {
    const { clock, page, monitor } = open(() => [
      createFakeMemory({ read: () => new Promise(() => undefined) }),
    ]);
    const rendered = page.render('view').catch((thrown: unknown) => thrown);
    await clock.advance(10);
    const closing = monitor.close('done');
    expect(await rendered).toMatchObject({ code: 'closed' });
    expect(monitor.hub.subscriptionCount).toBe(0);
    await clock.advance(30_000);
    await closing;
  });
});
