import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** What one side of a connection has read, and how it ended. */
function record(socket: Socket): { text: string; ended: boolean; failed: string | null; closed: boolean } {
  const seen = { text: '', ended: false, failed: null as string | null, closed: false };
  socket.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
  socket.on('end', () => (seen.ended = true));
  socket.on('error', (error: NodeJS.ErrnoException) => (seen.failed = error.code ?? error.message));
  socket.on('close', () => (seen.closed = true));
  return seen;
}

const until = async (isReached: () => boolean): Promise<void> => {
  for (let turn = 0; !isReached(); turn++) {
    if (turn > 500) throw new Error('It did not come to that in 5 s.');
    await systemClock.sleep(10);
  }
};

describe('TcpProxy', () => {
  let server: Server;
  let proxy: TcpProxy;
  let sockets: Socket[];
  beforeEach(async () => {
    sockets = [];
    server = createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpProxy.start({ target: { port: (server.address() as AddressInfo).port } });
  });
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const dial = (): Socket => {
    const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(client);
    return client;
  };
  const open = async () => {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = dial();
    const [host] = await accepted;
    sockets.push(host);
    return { client, host, atClient: record(client), atHost: record(host), link: proxy.links().at(-1)! };
  };

  it('passes bytes and the ends of streams both ways, and forgets the link', async () => {
    const { client, host, atClient, atHost } = await open();
    client.end('ping');
    await until(() => atHost.ended);
    expect(atClient.ended).toBe(false);
    host.end('pong');
    await until(() => atClient.closed && atHost.closed);
    expect([atHost.text, atClient.text, atHost.failed, atClient.failed]).toEqual([
      'ping',
      'pong',
      null,
      null,
    ]);
    await until(() => proxy.links().length === 0);
  });

  it('passes a reset on', async () => {
    const { client, atHost } = await open();
    client.resetAndDestroy();
    await until(() => atHost.closed);
    expect(atHost.failed).toBe('ECONNRESET');
  });

  it('delays without losing order', async () => {
    const { client, atHost, link } = await open();
    link.set({ up: { delayMs: 300 } });
    const startMs = systemClock.monotonic();
    client.write('a');
    await systemClock.sleep(50);
    client.end('b');
    await until(() => atHost.text === 'a');
    expect(systemClock.monotonic() - startMs).toBeGreaterThan(295);
    await until(() => atHost.ended);
    expect(atHost.text).toBe('ab');
  });

  it('throttles to so many bytes a second', async () => {
    const { client, atHost, link } = await open();
    link.set({ up: { bytesPerSecond: 10_000 } });
    const startMs = systemClock.monotonic();
    client.end('x'.repeat(5_000));
    await until(() => atHost.ended);
    expect(atHost.text).toHaveLength(5_000);
    expect(systemClock.monotonic() - startMs).toBeGreaterThan(400);
  });

  it('holds a direction until the sender’s window is full, with bounded memory, and loses nothing', async () => {
    const { client, atHost, link } = await open();
    link.set({ up: { flow: 'hold' } });
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let writtenBytes = 0;
    while (client.writableLength < 1024 * 1024) {
      client.write(chunk);
      writtenBytes += chunk.length;
      if (client.writableLength === 0) await systemClock.sleep(1);
    }
    expect(client.writableNeedDrain).toBe(true);
    expect(link.queuedBytes).toBeLessThanOrEqual(512 * 1024);
    link.set({ up: { flow: 'pass' } });
    client.end();
    await until(() => atHost.ended);
    expect(atHost.text).toHaveLength(writtenBytes);
  });

  it('swallows bytes, ends and resets, and leaves nothing open once both sides have given up', async () => {
    const { client, host, atClient, atHost, link } = await open();
    link.set({ up: { flow: 'swallow' }, down: { flow: 'swallow' } });
    client.write('lost');
    host.write('lost');
    client.resetAndDestroy();
    await systemClock.sleep(100);
    expect([atHost.text, atHost.ended, atHost.closed, atClient.text]).toEqual(['', false, false, '']);
    host.destroy();
    await link.closed;
  });

  it('cuts both sides with a reset at a count of bytes', async () => {
    const { client, atClient, atHost, link } = await open();
    link.set({ up: { cutAfterBytes: 5 } });
    client.write('123456789');
    // A reset that comes together with data is read as an end.
    await until(() => atClient.closed && (atHost.closed || atHost.ended));
    expect([atHost.text, atClient.failed]).toEqual(['12345', 'ECONNRESET']);
  });

  it('lets the end overtake what was sent last', async () => {
    const { client, atHost, link } = await open();
    link.set({ up: { endOvertakes: true } });
    client.write('first');
    await systemClock.sleep(50);
    client.end('last');
    await until(() => atHost.ended);
    expect(atHost.text).toBe('first');
  });

  it('closes half of a link while the other half goes on', async () => {
    const { host, atClient, atHost, link } = await open();
    link.halfClose('up');
    await until(() => atHost.ended);
    host.write('still here');
    await until(() => atClient.text === 'still here');
    expect(atClient.ended).toBe(false);
  });

  it('refuses, swallows and forwards those who connect, on one port', async () => {
    await proxy.accept('refuse');
    const refused = record(dial());
    await until(() => refused.closed);
    expect(refused.failed).toBe('ECONNREFUSED');
    await proxy.accept('swallow');
    const ignored = dial();
    const atIgnored = record(ignored);
    ignored.write('anybody there?');
    await systemClock.sleep(100);
    expect([atIgnored.closed, proxy.links().length]).toEqual([false, 0]);
    await proxy.accept('forward');
    await until(() => atIgnored.closed);
    const { client, atHost } = await open();
    client.write('hello');
    await until(() => atHost.text === 'hello');
  });

  it('keeps what was under way while the cable is out', async () => {
    const { client, atHost } = await open();
    await proxy.cutCable();
    client.write('sent in the dark');
    await systemClock.sleep(100);
    expect(atHost.text).toBe('');
    await proxy.plugIn();
    await until(() => atHost.text === 'sent in the dark');
  });

  it('closes by itself at the end of its life', async () => {
    await using brief = await TcpProxy.start({
      target: { port: (server.address() as AddressInfo).port },
      lifetimeMs: 100,
    });
    const client = connect(brief.port, '127.0.0.1');
    const seen = record(client);
    sockets.push(client);
    await until(() => seen.closed);
    expect(brief.links()).toEqual([]);
  });
});
