import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryTransport } from '../../core/memory-transport.ts';
import { startTestServer, type TestServer } from '../../node/server/testing/test-server.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { parseServerMessage, type ServerMessage } from '../../shared/protocol/index.ts';
import { createHostMirror } from './create-host-mirror.ts';
import type { HostMirror } from './host-mirror.ts';
import { UpstreamPool } from './upstream-pool.ts';

/** What one window gets, waited for. */
class Window {
  readonly scope = new TaskScope('window', { clock: systemClock });
  readonly heard: ServerMessage[] = [];
  readonly #far: MemoryTransport;
  #wake: () => void = () => undefined;

  constructor(pool: UpstreamPool) {
    const [near, far] = MemoryTransport.pair();
    this.#far = far;
    far.onMessage((frame) => {
      this.heard.push(parseServerMessage(frame));
      this.#wake();
    });
    pool.join('box', this.scope).accept(near);
    const say = (message: object): void => far.send(JSON.stringify(message));
    say({ type: 'hello', protocol: 1, client: { name: 'window', version: '1' } });
    say({ type: 'subscribe', id: 'main', topics: ['cpu', 'memory'], intervalMs: 250 });
  }

  async samples(count: number): Promise<void> {
    while (this.heard.filter(({ type }) => type === 'sample').length < count)
      await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async close(): Promise<void> {
    this.#far.close({ code: 'clientClosed', message: '' });
    await this.scope.close('The window was closed.');
  }
}

describe('a real host in two windows', () => {
  let server: TestServer;
  let pool: UpstreamPool;
  let defects: string[];
  beforeEach(async () => {
    server = await startTestServer();
    const token = await server.token();
    defects = [];
    pool = new UpstreamPool(() =>
      createHostMirror(
        { url: server.url, token },
        { clock: systemClock, name: 'app', version: '1', onDefect: (message) => defects.push(message) },
      ),
    );
  });
  afterEach(async () => {
    await pool.close();
    await server[Symbol.asyncDispose]();
    expect(defects).toEqual([]);
  });

  const untilLive = async (mirror: HostMirror): Promise<void> => {
    while (mirror.state.phase !== 'live') await systemClock.sleep(5);
  };

  it('has one connection, and none within a second of the last', async () => {
    const keeper = new TaskScope('opening', { clock: systemClock });
    await untilLive(pool.join('box', keeper));
    const windows = [new Window(pool), new Window(pool)];
    await keeper.close('opened');
    await Promise.all(windows.map((window) => window.samples(3)));
    expect(
      server.host.monitor.sessions().map(({ kind, subscriptionCount }) => [kind, subscriptionCount]),
    ).toEqual([['socket', 1]]);
    await windows[0]!.close();
    const count = windows[1]!.heard.length;
    await windows[1]!.samples(5);
    expect(windows[1]!.heard.length).toBeGreaterThan(count);
    expect(server.host.monitor.sessionCount).toBe(1);
    const closedMs = performance.now();
    await windows[1]!.close();
    while (server.host.monitor.sessionCount > 0) await systemClock.sleep(5);
    expect(performance.now() - closedMs).toBeLessThan(1_000);
    expect(pool.size).toBe(0);
  });

  it('ends a window within a second of a revocation', async () => {
    const keeper = new TaskScope('opening', { clock: systemClock });
    await untilLive(pool.join('box', keeper));
    const window = new Window(pool);
    await window.samples(1);
    const [record] = await server.host.tokens.list();
    await server.host.tokens.revoke(record!.id);
    while (!window.heard.some(({ type }) => type === 'bye')) await systemClock.sleep(5);
    expect(window.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
    await window.close();
    await keeper.close('over');
  });
});
