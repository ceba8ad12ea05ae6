import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { createFakeCpu } from '../../../core/testing/fake-collector.ts';
import { unknownCore } from '../../../shared/series/raw/cpu.ts';
import type { Limits } from '../../../shared/protocol/index.ts';
import { createFrame, opcodes } from '../testing/raw-frame.ts';
import { RawPeer, type RawPeerOptions } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** One test a row of the limits in docs/security.md, named after it, on real sockets. */
describe('limits', () => {
  const peers: RawPeer[] = [];
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.socket.destroy();
  });
  const open = (server: TestServer, options: RawPeerOptions = {}): RawPeer => {
    const peer = new RawPeer(server.port, { polite: true, ...options });
    peers.push(peer);
    return peer;
  };
  const live = async (server: TestServer, token: string, options: RawPeerOptions = {}): Promise<RawPeer> => {
    const peer = await RawPeer.live(server.port, token, { polite: true, ...options });
    peers.push(peer);
    return peer;
  };
  const bearer = (token: string): RawPeerOptions => ({ lines: [`Authorization: Bearer ${token}`] });
  const start = (limits: Partial<Limits> = {}): Promise<TestServer> =>
    startTestServer({ closeGraceMs: 100, ...limits });

  it('limit: clients, authenticated: 8 an address, 32 in all, and room again when one has gone', async () => {
    await using server = await start();
    const token = await server.token();
    for (let address = 1; address <= 4; address++) {
      for (let index = 0; index < 8; index++) await live(server, token, { from: `127.0.0.${address}` });
      expect(await open(server, { ...bearer(token), from: `127.0.0.${address}` }).handshake()).toBe(
        address < 4 ? 429 : 503,
      );
    }
    expect(await open(server, { ...bearer(token), from: '127.0.0.5' }).handshake()).toBe(503);
    // By hello it is refused too, though a stranger may still knock.
    const stranger = open(server, { from: '127.0.0.5' });
    expect(await stranger.handshake()).toBe(101);
    stranger.say({ type: 'hello', protocol: 1, token, client: { name: 'x', version: '1' } });
    expect((await stranger.message('bye')).code).toBe('limitExceeded');
    peers[0]!.socket.destroy();
    await live(server, token, { from: '127.0.0.5' });
  });

  it('limit: clients before authentication: 4 an address, 16 in all, and paired viewers come in beside them', async () => {
    await using server = await start();
    for (let address = 1; address <= 4; address++) {
      for (let index = 0; index < 4; index++)
        expect(await open(server, { from: `127.0.0.${address}` }).handshake()).toBe(101);
      expect(await open(server, { from: `127.0.0.${address}` }).handshake()).toBe(address < 4 ? 429 : 503);
    }
    expect(await open(server, { from: '127.0.0.5' }).handshake()).toBe(503);
    await live(server, await server.token(), { from: '127.0.0.1' });
  });

  it('limit: ping: a peer is gone after two that it did not answer, also in the middle of a frame', async () => {
    await using server = await start({ pingIntervalMs: 300 });
    const token = await server.token();
    const silent = await live(server, token, { answersPings: false });
    // It promises 16 000 bytes and says nothing more: no answer to a ping can come any more.
    const midway = await live(server, token, { answersPings: false });
    midway.write(createFrame({ opcode: opcodes.text, payload: '{', declaredLength: 16_000n }));
    const answering = await live(server, token);
    await Promise.all([silent, midway].map((peer) => peer.until(() => peer.ended)));
    for (const peer of [silent, midway])
      expect(peer.frames.filter(({ opcode }) => opcode === opcodes.ping)).toHaveLength(2);
    await systemClock.sleep(500);
    expect(answering.ended).toBe(false);
    const reasons = server.host.monitor.closedSessions().map(({ reason }) => reason.split(':')[0]);
    expect(reasons).toEqual(['pingTimeout', 'pingTimeout']);
  });

  it('limit: close grace: a peer that does not close its side is terminated after it', async () => {
    await using server = await start({ closeGraceMs: 300 });
    const stubborn = await live(server, await server.token(), { polite: false });
    const startedMs = performance.now();
    stubborn.say({ type: 'nothing', more: 'of it' });
    stubborn.write(createFrame({ opcode: opcodes.text, payload: 'no JSON' }));
    await stubborn.message('bye');
    while (server.host.monitor.sessionCount > 0) await systemClock.sleep(5);
    expect(performance.now() - startedMs).toBeGreaterThan(250);
    expect(performance.now() - startedMs).toBeLessThan(800);
  });

  it('limit: inbound message: 16 KiB, 64 fragments, 10 a second after 30', async () => {
    await using server = await start();
    const token = await server.token();
    const text = (bytes: number): Buffer =>
      createFrame({ opcode: opcodes.text, payload: `{"type":"ping","t":1}${' '.repeat(bytes - 21)}` });
    const big = await live(server, token);
    big.write(text(16 * 1024));
    await big.message('pong');
    big.write(text(16 * 1024 + 1));
    await big.until(() => big.ended);
    expect(big.closeCode).toBe(1009);

    const pieces = await live(server, token);
    pieces.write(createFrame({ opcode: opcodes.text, payload: ' ', fin: false }));
    for (let index = 0; index < 64; index++)
      pieces.write(createFrame({ opcode: opcodes.continuation, payload: ' ', fin: false }));
    await pieces.until(() => pieces.ended);
    expect(pieces.closeCode).toBe(1008);

    // The hello is one of the thirty; whoever keeps to ten a second from there on is never closed.
    const quick = await live(server, token);
    for (let index = 1; index < 30; index++) quick.say({ type: 'ping', t: index });
    for (let index = 30; index < 40; index++) {
      await systemClock.sleep(110);
      quick.say({ type: 'ping', t: index });
    }
    await quick.message('pong', ({ t }) => t === 39);
    for (let index = 40; index < 45; index++) quick.say({ type: 'ping', t: index });
    await quick.until(() => quick.ended);
    expect(quick.closeCode).toBe(1008);
    expect((await quick.message('bye')).code).toBe('rateLimited');
  });

  it('limit: permessage-deflate: off, whatever is offered, and nothing compressed is read', async () => {
    await using server = await start();
    const peer = await live(server, await server.token(), {
      lines: ['Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate; server_no_context_takeover'],
    });
    expect(peer.head).not.toMatch(/sec-websocket-extensions/i);
    expect(peer.frames.every(({ reserved }) => reserved === 0)).toBe(true);
    peer.write(createFrame({ opcode: opcodes.text, payload: Buffer.from([0x03, 0x00]), reserved: 4 }));
    await peer.until(() => peer.ended);
    expect(peer.closeCode).toBe(1002);
  });

  it('limit: send queue a client: eight unacknowledged, then only the newest, then closed after its time', async () => {
    await using server = await start({ queueCloseAfterMs: 1_500 });
    const peer = await live(server, await server.token());
    peer.say({ type: 'ack', seq: 0 });
    peer.say({ type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 });
    await peer.until(() => peer.ended);
    const samples = peer.heard.filter(({ type }) => type === 'snapshot' || type === 'sample');
    expect(samples).toHaveLength(8);
    expect((await peer.message('bye')).code).toBe('slowConsumer');
    while (server.host.monitor.sessionCount > 0) await systemClock.sleep(5);
    expect(server.host.monitor.closedSessions()[0]!.dropped).toBeGreaterThan(0);
  });

  it('limit: send queue a client: at most 1 MiB too for one that asks thirty times for all it missed and reads nothing', async () => {
    const small = createFakeCpu(systemClock);
    const big = createFakeCpu(systemClock, {
      read: async (signal) => {
        const raw = await small.read(signal);
        return {
          ...raw,
          cores: Array.from({ length: 1_000 }, (_, id) => ({ ...unknownCore, id, times: raw.total })),
        };
      },
    });
    await using server = await startTestServer({ closeGraceMs: 100 }, { collectors: [big] });
    const token = await server.token();
    const viewer = await live(server, token);
    viewer.say({ type: 'subscribe', id: 'v', topics: ['cpu'], intervalMs: 250 });
    await viewer.until(() => viewer.ended || viewer.frames.length > 12);
    const sessionId = server.host.monitor.sessions()[0]!.id;
    const greedy = open(server, bearer(token));
    await greedy.handshake();
    greedy.socket.pause();
    const client = { name: 'greedy', version: '1' };
    greedy.say({ type: 'hello', protocol: 1, client, resume: { sessionId, seq: 1 } });
    for (let index = 0; index < 29; index++)
      greedy.say({ type: 'subscribe', id: String(index), topics: ['cpu'], intervalMs: 250 });
    let mostQueued = 0;
    for (let turn = 0; turn < 300; turn++) {
      await systemClock.sleep(5);
      const queued = server.host.monitor.sessions().map(({ queuedBytes }) => queuedBytes);
      mostQueued = Math.max(mostQueued, ...queued);
    }
    // Far more than that was asked for: some ten samples of some 200 KiB, 29 times.
    expect(mostQueued).toBeGreaterThan(0);
    expect(mostQueued).toBeLessThanOrEqual(1024 * 1024);
    expect(viewer.ended).toBe(false);
  });

  it('limit: subscriptions: 32 a client, none under 250 ms; the 33rd is refused and the others go on', async () => {
    await using server = await start({ messageBurst: 100 });
    const peer = await live(server, await server.token());
    const subscribe = (id: string, intervalMs: number): void =>
      peer.say({ type: 'subscribe', id, topics: ['cpu'], intervalMs });
    for (let index = 0; index < 32; index++) subscribe(String(index), 60_000);
    subscribe('one too many', 60_000);
    expect(await peer.message('error')).toMatchObject({ id: 'one too many', code: 'limitExceeded' });
    subscribe('0', 249);
    expect(await peer.message('error', ({ id }) => id === '0')).toMatchObject({ code: 'limitExceeded' });
    // One that replaces another needs no room, and one that was ended gives its own back.
    subscribe('0', 250);
    peer.say({ type: 'unsubscribe', id: '1' });
    subscribe('instead', 250);
    await peer.message('sample', ({ id }) => id === 'instead');
    expect(peer.heard.filter(({ type }) => type === 'error')).toHaveLength(2);
    expect(server.host.monitor.sessions()[0]!.subscriptionCount).toBe(32);
  });

  it('limit: files with tokens or history: mode 0600, folder 0700, whatever the umask', async () => {
    const before = process.umask(0o000);
    try {
      await using server = await start();
      await server.token('admin');
      const { code } = server.host.pairing.open();
      const paired = await fetch(`${server.url}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: 'phone' }),
      });
      expect(paired.status).toBe(200);
      const modes: [string, string][] = [];
      const walk = async (folder: string): Promise<void> => {
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          const path = join(folder, entry.name);
          modes.push([path, ((await stat(path)).mode & 0o777).toString(8)]);
          if (entry.isDirectory()) await walk(path);
        }
      };
      await walk(server.dataDir);
      expect(modes.length).toBeGreaterThan(2);
      for (const [path, mode] of modes) {
        const isFolder = (await stat(path)).isDirectory();
        expect([path, mode]).toEqual([path, isFolder ? '700' : '600']);
      }
    } finally {
      process.umask(before);
    }
  });
});
