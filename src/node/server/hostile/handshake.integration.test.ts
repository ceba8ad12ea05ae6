import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFrame, opcodes } from '../testing/raw-frame.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const goodLines = [
  'Host: localhost:PORT',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
/** A good handshake without the lines that begin with `without`, and with others. */
const request = (without: string, ...others: readonly string[]): string[] => [
  'GET /v1/stream HTTP/1.1',
  ...goodLines.filter((line) => without === '' || !line.startsWith(without)),
  ...others,
];
const withFirst = (first: string): string[] => [first, ...goodLines];

const accepted: readonly (readonly [string, string[]])[] = [
  ['as it should be', request('')],
  ['with Upgrade in capitals', request('Upgrade', 'UPGRADE: WEBSOCKET')],
  ['with more than Upgrade in Connection', request('Connection', 'Connection: keep-alive, Upgrade')],
  [
    'with header names in small letters',
    request('Sec-WebSocket-Key', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='),
  ],
  ['with our subprotocol', request('', 'Sec-WebSocket-Protocol: pulsewire.v1.json')],
  ['with our subprotocol among others', request('', 'Sec-WebSocket-Protocol: chat, pulsewire.v1.json, soap')],
  ['with our other subprotocol', request('', 'Sec-WebSocket-Protocol: pulsewire.v1.bin')],
  [
    'with subprotocols on two lines',
    request('', 'Sec-WebSocket-Protocol: chat', 'Sec-WebSocket-Protocol: pulsewire.v1.json'),
  ],
  [
    'with an extension that is not spoken',
    request('', 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'),
  ],
  ['with an extension that is nonsense', request('', 'Sec-WebSocket-Extensions: ;;=,')],
  [
    'with 10 KiB of other headers',
    request('', ...Array.from({ length: 10 }, (_, i) => `X-${i}: ${'x'.repeat(1_000)}`)),
  ],
];

const refused: readonly (readonly [string, number, string[]])[] = [
  ['without a key', 400, request('Sec-WebSocket-Key')],
  ['with two keys', 400, request('', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')],
  ['with an empty key', 400, request('Sec-WebSocket-Key', 'Sec-WebSocket-Key:')],
  ['with a key of 15 bytes', 400, request('Sec-WebSocket-Key', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA')],
  [
    'with a key of 17 bytes',
    400,
    request('Sec-WebSocket-Key', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA='),
  ],
  [
    'with a key that is no base64',
    400,
    request('Sec-WebSocket-Key', 'Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!=='),
  ],
  ['without a version', 426, request('Sec-WebSocket-Version')],
  ['of the draft that is version 8', 426, request('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 8')],
  ['of version 12', 426, request('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12')],
  ['of version 013', 426, request('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 013')],
  ['of two versions', 426, request('', 'Sec-WebSocket-Version: 8')],
  ['of HTTP/1.0', 400, withFirst('GET /v1/stream HTTP/1.0')],
  ['by POST', 405, withFirst('POST /v1/stream HTTP/1.1')],
  ['by DELETE', 405, withFirst('DELETE /v1/stream HTTP/1.1')],
  ['with a body', 400, request('', 'Content-Length: 5')],
  ['with a body in chunks', 400, request('', 'Transfer-Encoding: chunked')],
  ['without Upgrade', 426, request('Upgrade')],
  ['without Connection', 426, request('Connection')],
  ['with Connection: close', 426, request('Connection', 'Connection: close')],
  ['to another protocol', 426, request('Upgrade', 'Upgrade: h2c')],
  ['to websocket and another protocol', 426, request('Upgrade', 'Upgrade: websocket, h2c')],
  ['with an unknown subprotocol', 400, request('', 'Sec-WebSocket-Protocol: chat')],
  ['with our subprotocol in capitals', 400, request('', 'Sec-WebSocket-Protocol: PULSEWIRE.V1.JSON')],
  ['with an empty subprotocol', 400, request('', 'Sec-WebSocket-Protocol:')],
  [
    'with our subprotocol twice',
    400,
    request('', 'Sec-WebSocket-Protocol: pulsewire.v1.json, pulsewire.v1.json'),
  ],
  ['with a subprotocol that is no token', 400, request('', 'Sec-WebSocket-Protocol: pulsewire.v1.json, a b')],
  ['with a query', 400, withFirst('GET /v1/stream?token=x HTTP/1.1')],
  ['with an empty query', 400, withFirst('GET /v1/stream? HTTP/1.1')],
  ['to a path in capitals', 404, withFirst('GET /V1/STREAM HTTP/1.1')],
  ['to a path that is longer', 404, withFirst('GET /v1/stream/ HTTP/1.1')],
  ['to the page', 404, withFirst('GET / HTTP/1.1')],
  ['to a path with an escaped letter', 404, withFirst('GET /v1/%73tream HTTP/1.1')],
  ['to a path with dots', 404, withFirst('GET /v1/x/../stream HTTP/1.1')],
  ['to an absolute address', 404, withFirst('GET http://localhost/v1/stream HTTP/1.1')],
  ['with 20 KiB of headers', 431, request('', `X: ${'x'.repeat(20_000)}`)],
  ['with a wrong token', 401, request('', 'Authorization: Bearer wrong')],
  ['with a token in a cookie', 101, request('', 'Cookie: token=TOKEN')],
];

describe('the handshake', () => {
  let server: TestServer;
  let peers: RawPeer[];
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ closeGraceMs: 100, authFailuresPerMinutePerAddress: 100 });
    token = await server.token();
    peers = [];
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.socket.destroy();
    while (server.host.monitor.sessionCount > 0) await new Promise((resolve) => setImmediate(resolve));
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const open = (lines: readonly string[], after = ''): RawPeer => {
    const text = lines.join('\r\n').replace('PORT', String(server.port)).replace('TOKEN', token);
    const peer = new RawPeer(server.port, { request: `${text}\r\n\r\n${after}` });
    peers.push(peer);
    return peer;
  };

  it.each(accepted)('is taken %s', async (_, lines) => {
    const peer = open(lines);
    expect(await peer.handshake()).toBe(101);
    const key = /^sec-websocket-key: (.+)$/im.exec(lines.join('\n'))![1]!;
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    expect(peer.head).toContain(`\r\nSec-WebSocket-Accept: ${accept}\r\n`);
    expect(peer.head).not.toMatch(/sec-websocket-extensions/i);
    const wanted = /pulsewire\.v1\.(json|bin)/.exec(lines.join('\n'))?.[0];
    expect(/^sec-websocket-protocol: (.*)$/im.exec(peer.head)?.[1]?.trim()).toBe(wanted);
    if (wanted === 'pulsewire.v1.bin') return;
    peer.say({ type: 'hello', protocol: 1, token, client: { name: 'raw', version: '1' } });
    await peer.message('welcome');
  });

  it.each(refused.filter(([, status]) => status !== 101))('is refused %s: %i', async (_, status, lines) => {
    const peer = open(lines);
    expect(await peer.handshake()).toBe(status);
    await peer.until(() => peer.ended);
    expect(peer.head).toContain('\r\nX-Content-Type-Options: nosniff\r\n');
    expect(peer.head).toContain("\r\nContent-Security-Policy: default-src 'none'");
    if (status === 426) expect(peer.head).toMatch(/\r\nUpgrade: websocket\r\n/);
    expect(Object.keys(JSON.parse(peer.rest.toString()) as object)).toEqual(['code', 'message']);
    expect(peer.frames).toEqual([]);
    expect(server.host.monitor.sessionCount).toBe(0);
  });

  it('counts a token in a cookie as none', async () => {
    const peer = open(refused.at(-1)![2]);
    expect(await peer.handshake()).toBe(101);
    peer.say({ type: 'hello', protocol: 1, client: { name: 'raw', version: '1' } });
    await peer.until(() => peer.ended);
    expect(peer.closeCode).toBe(4401);
  });

  it('hears what was sent right behind the handshake, before it was answered', async () => {
    const hello = JSON.stringify({
      type: 'hello',
      protocol: 1,
      token,
      client: { name: 'raw', version: '1' },
    });
    const early = [hello, '{"type":"ping","t":9}'].map((payload) =>
      createFrame({ opcode: opcodes.text, payload }),
    );
    const peer = open(request(''), Buffer.concat(early).toString('latin1'));
    expect((await peer.message('pong')).t).toBe(9);
    expect(peer.heard.map(({ type }) => type)).toEqual(['welcome', 'pong']);
  });

  it('takes no second request on the same connection, whether the first was taken or not', async () => {
    const again = `${request('').join('\r\n').replace('PORT', String(server.port))}\r\n\r\n`;
    const taken = open(request('', `Authorization: Bearer ${token}`), again);
    expect(await taken.handshake()).toBe(101);
    await taken.until(() => taken.ended);
    expect(taken.closeCode).toBe(1002);
    const denied = open(request('', 'Authorization: Bearer wrong'), again);
    expect(await denied.handshake()).toBe(401);
    await denied.until(() => denied.ended);
    expect(denied.head.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(denied.rest.toString()).not.toContain('HTTP/1.1');
  });
});
