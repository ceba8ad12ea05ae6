import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { createHost } from './create-host.ts';
import { SocketClient } from './testing/socket-client.ts';
import { sendRaw, statusOf, upgradeRequest } from './testing/raw-request.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { TokenStore } from './token-store.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { join } from 'node:path';

describe('the stream', () => {
  let server: TestServer;
  let clients: SocketClient[];
  beforeEach(async () => {
    server = await startTestServer();
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.socket.terminate();
    await server[Symbol.asyncDispose]();
  });
  const open = async (options?: ConstructorParameters<typeof SocketClient>[1]): Promise<SocketClient> => {
    const client = new SocketClient(server.port, options);
    clients.push(client);
    await client.opened;
    return client;
  };
  const bearer = (token: string): { headers: Record<string, string> } => ({
    headers: { authorization: `Bearer ${token}` },
  });
  const live = async (token: string): Promise<SocketClient> => {
    const client = await open(bearer(token));
    client.hello();
    await client.next('welcome');
    return client;
  };

  it('serves a token in the hello: welcome, snapshot, and samples whose seq rises by one', async () => {
    const client = await open();
    expect(client.socket.protocol).toBe('pulsewire.v1.json');
    client.hello(await server.token());
    client.subscribe(250);
    expect((await client.next('welcome')).topics.map(({ topic }) => topic)).toEqual(['cpu', 'memory']);
    const { seq } = await client.next('snapshot');
    await systemClock.sleep(1_100);
    const seqs = client.heard.filter((message) => message.type === 'sample').map((message) => message.seq);
    expect(seqs.length).toBeGreaterThanOrEqual(3);
    expect(seqs).toEqual(seqs.map((_, index) => seq + 1 + index));
  });

  it('serves a token in the header, also without a subprotocol', async () => {
    const token = await server.token();
    for (const protocols of [['pulsewire.v1.json'], [], ['other', 'pulsewire.v1.json']]) {
      const client = await open({ ...bearer(token), protocols });
      client.hello();
      await client.next('welcome');
      client.socket.close();
      await client.closed;
    }
  });

  it('refuses before 101: wrong tokens, unknown subprotocols, tokens in the URL, other paths', async () => {
    const host = `Host: localhost:${server.port}`;
    const token = await server.token();
    const cases: [string, number][] = [
      [upgradeRequest([host, 'Authorization: Bearer wrong']), 401],
      [upgradeRequest([host, 'Authorization: nonsense']), 401],
      [upgradeRequest([host, 'Sec-WebSocket-Protocol: chat']), 400],
      [upgradeRequest([host, 'Sec-WebSocket-Protocol: pulsewire.v2.bin']), 400],
      [upgradeRequest([host, `Sec-WebSocket-Protocol: ${token}`]), 400],
      [upgradeRequest([host], `/v1/stream?token=${token}`), 400],
      [upgradeRequest([host], '/v2/stream'), 404],
      [upgradeRequest([host]).replace('Upgrade: websocket', 'Upgrade: h2c'), 426],
      [upgradeRequest([host]).replace('Version: 13', 'Version: 7'), 426],
    ];
    for (const [request, status] of cases) {
      const answer = await sendRaw(server.port, request, (text) => text.includes('\r\n\r\n'));
      expect([request, statusOf(answer)]).toEqual([request, status]);
    }
    expect(server.host.monitor.sessionCount).toBe(0);
  });

  it('tells nothing to who has not shown a token, whatever is sent', async () => {
    for (const message of [
      { type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 },
      { type: 'unsubscribe', id: 'a' },
      { type: 'ack', seq: 1 },
      { type: 'request', id: 'a', method: 'pairing.open' },
      { type: 'ping', t: 1 },
      { type: 'hello', protocol: 1, client: { name: 'x', version: '1' } },
      { type: 'hello', protocol: 1, token: 'wrong', client: { name: 'x', version: '1' } },
    ]) {
      const client = await open();
      client.socket.send(JSON.stringify(message));
      const { code } = await client.closed;
      expect([message.type, [1008, 4401].includes(code)]).toEqual([message.type, true]);
      expect(client.heard.every(({ type }) => type === 'bye' || type === 'error')).toBe(true);
    }
  });

  it('does not let a view or control token call what the host’s own window may', async () => {
    const client = await live(await server.token('control'));
    client.send({ type: 'request', id: 'r', method: 'pairing.open' });
    expect((await client.next('error')).code).toBe('forbidden');
  });

  it.each([
    ['no JSON', '{', 1007],
    ['another shape', '{"type":"subscribe"}', 1007],
    ['more than 16 KiB', JSON.stringify({ type: 'ping', t: 1, x: 'x'.repeat(17 * 1024) }), 1009],
  ])('closes on a message that is %s', async (_, text, code) => {
    const client = await live(await server.token());
    client.socket.send(text);
    expect((await client.closed).code).toBe(code);
  });

  it('closes on a binary message and on one of more than 64 fragments', async () => {
    const token = await server.token();
    const binary = await live(token);
    binary.socket.send(Buffer.from('{}'));
    expect([1007, 1008]).toContain((await binary.closed).code);
    const pieces = await live(token);
    for (let index = 0; index < 65; index++) pieces.socket.send(' ', { fin: false });
    expect([1008, 1009]).toContain((await pieces.closed).code);
  });

  it('closes who sends more than ten messages a second after a burst of thirty', async () => {
    const client = await live(await server.token());
    for (let index = 0; index < 40; index++) client.send({ type: 'ping', t: index });
    expect((await client.closed).code).toBe(1008);
    expect(await client.next('bye')).toMatchObject({ code: 'rateLimited' });
  });

  it('gives strangers a pool of their own: four an address, and paired viewers come in beside them', async () => {
    for (let index = 0; index < 4; index++) await open();
    const fifth = await open();
    expect(fifth.refusedWith).toBe(429);
    await live(await server.token());
  });

  it('serves eight clients an address, by header and by hello, and takes a ninth when one has gone', async () => {
    const token = await server.token();
    const served: SocketClient[] = [];
    for (let index = 0; index < 8; index++) served.push(await live(token));
    expect((await open(bearer(token))).refusedWith).toBe(429);
    const byHello = await open();
    byHello.hello(token);
    expect(await byHello.next('bye')).toMatchObject({ code: 'limitExceeded' });
    served[0]!.socket.close();
    await served[0]!.closed;
    await systemClock.sleep(50);
    await live(token);
  });

  it('closes who says nothing within 5 s', async () => {
    const startedMs = performance.now();
    const client = await open();
    expect((await client.closed).code).toBe(1008);
    expect(performance.now() - startedMs).toBeGreaterThan(4_500);
    expect(performance.now() - startedMs).toBeLessThan(6_000);
  });

  it('closes a token’s clients within a second of its revocation by another process, and lets it in no more', async () => {
    const { token, record } = await server.host.tokens.create({ name: 'a', scope: 'view' });
    const [greeting, served, other] = [
      await open(bearer(token)),
      await live(token),
      await live(await server.token()),
    ];
    const cli = new TokenStore({
      folder: join(server.dataDir, 'tokens'),
      clock: systemClock,
      limits: defaultLimits,
      log: () => undefined,
    });
    const startedMs = performance.now();
    await cli.revoke(record.id);
    expect((await served.closed).code).toBe(4401);
    expect(served.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
    await greeting.closed;
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect((await open(bearer(token))).refusedWith).toBe(401);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  it('takes a token at once that another process has made', async () => {
    const cli = new TokenStore({
      folder: join(server.dataDir, 'tokens'),
      clock: systemClock,
      limits: defaultLimits,
      log: () => undefined,
    });
    await live((await cli.create({ name: 'late', scope: 'view' })).token);
  });

  it('tells everybody bye when it closes, and frees its port at once', async () => {
    const token = await server.token();
    const both = [await live(token), await live(token)];
    const closing = server.host.close('Good night.');
    const probe = createServer().listen(server.port, '127.0.0.1');
    await once(probe, 'listening');
    for (const client of both) {
      expect((await client.closed).code).toBe(1001);
      expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'shutdown', reason: 'Good night.' });
    }
    await closing;
    expect(server.host.monitor.tasks.live()).toEqual([]);
    probe.close();
  });

  it('ends within the grace although a client does not close', async () => {
    const client = await live(await server.token());
    (client.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const startedMs = performance.now();
    await server.host.close('Good night.');
    expect(performance.now() - startedMs).toBeLessThan(6_500);
  });
});

describe('the port', () => {
  it('is an error in plain words where it is taken and was asked for', async () => {
    await using first = await startTestServer();
    const second = createHost({
      dataDir: first.dataDir,
      config: {},
      port: first.port,
      staticDir: '/nowhere',
      version: '1',
      spawnProbe: () => {
        throw new Error('No probes here.');
      },
      log: () => undefined,
      collectors: [],
    });
    await expect(second).rejects.toThrow(
      `Port ${first.port} on 127.0.0.1 is taken; choose another with --port`,
    );
  });
});
