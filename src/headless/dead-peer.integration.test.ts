import { describe, expect, it } from 'vitest';
import type { ClosedSession } from '../core/diagnostics.ts';
import { startTestServer, type TestServer } from '../node/server/testing/test-server.ts';
import { TcpProxy } from '../node/server/testing/tcp-proxy.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import { TestViewer } from './testing/test-viewer.ts';

const intervalMs = 250;
/** Scaled down, but for what it is about: a dead peer is noticed after five thirds of a ping interval. */
const scaledLimits = {
  pingIntervalMs: 900,
  closeGraceMs: 600,
  queueCloseAfterMs: 2_000,
  greetingDeadlineMs: 1_000,
};

/** A host, a link to it that can be made to fail, and a viewer that has been served over it. */
class FaultyView implements AsyncDisposable {
  readonly server: TestServer;
  readonly proxy: TcpProxy;
  readonly viewer: TestViewer;

  private constructor(server: TestServer, proxy: TcpProxy, viewer: TestViewer) {
    this.server = server;
    this.proxy = proxy;
    this.viewer = viewer;
  }

  static async open(limits: Partial<Limits> = scaledLimits): Promise<FaultyView> {
    const server = await startTestServer(limits);
    const proxy = await TcpProxy.start({ target: { port: server.port } });
    const viewer = new TestViewer({
      url: `http://127.0.0.1:${proxy.port}`,
      hostHeader: `127.0.0.1:${server.port}`,
      token: await server.token(),
      intervalMs,
    });
    await viewer.until(({ seqs }) => seqs.length >= 4);
    return new FaultyView(server, proxy, viewer);
  }

  /** How the first session ended, once it has. */
  async firstClosed(withinMs = 10_000): Promise<ClosedSession> {
    return (await this.closed(1, withinMs)).at(-1)!;
  }

  /** Sessions that have ended, newest first, once there are so many. */
  async closed(count: number, withinMs = 10_000): Promise<readonly ClosedSession[]> {
    const startMs = systemClock.monotonic();
    const { monitor } = this.server.host;
    while (monitor.closedSessions().length < count) {
      if (systemClock.monotonic() - startMs > withinMs) throw new Error(`Not within ${withinMs} ms.`);
      await systemClock.sleep(10);
    }
    return monitor.closedSessions();
  }

  /** Waits until the viewer is live and has got so many samples more. */
  async more(count: number): Promise<void> {
    const before = this.viewer.seqs.length;
    await this.viewer.until(({ seqs, phase }) => phase === 'live' && seqs.length >= before + count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.viewer[Symbol.asyncDispose]();
    await this.proxy[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    expect(this.server.logged).toEqual([]);
  }
}

function expectNothingLeft({ ledger, tasksLeft, notStopped }: ClosedSession): void {
  expect(ledger).toEqual({ timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 });
  expect([tasksLeft, notStopped]).toEqual([0, []]);
}

/** Every number from the first to the last, once. */
function expectNothingMissed({ seqs, seen }: TestViewer): void {
  expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
  expect(seen.seams).toEqual([]);
}

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
