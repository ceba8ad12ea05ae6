import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseExposition } from './testing/parse-exposition.ts';
import { SocketClient } from './testing/socket-client.ts';
import { sendRaw, statusOf } from './testing/raw-request.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the HTTP server', () => {
  let server: TestServer;
  let build: string;
  beforeEach(async () => {
    build = await mkdtemp(join(tmpdir(), 'pulsewire-build-'));
    await mkdir(join(build, 'assets'));
    await writeFile(join(build, 'index.html'), '<!doctype html><title>Pulsewire</title>');
    await writeFile(join(build, 'secret.txt'), 'not in the manifest');
    await writeFile(join(build, 'assets', 'app-abc123.js'), 'export {};');
    await writeFile(join(build, 'assets', 'app-def456.css'), ':root{}');
    await mkdir(join(build, 'web-app'));
    await writeFile(join(build, 'web-app', 'icon.png'), 'a picture');
    await writeFile(join(build, 'web-app', 'other.png'), 'not named');
    const webApp = { name: 'Pulsewire', icons: [{ src: 'web-app/icon.png' }] };
    await writeFile(join(build, 'manifest.webmanifest'), JSON.stringify(webApp));
    const manifest = {
      'index.html': { file: 'assets/app-abc123.js', css: ['assets/app-def456.css'], isEntry: true },
    };
    await writeFile(join(build, 'manifest.json'), JSON.stringify(manifest));
    server = await startTestServer({}, { staticDir: build });
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    await rm(build, { recursive: true });
  });
  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(server.url + path, init);

  it('serves what makes the page an app, each time as it is now, and no other icon', async () => {
    const manifest = await get('/manifest.webmanifest');
    expect(manifest.headers.get('content-type')).toBe('application/manifest+json; charset=utf-8');
    expect(await manifest.json()).toMatchObject({ name: 'Pulsewire' });
    const icon = await get('/web-app/icon.png');
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png']);
    for (const { headers } of [manifest, icon]) expect(headers.get('cache-control')).toBe('no-cache');
    expect((await get('/web-app/other.png')).status).toBe(404);
  });

  it('serves the page and its assets with types, caching and a policy without anything unsafe', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Pulsewire');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; ` +
        `connect-src 'self' ws://127.0.0.1:${server.port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['referrer-policy', 'no-referrer'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-resource-policy', 'same-origin'],
    ] as const) {
      expect(page.headers.get(name)).toBe(value);
    }
    const script = await get('/assets/app-abc123.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await get('/assets/app-abc123.js', {
      headers: { 'if-none-match': script.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
    expect((await get('/assets/app-def456.css', { method: 'HEAD' })).headers.get('content-length')).toBe('7');
  });

  it.each([
    '/secret.txt',
    '/manifest.json',
    '/../secret.txt',
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/..%2f..%2fetc/passwd',
    '//etc/passwd',
    '/assets/app-abc123.js/',
    '/v1',
    '/metrics/',
    '/constructor',
    '/__proto__',
    'http://127.0.0.1/',
    '*',
  ])('answers 404 in JSON for %s', async (target) => {
    const answer = await sendRaw(
      server.port,
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    );
    expect([target, statusOf(answer)]).toEqual([target, 404]);
    expect(answer).toContain('{"code":"notFound","message":');
  });

  it('says in plain words that the page was not built, and finds it once it is', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'pulsewire-build-'));
    await using other = await startTestServer({}, { staticDir: empty });
    const missing = await fetch(other.url);
    expect(missing.status).toBe(503);
    expect(((await missing.json()) as { message: string }).message).toContain('has not been built');
    await writeFile(join(empty, 'index.html'), 'now');
    await writeFile(join(empty, 'manifest.json'), '{}');
    expect(await (await fetch(other.url)).text()).toBe('now');
    await rm(empty, { recursive: true });
  });

  it('tells strangers that it is well, and nothing else', async () => {
    const health = await get('/healthz');
    expect([health.status, await health.text()]).toEqual([200, '{"status":"ok"}']);
    for (const headers of [
      undefined,
      { authorization: 'Bearer nonsense' },
      { authorization: 'Basic eDp5' },
    ]) {
      const info = await get('/v1/info', headers && { headers });
      expect(info.status).toBe(401);
      expect(info.headers.get('www-authenticate')).toBe('Bearer');
      expect(Object.keys((await info.json()) as object)).toEqual(['code', 'message']);
    }
    const { instanceId } = server.host.monitor;
    for (const path of ['/', '/healthz', '/v1/info', '/v1/pair', '/v1/stream', '/v1/history', '/metrics']) {
      const answer = await get(path);
      const text = JSON.stringify([...answer.headers]) + (await answer.text());
      expect(text).not.toContain(instanceId);
      expect(text).not.toContain('1.2.3');
    }
  });

  it('has the Prometheus page for a bearer, and not a name or a figure of it for anybody else', async () => {
    for (const authorization of ['', 'Bearer nonsense', 'Basic eDp5']) {
      const refused = await get('/metrics', { headers: { authorization } });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(JSON.stringify([...refused.headers]) + (await refused.text())).not.toMatch(/node_|# HELP/);
    }
    expect((await get(`/metrics?token=${await server.token()}`)).status).toBe(401);
    const headers = { authorization: `Bearer ${await server.token()}` };
    const page = await get('/metrics', { headers });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const families = parseExposition(await page.text());
    expect(families.get('node_memory_MemTotal_bytes')?.series).toEqual([
      { name: 'node_memory_MemTotal_bytes', labels: {}, value: 100 },
    ]);
    const head = await get('/metrics', { headers, method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
    expect(server.host.monitor.sampler.demands).toBe(0);
  });

  it('tells a bearer about the host', async () => {
    const info = await get('/v1/info', { headers: { authorization: `Bearer ${await server.token()}` } });
    expect(await info.json()).toMatchObject({
      version: '1.2.3',
      platform: process.platform,
      instanceId: server.host.monitor.instanceId,
      topics: ['cpu', 'memory'],
    });
  });

  it('answers 405 with what is allowed', async () => {
    for (const [path, method, allow] of [
      ['/healthz', 'POST', 'GET, HEAD'],
      ['/metrics', 'POST', 'GET, HEAD'],
      ['/v1/pair', 'GET', 'POST'],
      ['/', 'DELETE', 'GET, HEAD'],
    ] as const) {
      const answer = await get(path, { method });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow]);
    }
  });

  it('exchanges the code for a token once', async () => {
    const { code } = server.host.pairing.open();
    const paired = await get('/v1/pair', post({ code: code.toLowerCase().replace('-', ''), name: 'phone' }));
    expect(paired.status).toBe(200);
    expect(paired.headers.get('cache-control')).toBe('no-store');
    const { token, scope, expiresAt } = (await paired.json()) as Record<string, string>;
    expect(scope).toBe('view');
    expect(Date.parse(expiresAt!) - Date.now()).toBeGreaterThan(89 * 24 * 3_600_000);
    expect((await get('/v1/info', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await get('/v1/pair', post({ code, name: 'phone' }))).status).toBe(401);
  });

  it('refuses bodies that are no JSON, too big or of another shape, without a stack', async () => {
    const cases: [RequestInit, number][] = [
      [{ method: 'POST', body: '{}' }, 415],
      [{ method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
      [post('{"code": '), 400],
      [post('null'), 400],
      [post({ code: 'BCDF-GHJK' }), 400],
      [post({ code: 'BCDF-GHJK', name: ' ' }), 400],
      [post({ code: 'BCDF-GHJK', name: 'x'.repeat(17 * 1024) }), 413],
    ];
    for (const [init, status] of cases) {
      const answer = await get('/v1/pair', init);
      const text = await answer.text();
      expect([init.body, answer.status]).toEqual([init.body, status]);
      expect(text).not.toMatch(/\bat .+:\d+|node:|\.ts/);
    }
    const chunked =
      'POST /v1/pair HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n';
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const big = `${chunked}Host: localhost:${server.port}\r\n\r\n${chunk}${chunk}`;
    expect(statusOf(await sendRaw(server.port, big, (text) => text.includes('}')))).toBe(413);
  });

  it('slows down who guesses codes, with Retry-After', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) {
      statuses.push((await get('/v1/pair', post({ code: 'BBBB-BBBB', name: 'x' }))).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const { code } = server.host.pairing.open();
    const refused = await get('/v1/pair', post({ code, name: 'x' }));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  });

  it('counts wrong tokens of HTTP and of sockets together, and still lets a right one in', async () => {
    for (let index = 0; index < 3; index++)
      await get('/v1/info', { headers: { authorization: 'Bearer wrong' } });
    for (let index = 0; index < 2; index++) {
      const client = new SocketClient(server.port, { headers: { authorization: 'Bearer wrong' } });
      await client.closed;
      expect(client.refusedWith).toBe(401);
    }
    expect((await get('/v1/info', { headers: { authorization: 'Bearer wrong' } })).status).toBe(429);
    const headers = { authorization: `Bearer ${await server.token()}` };
    expect((await get('/v1/info', { headers })).status).toBe(200);
  });

  it('answers what is no HTTP, and heads that are too big, in words and closes', async () => {
    expect(statusOf(await sendRaw(server.port, 'nonsense\r\n\r\n'))).toBe(400);
    const big = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(statusOf(await sendRaw(server.port, big))).toBe(431);
  });
});
