import { expect } from 'vitest';
import type { ClosedSession } from '../../core/diagnostics.ts';
import { startTestServer, type TestServer } from '../../node/server/testing/test-server.ts';
import { TcpProxy } from '../../node/server/testing/tcp-proxy.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import { TestViewer } from './test-viewer.ts';

/** At which the viewer wants samples. */
export const intervalMs = 250;
/** Scaled down, but for what it is about: a dead peer is noticed after five thirds of a ping interval. */
export const scaledLimits = {
  pingIntervalMs: 900,
  closeGraceMs: 600,
  queueCloseAfterMs: 2_000,
  greetingDeadlineMs: 1_000,
};

/** A host, a link to it that can be made to fail, and a viewer that has been served over it. */
export class FaultyView implements AsyncDisposable {
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

/** Asserts that a session has ended with nothing of it left. */
export function expectNothingLeft({ ledger, tasksLeft, notStopped }: ClosedSession): void {
  expect(ledger).toEqual({ timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 });
  expect([tasksLeft, notStopped]).toEqual([0, []]);
}

/** Asserts that every number from the first to the last came, once. */
export function expectNothingMissed({ seqs, seen }: TestViewer): void {
  expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
  expect(seen.seams).toEqual([]);
}
