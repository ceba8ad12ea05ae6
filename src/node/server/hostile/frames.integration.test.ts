import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { createCloseFrame, createFrame, opcodes, type FrameParts } from '../testing/raw-frame.ts';
import { RawPeer, type RawPeerOptions } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const { continuation, text, binary, close, ping, pong } = opcodes;
const closeGraceMs = 50;

/** `goesOn`: the connection lives, and a message that follows is answered. A number: the code that it is closed with. */
type Outcome = 'goesOn' | number;
type Case = readonly [title: string, outcome: Outcome, ...bytes: Buffer[]];

const frame = (opcode: number, payload: Buffer | string = '', parts: Partial<FrameParts> = {}): Buffer =>
  createFrame({ opcode, payload, ...parts });
const message = (padding: Buffer | string = ''): Buffer =>
  Buffer.concat([Buffer.from('{"type":"ping","t":1,"x":"'), Buffer.from(padding), Buffer.from('"}')]);
/** A message in as many text fragments as there are pieces. */
const pieces = (...parts: readonly (Buffer | string)[]): Buffer[] =>
  parts.map((part, index) =>
    frame(index === 0 ? text : continuation, part, { fin: index === parts.length - 1 }),
  );
/** A message of exactly so many bytes. */
const sized = (bytes: number): Buffer => message('x'.repeat(bytes - message().length));
const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/ /g, ''), 'hex');

const framing: readonly Case[] = [
  ['a frame that is not masked', 1002, frame(text, message(), { masked: false })],
  ['a ping that is not masked', 1002, frame(ping, '', { masked: false })],
  ['RSV1 without an extension', 1002, frame(text, message(), { reserved: 4 })],
  ['RSV2', 1002, frame(text, message(), { reserved: 2 })],
  ['RSV3', 1002, frame(text, message(), { reserved: 1 })],
  ['RSV1 on a ping', 1002, frame(ping, '', { reserved: 4 })],
  ['RSV1 on a continuation', 1002, pieces('{', '')[0]!, frame(continuation, '}', { reserved: 4 })],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): Case => [
    `the reserved opcode ${opcode}`,
    1002,
    frame(opcode, message()),
  ]),
  ['a length of 7 bits', 'goesOn', frame(text, message())],
  ['a length of 16 bits', 'goesOn', frame(text, sized(126))],
  ['the biggest message', 'goesOn', frame(text, sized(16 * 1024))],
  ['a length in 16 bits that 7 would hold', 'goesOn', frame(text, message(), { lengthBits: 16 })],
  ['a length in 64 bits that 16 would hold', 'goesOn', frame(text, sized(200), { lengthBits: 64 })],
  ['a message of 16 KiB and one byte', 1009, frame(text, sized(16 * 1024 + 1))],
  ['a head that promises 16 KiB and one byte', 1009, frame(text, '', { declaredLength: 16_385n })],
  ['a head that promises 64 KiB in 64 bits', 1009, frame(text, '', { declaredLength: 65_536n })],
  ['a head that promises a terabyte', 1009, frame(text, '', { declaredLength: 1n << 40n })],
  ['a length of 64 bits with the highest set', 1009, frame(text, '', { declaredLength: 1n << 63n })],
  ['an empty message', 1007, frame(text)],
  ['a binary message where text was agreed', 1007, frame(binary, message())],
  ['an empty binary message', 1007, frame(binary)],
  ['a compressed bomb', 1002, frame(text, deflateRawSync(Buffer.alloc(10_000_000, 0x20)), { reserved: 4 })],
  ['a small compressed message', 1002, frame(text, deflateRawSync(message()), { reserved: 4 })],
];

const fragmentation: readonly Case[] = [
  ['a message in three fragments', 'goesOn', ...pieces('{"type":"ping",', '"t":', '1}')],
  ['a message in 64 fragments', 'goesOn', ...pieces(...Array<string>(63).fill(' '), message())],
  ['a message in 65 fragments', 1008, ...pieces(...Array<string>(64).fill(' '), message())],
  ['65 empty fragments', 1008, ...pieces(...Array<string>(65).fill(''))],
  ['empty fragments first, between and last', 'goesOn', ...pieces('', '{"type":"ping",', '', '"t":1}', '')],
  ['fragments that are too much together', 1009, ...pieces('x'.repeat(16_000), 'x'.repeat(385))],
  ['a ping between fragments', 'goesOn', ...insert(pieces('{"type":"ping"', ',"t":1}'), frame(ping, 'here'))],
  ['a pong between fragments', 'goesOn', ...insert(pieces('{"type":"ping"', ',"t":1}'), frame(pong))],
  ['text within a fragmented message', 1002, ...insert(pieces('{', '}'), frame(text, message()))],
  ['binary within a fragmented message', 1002, ...insert(pieces('{', '}'), frame(binary, message()))],
  ['a continuation of nothing', 1002, frame(continuation, message())],
  ['a continuation of nothing that is not the last', 1002, frame(continuation, '{', { fin: false })],
  ['a continuation of what has ended', 1002, ...pieces('{"type":"ping",', '"t":1}'), frame(continuation)],
  ['a close within a fragmented message', 1000, ...insert(pieces('{', '}'), createCloseFrame(1000))],
  ['a ping in fragments', 1002, frame(ping, 'a', { fin: false })],
  ['a close in fragments', 1002, frame(close, '', { fin: false })],
];

const control: readonly Case[] = [
  ['an empty ping', 'goesOn', frame(ping)],
  ['a ping of 125 bytes', 'goesOn', frame(ping, 'x'.repeat(125))],
  ['a ping of 126 bytes', 1002, frame(ping, 'x'.repeat(126))],
  ['a pong that nobody asked for', 'goesOn', frame(pong, 'x')],
  ['a pong of 126 bytes', 1002, frame(pong, 'x'.repeat(126))],
  ['a hundred pings at once', 1008, ...Array<Buffer>(100).fill(frame(ping, 'x'.repeat(125)))],
  ['a hundred pongs at once', 1008, ...Array<Buffer>(100).fill(frame(pong))],
  ['a close without a code', 1005, frame(close)],
  ...[1000, 1001, 1002, 1003, 1007, 1014, 3000, 3999, 4000, 4999].map((code): Case => [
    `a close with ${code}`,
    code,
    createCloseFrame(code, 'bye'),
  ]),
  ['a close with a reason of 123 bytes', 1000, createCloseFrame(1000, 'x'.repeat(123))],
  ['a close with a reason of 124 bytes', 1002, createCloseFrame(1000, 'x'.repeat(124))],
  ['a close of one byte', 1002, frame(close, 'x')],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code): Case => [
    `a close with the code ${code}, which nobody may send`,
    1002,
    createCloseFrame(code),
  ]),
  ['a close whose reason is no UTF-8', 1007, createCloseFrame(1000, bytes('c3 28'))],
  ['a close whose reason stops in the middle of a letter', 1007, createCloseFrame(1000, bytes('e2 82'))],
  ['messages after a close', 1000, createCloseFrame(1000), frame(text, message()), frame(ping)],
  ['two closes', 4001, createCloseFrame(4001), createCloseFrame(4002)],
  ['nonsense after a close', 1000, createCloseFrame(1000), Buffer.alloc(1_000, 0xff)],
];

const utf8: readonly Case[] = [
  ['letters of two, three and four bytes', 'goesOn', frame(text, message('ü€😀'))],
  ['the last letter there is and a non-character', 'goesOn', frame(text, message('\u{10ffff}\uffff'))],
  [
    'letters that are split over fragments at every byte',
    'goesOn',
    ...pieces(...Array.from(message('ü€😀'), (byte) => Buffer.from([byte]))),
  ],
  ...(
    [
      ['an overlong slash in two bytes', 'c0 af'],
      ['an overlong slash in three bytes', 'e0 80 af'],
      ['an overlong slash in four bytes', 'f0 80 80 af'],
      ['half a surrogate pair, the first', 'ed a0 80'],
      ['half a surrogate pair, the second', 'ed bf bf'],
      ['a letter beyond U+10FFFF', 'f4 90 80 80'],
      ['a letter of five bytes', 'f8 88 80 80 80'],
      ['the byte FF', 'ff'],
      ['a continuation byte alone', '80'],
      ['a letter that breaks off', 'e2 82'],
    ] as const
  ).map(([title, hex]): Case => [title, 1007, frame(text, message(bytes(hex)))]),
  ['a text that ends within a letter', 1007, frame(text, bytes('7b e2 82'))],
  ['a letter that the next fragment does not go on with', 1007, ...pieces(bytes('7b e2 82'), '}')],
  ['a bad byte in the second of three fragments', 1007, ...pieces('{', bytes('ff'), '}')],
];

function insert(fragments: readonly Buffer[], between: Buffer): Buffer[] {
  return [fragments[0]!, between, ...fragments.slice(1)];
}

describe('frames on the stream', () => {
  let server: TestServer;
  let viewer: RawPeer;
  let peers: RawPeer[];
  let token: string;
  let scopes: readonly string[];
  const liveScopes = (): string[] => server.host.monitor.tasks.live().map(({ name }) => name);

  beforeAll(async () => {
    server = await startTestServer({ closeGraceMs });
    token = await server.token();
    viewer = await RawPeer.live(server.port, token);
    viewer.say({ type: 'subscribe', id: 'v', topics: ['cpu'], intervalMs: 250 });
    await viewer.message('snapshot');
    scopes = liveScopes();
    peers = [];
  });
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.socket.destroy();
  });
  afterAll(async () => {
    viewer.socket.destroy();
    await server[Symbol.asyncDispose]();
  });

  const open = async (options: RawPeerOptions = {}): Promise<RawPeer> => {
    const peer = await RawPeer.live(server.port, token, options);
    peers.push(peer);
    return peer;
  };
  /** Waits until only the viewer is served, and says how long that took. */
  const settle = async (): Promise<number> => {
    const startedMs = performance.now();
    while (server.host.monitor.sessionCount > 1 && performance.now() - startedMs < 5_000)
      await systemClock.sleep(2);
    return performance.now() - startedMs;
  };

  const check = async (
    outcome: Outcome,
    peer: RawPeer,
    send: (peer: RawPeer) => Promise<void>,
  ): Promise<void> => {
    await send(peer);
    if (outcome === 'goesOn') {
      peer.say({ type: 'ping', t: 77 });
      await peer.message('pong', ({ t }) => t === 77);
      expect(peer.closeCode).toBeNull();
      peer.write(createCloseFrame(1000));
    }
    await peer.until(() => peer.ended);
    expect(peer.closeCode).toBe(outcome === 'goesOn' ? 1000 : outcome);
    expect(peer.frames.filter(({ opcode }) => opcode === close)).toHaveLength(1);
    expect(peer.frames.at(-1)?.opcode).toBe(close);
    expect(peer.frames.every(({ fin, reserved, masked }) => fin && reserved === 0 && !masked)).toBe(true);
    // A stubborn peer never closes its side: the host must not wait for it longer than its grace.
    expect(await settle()).toBeLessThan(closeGraceMs + 400);
    expect(liveScopes()).toEqual(scopes);
    expect(viewer.ended).toBe(false);
  };

  describe.each([
    ['framing', framing],
    ['fragmentation', fragmentation],
    ['control frames', control],
    ['UTF-8', utf8],
  ])('%s', (_, cases) => {
    it.each(cases.map(([title, outcome, ...chunks]) => ({ title, outcome, chunks })))(
      '$title: $outcome',
      async ({ outcome, chunks }) => {
        await check(outcome, await open({ polite: false }), async (peer) => peer.write(...chunks));
        const whole = Buffer.concat(chunks);
        if (whole.length > 400) return;
        await check(outcome, await open({ polite: true }), async (peer) => {
          for (const byte of whole) {
            peer.write(Buffer.from([byte]));
            await new Promise((resolve) => setImmediate(resolve));
          }
        });
      },
    );
  });

  it('answers a ping with what it carried, also between the fragments of a message', async () => {
    const peer = await open();
    peer.write(...insert(pieces('{"type":"ping"', ',"t":5}'), frame(ping, 'inner')), frame(ping));
    await peer.message('pong', ({ t }) => t === 5);
    await peer.until(() => peer.frames.filter(({ opcode }) => opcode === pong).length === 2);
    const order = peer.frames.slice(1).map(({ opcode, payload }) => [opcode, payload.toString()]);
    expect(order).toEqual([
      [pong, 'inner'],
      [text, '{"type":"pong","t":5}'],
      [pong, ''],
    ]);
  });

  it('went on serving the viewer beside all of them, without a gap, and has nothing left of them', async () => {
    const before = viewer.heard.filter(({ type }) => type === 'sample').length;
    await viewer.until(
      () => viewer.ended || viewer.heard.filter(({ type }) => type === 'sample').length > before,
    );
    const seqs = viewer.heard.filter((heard) => heard.type === 'sample').map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(4);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(viewer.heard.map(({ type }) => type)).not.toContain('gap');
    await settle();
    expect(server.host.monitor.closedSessions().map(({ tasksLeft }) => tasksLeft)).not.toContain(1);
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
    expect(sockets).toHaveLength(2);
    expect(server.logged).toEqual([]);
  });
});
