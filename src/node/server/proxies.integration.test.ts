import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { sendRaw, statusOf, upgradeRequest } from './testing/raw-request.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const isHead = (text: string): boolean => text.includes('\r\n\r\n');

describe('behind a reverse proxy that is trusted', () => {
  let server: TestServer;
  beforeAll(async () => {
    const config = { trustedProxies: ['127.0.0.1'], allowedHosts: ['monitor.example'] };
    server = await startTestServer({}, { config });
  });
  afterAll(() => server[Symbol.asyncDispose]());
  /** As the proxy would send it, from its own address of loopback. */
  const ask = async (lines: readonly string[], from?: string): Promise<number> => {
    const request = ['GET /v1/info HTTP/1.1', 'Host: monitor.example', ...lines, 'Connection: close', '', ''];
    return statusOf(await sendRaw(server.port, request.join('\r\n'), undefined, from));
  };

  it('each client is slowed down by its own address, which it cannot choose', async () => {
    const wrong = (forwarded: string): Promise<number> =>
      ask([`X-Forwarded-For: ${forwarded}`, 'X-Forwarded-Proto: https', 'Authorization: Bearer wrong']);
    const outcomes: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++)
      outcomes.push(await wrong(`10.9.9.${attempt}, 203.0.113.1`));
    expect(outcomes).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await wrong('203.0.113.2')).toBe(401);
    // Somebody who is no proxy counts by the address that the connection comes from.
    const direct = await ask(['X-Forwarded-For: 203.0.113.1', 'Authorization: Bearer wrong'], '127.0.0.2');
    expect(direct).toBe(401);
  });

  it('its name is taken for ours, on any port, with the origin of the scheme that the browser speaks', async () => {
    const upgrade = async (host: string, origin: string, proto: string | null): Promise<number> => {
      const lines = [`Host: ${host}`, `Origin: ${origin}`, 'X-Forwarded-For: 203.0.113.3'];
      const all = proto === null ? lines : [...lines, `X-Forwarded-Proto: ${proto}`];
      return statusOf(await sendRaw(server.port, upgradeRequest(all), isHead));
    };
    expect(await upgrade('monitor.example', 'https://monitor.example', 'https')).toBe(101);
    expect(await upgrade('monitor.example:8443', 'https://monitor.example:8443', 'https')).toBe(101);
    expect(await upgrade('monitor.example', 'http://monitor.example', 'http')).toBe(101);
    expect(await upgrade('monitor.example', 'http://monitor.example', 'https')).toBe(403);
    expect(await upgrade('monitor.example', 'https://monitor.example', null)).toBe(403);
    expect(await upgrade('monitor.example', 'https://evil.example', 'https')).toBe(403);
    expect(await upgrade('evil.example', 'https://evil.example', 'https')).toBe(403);
    expect(await upgrade('monitor.example.evil.example', 'https://monitor.example', 'https')).toBe(403);
  });

  it('a viewer is known by its own address, and may only look where it comes without TLS', async () => {
    const token = await server.token('admin');
    const watch = async (proto: string): Promise<unknown> => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v1/stream`, 'pulsewire.v1.json', {
        headers: {
          host: 'monitor.example',
          authorization: `Bearer ${token}`,
          'x-forwarded-for': '203.0.113.4',
          'x-forwarded-proto': proto,
        },
      });
      const heard = once(socket, 'message');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, client: { name: 'test', version: '1' } }));
      const [data] = (await heard) as [Buffer];
      const { transport } = JSON.parse(data.toString()) as { transport: { encrypted: boolean } };
      const { address, grant } = server.host.monitor.sessions().at(-1)!;
      socket.terminate();
      return { address, scope: grant?.scope, transport };
    };
    const address = '203.0.113.4';
    expect(await watch('https')).toEqual({ address, scope: 'admin', transport: { encrypted: true } });
    expect(await watch('http')).toEqual({ address, scope: 'view', transport: { encrypted: false } });
  });
});

describe('without a trusted proxy', () => {
  it('neither a foreign name nor a forwarded address counts', async () => {
    await using server = await startTestServer();
    const wrong = async (host: string): Promise<number> => {
      const lines = [`Host: ${host}`, 'X-Forwarded-For: 203.0.113.1', 'X-Forwarded-Proto: https'];
      const request = [
        'GET /v1/info HTTP/1.1',
        ...lines,
        'Authorization: Bearer x',
        'Connection: close',
        '',
        '',
      ];
      return statusOf(await sendRaw(server.port, request.join('\r\n')));
    };
    expect(await wrong('monitor.example')).toBe(403);
    for (let attempt = 0; attempt < 5; attempt++) expect(await wrong(`127.0.0.1:${server.port}`)).toBe(401);
    const direct = ['GET /v1/info HTTP/1.1', `Host: 127.0.0.1:${server.port}`, 'Authorization: Bearer x', 'Connection: close', '', '']; // prettier-ignore
    expect(statusOf(await sendRaw(server.port, direct.join('\r\n')))).toBe(429);
  });
});
