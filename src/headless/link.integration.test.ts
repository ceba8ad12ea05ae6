import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { buildHeadless, HeadlessProcess, removeBuild } from './testing/built-headless.ts';
import { expectNothingLeft, FaultyView } from './testing/faulty-view.ts';
import type { LinkPlan, LinkReport } from './testing/link-stage.ts';
import { findUnshare } from './testing/two-namespaces.ts';

const unshare = findUnshare();
const without = unshare ? '' : ' (skipped: neither `unshare -Urn` nor `unshare -n` works here)';

// Side by side, because nearly all of it is waiting.
describe.skipIf(!unshare).concurrent(`a link between two network namespaces${without}`, () => {
  let entry: string;
  beforeAll(async () => {
    entry = await buildHeadless({
      'link-stage': 'src/headless/testing/link-stage.ts',
      watching: 'src/headless/testing/watching.ts',
    });
  });
  afterAll(() => removeBuild(entry));

  const play = async (plan: Omit<LinkPlan, 'dataDir'>): Promise<LinkReport> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-link-'));
    const stage = new HeadlessProcess(
      join(entry, '..', 'link-stage.js'),
      [JSON.stringify({ ...plan, dataDir } satisfies LinkPlan)],
      [...unshare!],
    );
    try {
      const { status } = await stage.exited;
      if (status !== 0) throw new Error(stage.stderr);
      process.stdout.write(stage.stdout);
      return JSON.parse(stage.stdout) as LinkReport;
    } finally {
      stage.child.kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    }
  };
  const expectNothingMissed = (report: LinkReport): void => {
    // Two intervals to the millisecond are the unit tests' to hold; here nothing else may keep it longer.
    expect(report.staleAfterMs).toBeLessThan(3_000);
    expect(report.backAfterMs).toBeLessThan(3_000);
    expect([report.missing, report.twice, report.seams]).toEqual([[], [], []]);
    expect(report.received).toBe(report.published);
  };

  it('that is down for 60 s at the host’s end: stale before a third interval, back within 3 s, no sample missing', async () => {
    const report = await play({ end: 'host', downMs: 60_000 });
    expectNothingMissed(report);
    // One a second; a busy machine may miss a few.
    expect(report.published).toBeGreaterThan(50);
  }, 150_000);

  it('that is down for 20 s at the viewer’s end: the same', async () => {
    expectNothingMissed(await play({ end: 'viewer', downMs: 20_000 }));
  }, 100_000);
});

describe.concurrent('promise: a dead peer is noticed in 30 s', () => {
  it('with the limits as they are, and nothing is left of it', async () => {
    await using view = await FaultyView.open({});
    view.proxy.set({ up: { flow: 'swallow' }, down: { flow: 'swallow' } });
    await view.proxy.accept('swallow');
    const startMs = systemClock.monotonic();
    const closed = await view.firstClosed(30_000);
    const noticedMs = Math.round(systemClock.monotonic() - startMs);
    process.stdout.write(`${JSON.stringify({ noticedMs })}\n`);
    expect(closed.reason).toMatch(/^(pingTimeout|slowConsumer): /);
    expectNothingLeft(closed);
  });
});
