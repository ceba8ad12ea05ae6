import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeLan } from '../testing/lan.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** What a connection says at first that never becomes a request: a byte a second follows. */
const beginnings: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a method', Buffer.from('GET ')],
  ['half a head', Buffer.from('GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nX-')],
  ['half an upgrade', Buffer.from('GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: web')],
  ['the first byte of TLS', Buffer.from([0x16])],
  ['half a hello of TLS', Buffer.from('16030100f8010000f40303', 'hex')],
];
const halfOpenCount = 200;

interface HalfOpen {
  readonly kind: string;
  /** Resolves with how long it lived. */
  readonly gone: Promise<number>;
}

describe('slow and many', () => {
  let server: TestServer;
  let token: string;
  const timers: NodeJS.Timeout[] = [];
  beforeAll(async () => {
    server = await startTestServer({ closeGraceMs: 500 }, { share: true, network: fakeLan });
    token = await server.token();
  });
  afterAll(async () => {
    timers.forEach(clearInterval);
    await server[Symbol.asyncDispose]();
  });

  /** How long a viewer waits for its first sample, from before it connects; the median of some. */
  const measureFirstSample = async (): Promise<number> => {
    const times: number[] = [];
    for (let index = 0; index < 7; index++) {
      const startedMs = performance.now();
      const peer = await RawPeer.live(server.port, token, { polite: true });
      peer.say({ type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 });
      await peer.until(() => peer.ended || peer.heard.length > 1);
      times.push(performance.now() - startedMs);
      expect(peer.ended).toBe(false);
      peer.socket.destroy();
    }
    return times.sort((a, b) => a - b)[3]!;
  };
  const watch = (kind: string, socket: Socket): HalfOpen => {
    const startedMs = performance.now();
    socket.on('error', () => undefined);
    socket.resume();
    return {
      kind,
      gone: new Promise((resolve) => socket.on('close', () => resolve(performance.now() - startedMs))),
    };
  };
  const drip = (index: number): HalfOpen => {
    const [kind, bytes] = beginnings[index % beginnings.length]!;
    const socket = connect({
      port: server.port,
      host: '127.0.0.1',
      localAddress: `127.0.4.${1 + (index % 50)}`,
    });
    socket.write(bytes);
    timers.push(setInterval(() => socket.writable && socket.write(kind.includes('TLS') ? '\0' : 'x'), 1_000));
    return watch(kind, socket);
  };

  it('promise: slow handshakes: 200 that drip are gone in 6 s, and a viewer’s first sample is not late by 500 ms', async () => {
    const without = await measureFirstSample();
    const halfOpen = Array.from({ length: halfOpenCount }, (_, index) => drip(index));
    // Shaken hands, and then not a word of HTTP.
    for (let index = 0; index < 10; index++)
      halfOpen.push(
        watch(
          'TLS without a request',
          connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }),
        ),
      );
    const beside = await measureFirstSample();
    expect(beside - without).toBeLessThan(500);
    const lives = await Promise.all(halfOpen.map(async ({ kind, gone }) => [kind, await gone] as const));
    const longest = lives.reduce((one, other) => (other[1] > one[1] ? other : one));
    expect(longest[1], longest[0]).toBeLessThan(6_000);
    // Those that could still become a request were waited for as the limit says.
    const heads = lives.filter(([kind]) => kind === 'half a head');
    expect(Math.min(...heads.map(([, ms]) => ms))).toBeGreaterThan(4_500);
  }, 20_000);

  it('limit: HTTP header deadline, TLS handshake, first message: 5 s each', async () => {
    const startedMs = performance.now();
    const head = watch('head', connect(server.port, '127.0.0.1'));
    const rawTls = connect(server.port, '127.0.0.1');
    rawTls.write(Buffer.from('16030100f8010000f40303', 'hex'));
    const tls = watch('TLS', rawTls);
    const stranger = new RawPeer(server.port, { polite: true });
    expect(await stranger.handshake()).toBe(101);
    // Told at five seconds; it does not answer, and has the close grace from there.
    await stranger.until(() => stranger.closeCode !== null);
    const strangerMs = performance.now() - startedMs;
    const [headMs, tlsMs] = await Promise.all([head.gone, tls.gone]);
    for (const ms of [headMs, tlsMs, strangerMs]) {
      expect(ms).toBeGreaterThan(4_500);
      expect(ms).toBeLessThan(6_000);
    }
    expect(stranger.closeCode).toBe(1008);
    expect((await stranger.message('bye')).code).toBe('greetingTimeout');
  }, 20_000);
});
