import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  encodeMessage,
  ServerMessageReader,
  type ClientMessage,
  type ServerMessage,
} from '../../../shared/protocol/index.ts';
import { createFrame, opcodes } from '../testing/raw-frame.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/ /g, ''), 'hex');
const packed = (message: unknown): Buffer => Buffer.from(encodeMessage(message as ClientMessage, 'compact'));
const ping = (t: number): Buffer => packed({ type: 'ping', t });
/** `{"type": "ping", "t": …}` with the bytes of a value. */
const pingOf = (value: string): Buffer =>
  Buffer.concat([hex('82 a4 74797065 a4 70696e67 a1 74'), hex(value)]);

/** Bytes that are no message, each closed with 1007. */
const malformed: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['16 000 arrays in one another', Buffer.alloc(16_000, 0x91)],
  ['5 000 maps in one another', Buffer.from('81a161'.repeat(5_000), 'hex')],
  ['an array of four thousand million', hex('dd ffffffff')],
  ['a map of four thousand million', hex('df ffffffff')],
  ['a text of four thousand million', hex('db ffffffff 61')],
  ['an array of 65 535 with one element', hex('dc ffff 01')],
  ['binary data', hex('c4 01 00')],
  ['binary data of four thousand million', hex('c6 ffffffff')],
  ['a time', hex('d6 ff 00000000')],
  ['an extension', hex('c7 01 05 00')],
  ['the byte that means nothing', hex('c1')],
  ['a map that breaks off', hex('82 a4 74797065')],
  ['a text that breaks off', hex('a5 6162')],
  ['a number that breaks off', hex('cb 00')],
  ['two messages in one', Buffer.concat([ping(1), ping(2)])],
  ['a byte behind it', Buffer.concat([ping(1), hex('00')])],
  ['keys that are numbers', hex('81 01 02')],
  ['keys that are maps', hex('81 80 02')],
  ['keys that are null', hex('81 c0 02')],
  ['a key __proto__', hex('83 a4 74797065 a4 70696e67 a1 74 01 a9 5f5f70726f746f5f5f 80')],
  ['a number that is none', pingOf('cb 7ff8000000000000')],
  ['a number without an end', pingOf('cb 7ff0000000000000')],
  ['the greatest whole number as a sequence', packed({ type: 'ack', seq: 2 ** 64 })],
  ['16 000 nulls', Buffer.concat([hex('dc 3e80'), Buffer.alloc(16_000, 0xc0)])],
  ['text that is JSON', Buffer.from('{"type":"ping","t":1}')],
];

describe('messages in the compact encoding', () => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ closeGraceMs: 100 });
    token = await server.token();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** What a peer was told, read with a reader of its own. */
  const heardBy = (peer: RawPeer): readonly ServerMessage[] => {
    const reader = new ServerMessageReader('compact');
    return peer.frames
      .filter(({ opcode }) => opcode === opcodes.binary)
      .map(({ payload }) => reader.read(payload))
      .filter((message) => message !== null);
  };
  const open = async (): Promise<RawPeer> => {
    const peer = new RawPeer(server.port, {
      polite: true,
      lines: [`Authorization: Bearer ${token}`, 'Sec-WebSocket-Protocol: pulsewire.v1.bin'],
    });
    expect(await peer.handshake()).toBe(101);
    send(peer, packed({ type: 'hello', protocol: 1, client: { name: 'raw', version: '1' } }));
    await peer.until(() => peer.ended || peer.frames.length > 0);
    expect(heardBy(peer)[0]?.type).toBe('welcome');
    return peer;
  };
  const send = (peer: RawPeer, payload: Buffer): void =>
    peer.write(createFrame({ opcode: opcodes.binary, payload }));
  const untilPong = (peer: RawPeer, t: number): Promise<void> =>
    peer.until(() => peer.ended || heardBy(peer).some((heard) => heard.type === 'pong' && heard.t === t));

  it.each(malformed)('closes with 1007 on %s, and says why', async (_, payload) => {
    const peer = await open();
    const startedMs = performance.now();
    send(peer, payload);
    await peer.until(() => peer.ended);
    expect(peer.closeCode).toBe(1007);
    const bye = heardBy(peer).find((heard) => heard.type === 'bye');
    expect(bye).toMatchObject({ code: 'invalidMessage' });
    expect(bye?.reason).not.toMatch(/\bat .+:\d+|node:|\.ts|RangeError/);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('answers what is a message, also in fragments and with what it does not know', async () => {
    const peer = await open();
    const bytes = ping(3);
    peer.write(
      createFrame({ opcode: opcodes.binary, payload: bytes.subarray(0, 4), fin: false }),
      createFrame({ opcode: opcodes.ping, payload: 'between' }),
      createFrame({ opcode: opcodes.continuation, payload: bytes.subarray(4) }),
    );
    await untilPong(peer, 3);
    send(peer, packed({ type: 'ping', t: 4, more: { deep: [1, 2, 3] } }));
    await untilPong(peer, 4);
    send(peer, packed({ type: 'nothing' }));
    send(peer, ping(5));
    await untilPong(peer, 5);
    expect(heardBy(peer).find((heard) => heard.type === 'error')).toMatchObject({ code: 'unknownType' });
    expect(peer.closeCode).toBeNull();
    peer.socket.destroy();
  });

  it('holds to the same limits: no text, 16 KiB, 64 fragments, ten a second', async () => {
    const text = await open();
    text.say({ type: 'ping', t: 1 });
    await text.until(() => text.ended);
    expect(text.closeCode).toBe(1007);

    const big = await open();
    send(big, packed({ type: 'ping', t: 1, x: 'x'.repeat(16 * 1024) }));
    await big.until(() => big.ended);
    expect(big.closeCode).toBe(1009);

    const pieces = await open();
    pieces.write(createFrame({ opcode: opcodes.binary, payload: 'x', fin: false }));
    for (let index = 0; index < 64; index++)
      pieces.write(createFrame({ opcode: opcodes.continuation, payload: 'x', fin: false }));
    await pieces.until(() => pieces.ended);
    expect(pieces.closeCode).toBe(1008);

    const quick = await open();
    for (let index = 0; index < 40; index++) send(quick, ping(index));
    await quick.until(() => quick.ended);
    expect(quick.closeCode).toBe(1008);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('tells a stranger nothing in it either', async () => {
    for (const message of [
      { type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 },
      { type: 'hello', protocol: 1, token: 'wrong', client: { name: 'x', version: '1' } },
    ]) {
      const peer = new RawPeer(server.port, {
        polite: true,
        lines: ['Sec-WebSocket-Protocol: pulsewire.v1.bin'],
      });
      expect(await peer.handshake()).toBe(101);
      send(peer, packed(message));
      await peer.until(() => peer.ended);
      expect([1008, 4401]).toContain(peer.closeCode);
      expect(heardBy(peer).map(({ type }) => type)).toEqual(['bye']);
    }
  });
});
