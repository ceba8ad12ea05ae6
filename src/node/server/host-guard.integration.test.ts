import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostname } from 'node:os';
import { hostCases, originCases } from './testing/host-origin-cases.ts';
import { sendRaw, statusOf, upgradeRequest } from './testing/raw-request.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const isHead = (text: string): boolean => text.includes('\r\n\r\n');

describe('promise: another site or a rebound name opens nothing, on real sockets', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ maxUnauthenticated: 1_000, maxUnauthenticatedPerAddress: 1_000 });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('refuses every foreign case of the matrix before 101, and only those', async () => {
    const { port } = server;
    let cases = 0;
    for (const host of hostCases(port, hostname().toLowerCase(), '127.0.0.1')) {
      for (const origin of originCases(port, hostname().toLowerCase(), '127.0.0.1')) {
        const lines = [
          ...host.values.map((value) => `Host: ${value}`),
          ...origin.values.map((value) => `Origin: ${value}`),
        ];
        const status = statusOf(await sendRaw(port, upgradeRequest(lines), isHead));
        const about = JSON.stringify([host.values, origin.values]);
        if (host.own && origin.own) expect([about, status]).toEqual([about, 101]);
        else if (host.own) expect([about, status]).toEqual([about, 403]);
        else expect([about, [400, 403].includes(status)]).toEqual([about, true]);
        cases++;
      }
    }
    expect(cases).toBeGreaterThan(700);
  });

  it('holds for plain requests as for upgrades, in every case, and is looked at before anything else', async () => {
    const { port } = server;
    for (const host of hostCases(port, hostname().toLowerCase(), '127.0.0.1')) {
      for (const origin of originCases(port, hostname().toLowerCase(), '127.0.0.1')) {
        const lines = [
          ...host.values.map((value) => `Host: ${value}`),
          ...origin.values.map((value) => `Origin: ${value}`),
        ];
        const isOwn = host.own && origin.own;
        // Not even that a path is not there is told to a foreign page.
        const path = isOwn ? '/healthz' : '/nothing';
        const request = [`GET ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n');
        const status = statusOf(await sendRaw(port, request));
        const about = JSON.stringify([host.values, origin.values]);
        if (isOwn) expect([about, status]).toEqual([about, 200]);
        else expect([about, [400, 403].includes(status)]).toEqual([about, true]);
      }
    }
  });

  it.each(['/', '/healthz', '/v1/info', '/v1/pair'])('holds for %s as well', async (path) => {
    const ask = (lines: string[]): Promise<string> =>
      sendRaw(server.port, [`GET ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'));
    expect(statusOf(await ask(['Host: evil.example']))).toBe(403);
    expect(statusOf(await ask([`Host: localhost:${server.port}`, 'Origin: null']))).toBe(403);
    expect(statusOf(await ask([`Host: localhost:${server.port}`, 'Origin: http://evil.example']))).toBe(403);
    expect(statusOf(await ask([]))).toBe(400);
  });
});
