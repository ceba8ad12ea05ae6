import { describe, expect, it } from 'vitest';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import {
  expectNothingLeft,
  expectNothingMissed,
  FaultyView,
  intervalMs,
  scaledLimits,
} from './testing/faulty-view.ts';

describe.concurrent('promise: a dead peer is noticed in 30 s', () => {
  it('is stale within two intervals when everything is swallowed, comes back and has missed nothing', async () => {
    await using view = await FaultyView.open();
    const { proxy, viewer } = view;
    const cutMs = Date.now();
    proxy.set({ up: { flow: 'swallow' }, down: { flow: 'swallow' } });
    await proxy.accept('swallow');
    await viewer.until(({ phase }) => phase === 'stale');
    expect(viewer.seen.states.at(-1)!.atMs - cutMs).toBeLessThan(2 * intervalMs + 100);
    const closed = await view.firstClosed();
    expect(closed.reason).toMatch(/^pingTimeout: /);
    expectNothingLeft(closed);
    await viewer.until(({ phase }) => phase === 'backoff');

    proxy.set({ up: { flow: 'pass' }, down: { flow: 'pass' } });
    await proxy.accept('forward');
    const linkUpMs = Date.now();
    await view.more(1);
    expect(Date.now() - linkUpMs).toBeLessThan(3_000);
    await view.more(3);
    expectNothingMissed(viewer);
  });

  it('gets each sample once although the old connection’s bytes arrive beside those of the new one', async () => {
    // The host does not give the old connection up by itself.
    await using view = await FaultyView.open({
      ...scaledLimits,
      pingIntervalMs: 60_000,
      queueCloseAfterMs: 60_000,
    });
    const { proxy, viewer } = view;
    await proxy.cutCable();
    await viewer.until(({ phase }) => phase === 'backoff');
    const [old] = proxy.links();
    await proxy.plugIn();
    old!.set({ up: { flow: 'hold' }, down: { flow: 'hold' } });
    await view.more(1);
    old!.set({ up: { flow: 'pass' }, down: { flow: 'pass' } });
    await view.more(4);
    expectNothingMissed(viewer);
    expectNothingLeft(await view.firstClosed());
  });

  it('is closed with a reason when only the way to it is stalled', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.set({ down: { flow: 'hold' } });
    const closed = await view.firstClosed();
    expect(closed.reason).toMatch(/^(pingTimeout|slowConsumer): /);
    expectNothingLeft(closed);
    await view.more(4);
    expectNothingMissed(view.viewer);
  });

  it('is closed with a reason when only the way from it is stalled, and comes back', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.set({ up: { flow: 'hold' } });
    await view.more(3);
    const closed = await view.firstClosed();
    expect(closed.reason).toMatch(/^(pingTimeout|slowConsumer): /);
    expectNothingLeft(closed);
    await view.more(8);
    expectNothingMissed(view.viewer);
  });

  it('is gone for the host when its half of the link ends without a word', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.halfClose('up');
    const closed = await view.firstClosed();
    expect(closed.reason).toMatch(/^disconnected: /);
    expectNothingLeft(closed);
    await view.more(4);
    expectNothingMissed(view.viewer);
  });

  it('comes back when the host’s half of the link ends without a word', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.halfClose('down');
    expectNothingLeft(await view.firstClosed());
    await view.more(4);
    expectNothingMissed(view.viewer);
  });

  it('comes back after a reset, and after a cut in the midst of a frame', async () => {
    await using view = await FaultyView.open();
    view.proxy.reset();
    await view.closed(1);
    await view.more(4);
    // The newest: that of the question whether the host is there may still be open beside it.
    const link = view.proxy.links().at(-1)!;
    link.set({ down: { cutAfterBytes: link.forwarded.down + 37 } });
    const closed = await view.closed(2);
    await view.more(4);
    expect(closed.map(({ reason }) => reason.split(':')[0])).toEqual(['disconnected', 'disconnected']);
    for (const one of closed) expectNothingLeft(one);
    expectNothingMissed(view.viewer);
  });

  it('leaves no session behind when its goodbye is overtaken by the end of the stream', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.set({ up: { endOvertakes: true } });
    await view.viewer[Symbol.asyncDispose]();
    const closed = await view.firstClosed();
    expect(closed.reason).toMatch(/^disconnected: /);
    expectNothingLeft(closed);
  });

  it('is not waited for when it says goodbye and the end of its stream is late', async () => {
    await using view = await FaultyView.open();
    view.proxy.links()[0]!.set({ up: { endDelayMs: 3_000 } });
    const startMs = systemClock.monotonic();
    await view.viewer[Symbol.asyncDispose]();
    const closed = await view.firstClosed();
    expect(systemClock.monotonic() - startMs).toBeLessThan(scaledLimits.closeGraceMs + 500);
    expectNothingLeft(closed);
  });

  it('knocks until it is answered when it is refused, and is back within 3 s of that', async () => {
    await using view = await FaultyView.open();
    const { proxy, viewer } = view;
    await proxy.accept('refuse');
    proxy.reset();
    await viewer.until(({ phase }) => phase === 'backoff');
    await systemClock.sleep(4_000);
    await proxy.accept('forward');
    const openMs = Date.now();
    await view.more(1);
    expect(Date.now() - openMs).toBeLessThan(3_000);
    await view.more(2);
    expectNothingMissed(viewer);
  });
});
