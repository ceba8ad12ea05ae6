import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageBuild, type PageBuild } from '../testing/page-build.ts';
import { findHeaderFaults, parseAnswer, type RawAnswer } from '../testing/raw-answer.ts';
import { sendRaw } from '../testing/raw-request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** Ways of writing a path that leads out of the folder, or past a check of its letters. */
const traversals = [
  '/../secret.txt',
  '/../outside.txt',
  '/..',
  '/assets/../secret.txt',
  '/assets/../../outside.txt',
  '/./secret.txt',
  '/assets/./app-abc123.js',
  '/%2e%2e/outside.txt',
  '/%2E%2E/outside.txt',
  '/%252e%252e/outside.txt',
  '/..%2foutside.txt',
  '/..%5coutside.txt',
  '/..\\outside.txt',
  '/assets\\app-abc123.js',
  '\\outside.txt',
  '/%00',
  '/index.html%00.js',
  '/assets/app-abc123.js%00',
  '//secret.txt',
  '//etc/passwd',
  '/assets//app-abc123.js',
  '/assets%2fapp-abc123.js',
  '/assets/%61pp-abc123.js',
  '/assets/app-abc123.js/',
  '/assets/app-abc123.js/..',
  '/assets/APP-ABC123.JS',
  '/assets/app-abc123.js;x',
  '/assets/',
  '/assets',
  '/index.html',
  '/manifest.json',
  '/.vite/manifest.json',
  '/secret.txt',
  '/assets/secret.js',
  '/docs/secret.html',
  '/docs/manifest.json',
  '/docs/../outside.txt',
  '/docs/%2e%2e/outside.txt',
  '/docs/..%2foutside.txt',
  '/docs/index.html',
  '/docs//',
  '/constructor',
  '/__proto__',
  '/toString',
  'secret.txt',
  'http://127.0.0.1/',
  'http://evil.example/healthz',
  'file:///etc/passwd',
  '/%c0%ae%c0%ae/outside.txt',
  '/%u002e%u002e/outside.txt',
];

/** Requests of which two readers could find two different ones, or none. */
const smuggled: readonly (readonly [string, string, ...string[]])[] = [
  ['a length and chunks', 'POST', 'Content-Length: 4', 'Transfer-Encoding: chunked'],
  ['chunks and a length', 'POST', 'Transfer-Encoding: chunked', 'Content-Length: 4'],
  ['two lengths', 'POST', 'Content-Length: 4', 'Content-Length: 5'],
  ['the same length twice', 'POST', 'Content-Length: 4', 'Content-Length: 4'],
  ['two lengths in one', 'POST', 'Content-Length: 4, 5'],
  ['a negative length', 'POST', 'Content-Length: -4'],
  ['a length with a sign', 'POST', 'Content-Length: +4'],
  ['a length in hexadecimal', 'POST', 'Content-Length: 0x4'],
  ['a length of a hundred digits', 'POST', `Content-Length: ${'9'.repeat(100)}`],
  ['a length that is a word', 'POST', 'Content-Length: four'],
  ['chunks that are not last', 'POST', 'Transfer-Encoding: chunked, identity'],
  ['an encoding that nobody knows', 'POST', 'Transfer-Encoding: xchunked'],
  ['a name with a space before its colon', 'POST', 'Transfer-Encoding : chunked'],
  ['a folded line', 'GET', 'X: a', ' b'],
  ['a line without a colon', 'GET', 'nonsense'],
  ['a name with a letter that is none', 'GET', 'X\u0001: a'],
  ['a value with a NUL', 'GET', 'X: a\u0000b'],
  ['a bare carriage return', 'GET', 'X: a\rY: b'],
];

describe('HTTP under attack', () => {
  let server: TestServer;
  let build: PageBuild;
  beforeAll(async () => {
    build = await createPageBuild();
    server = await startTestServer({}, { staticDir: build.folder });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await build[Symbol.asyncDispose]();
  });
  const host = (): string => `Host: localhost:${server.port}`;
  const ask = async (head: readonly string[], body = ''): Promise<RawAnswer | null> =>
    parseAnswer(await sendRaw(server.port, [...head, '', body].join('\r\n')));

  it.each(traversals)('serves nothing but what the manifest names: %j is not', async (target) => {
    const text = await sendRaw(
      server.port,
      [`GET ${target} HTTP/1.1`, host(), 'Connection: close', '', ''].join('\r\n'),
    );
    const answer = parseAnswer(text)!;
    expect(text).not.toContain(build.secret);
    expect([400, 404]).toContain(answer.status);
    expect(findHeaderFaults(answer)).toEqual([]);
    expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(['code', 'message']);
  });

  it.each(smuggled)('refuses a request with %s, and closes', async (_, method, ...lines) => {
    const second = `GET /healthz HTTP/1.1\r\n${host()}\r\n\r\n`;
    const head = [`${method} /v1/pair HTTP/1.1`, host(), 'Content-Type: application/json', ...lines, '', ''];
    const text = await sendRaw(server.port, `${head.join('\r\n')}0\r\n\r\n${second}`);
    const answer = parseAnswer(text)!;
    expect(answer.status).toBe(400);
    expect(findHeaderFaults(answer)).toEqual([]);
    expect(answer.headers.get('connection')).toEqual(['close']);
    // Nothing of what follows is taken for a request.
    expect(text).not.toContain('{"status":"ok"}');
  });

  it.each(['zz', '-1', '1 ', '0x4', '99999999999999999999', '4;\n', ''])(
    'refuses a chunk of size %j, and closes',
    async (size) => {
      const head = [
        'POST /v1/pair HTTP/1.1',
        host(),
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
      ];
      const text = await sendRaw(server.port, [...head, '', `${size}\r\nabcd\r\n0\r\n\r\n`].join('\r\n'));
      // What was read until then may have been answered already; nothing after it is.
      expect([400, 413]).toContain(parseAnswer(text)!.status);
      expect(text.match(/HTTP\/1\.1 \d/g)!.length).toBe(1);
    },
  );

  it('has its headers on every answer: pages, files, not modified, errors of every kind', async () => {
    const answers: [string, number, readonly string[]][] = [
      ['a page', 200, ['GET / HTTP/1.1', host()]],
      ['a file', 200, ['GET /assets/app-abc123.js HTTP/1.1', host()]],
      ['health', 200, ['GET /healthz HTTP/1.1', host()]],
      ['no such thing', 404, ['GET /nothing HTTP/1.1', host()]],
      ['a wrong method', 405, ['DELETE /healthz HTTP/1.1', host()]],
      ['no token', 401, ['GET /metrics HTTP/1.1', host()]],
      ['a foreign host', 403, ['GET / HTTP/1.1', 'Host: evil.example']],
      ['no host', 400, ['GET / HTTP/1.1']],
      ['no version', 400, ['GET /']],
      ['a version that is not spoken', 400, ['GET / HTTP/3.7', host()]],
      ['a method that nobody knows', 400, ['FROBNICATE / HTTP/1.1', host()]],
      ['a head that is too big', 431, ['GET / HTTP/1.1', host(), `X: ${'x'.repeat(20_000)}`]],
      ['an upgrade to nothing', 426, ['GET /v1/stream HTTP/1.1', host()]],
      ['a body of another type', 415, ['POST /v1/pair HTTP/1.1', host(), 'Content-Length: 0']],
      ['an expectation', 417, ['GET / HTTP/1.1', host(), 'Expect: miracles']],
      ['the beginning of HTTP/2', 400, ['PRI * HTTP/2.0']],
      ['the beginning of TLS', 400, ['\u0016\u0003\u0001\u0002\u0000\u0001']],
    ];
    for (const [what, status, head] of answers) {
      const answer = await ask([...head, 'Connection: close']);
      expect([what, answer?.status]).toEqual([what, status]);
      expect([what, findHeaderFaults(answer!)]).toEqual([what, []]);
    }
    const page = await ask(['GET / HTTP/1.1', host(), 'Connection: close']);
    const tag = page!.headers.get('etag')![0]!;
    const same = await ask(['GET / HTTP/1.1', host(), `If-None-Match: ${tag}`, 'Connection: close']);
    expect([same!.status, findHeaderFaults(same!)]).toEqual([304, []]);
  });

  it('refuses a body of 1 MiB without reading it, also from who asks before sending it', async () => {
    const big = 1024 * 1024;
    const head = [
      'POST /v1/pair HTTP/1.1',
      host(),
      'Content-Type: application/json',
      `Content-Length: ${big}`,
    ];
    const asked = await sendRaw(server.port, [...head, 'Expect: 100-continue', '', ''].join('\r\n'));
    expect(asked).not.toContain('100 Continue');
    expect(parseAnswer(asked)!.status).toBe(413);
    const small = [...head.slice(0, 3), 'Content-Length: 2', 'Expect: 100-continue', 'Connection: close', ''];
    const told = await sendRaw(server.port, [...small, '{}'].join('\r\n'));
    expect(told).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    expect(parseAnswer(told)!.status).toBe(400);

    // A client that sends on although it was refused is cut off long before its end.
    const socket = connect(server.port, '127.0.0.1');
    const ended = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
    });
    socket.resume();
    socket.write([...head, '', ''].join('\r\n'));
    await ended;
    expect(socket.bytesWritten).toBeLessThan(1_000);
  });

  it('counts a body that grows past 16 KiB in chunks as too big, and closes', async () => {
    const head = [
      'POST /v1/pair HTTP/1.1',
      host(),
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      '',
    ].join('\r\n');
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    const answer = parseAnswer(await sendRaw(server.port, head + chunk.repeat(256)));
    expect(answer?.status).toBe(413);
    expect(findHeaderFaults(answer!)).toEqual([]);
  });
});
