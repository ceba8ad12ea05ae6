import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../lifecycle/monitor-error.ts';
import { parseClientMessage, ServerMessageReader } from '../codec.ts';
import { CompactDecoder } from './decoder.ts';
import { decodeValue, encodeValue } from './message-pack.ts';
import { readGolden } from './testing/read-golden.ts';

const golden = readGolden().filter(({ name }) => name !== 'client-messages');
const frames = readGolden().flatMap(({ frames: ofOne }) => ofOne.map(({ bytes }) => bytes));
const cases = 10_000;
const megabyte = 1024 * 1024;

/** Whatever it is given, it returns or throws one kind of error. */
function expectOrderly(act: () => unknown): void {
  try {
    act();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(MonitorError);
    expect((thrown as MonitorError).code).toBe('invalidMessage');
  }
}

const randomBytes = fc.uint8Array({ maxLength: 400 });
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
/** Some bytes changed, and the end cut off or not. */
const mutation = fc.record({
  changes: fc.array(fc.tuple(share, fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  keep: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: share }),
});

function mutate(
  frame: Uint8Array,
  { changes, keep }: { changes: [number, number][]; keep: number },
): Uint8Array {
  const bytes = frame.slice(0, Math.floor(frame.length * keep));
  for (const [at, value] of changes) if (bytes.length > 0) bytes[Math.floor(at * bytes.length)] = value;
  return bytes;
}
const mutatedFrame = fc.tuple(fc.constantFrom(...frames), mutation).map(([frame, how]) => mutate(frame, how));

describe('hostile bytes', () => {
  it('are a malformed message to a host and nothing else, ten thousand of them', () => {
    const startMs = performance.now();
    fc.assert(
      fc.property(fc.oneof(randomBytes, mutatedFrame), (bytes) => {
        expectOrderly(() => parseClientMessage(bytes, 'compact'));
      }),
      { numRuns: cases },
    );
    expect(performance.now() - startMs).toBeLessThan(20_000);
  });

  it('are a malformed message to a viewer that follows a chain, ten thousand of them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...golden), fc.nat(), mutation, randomBytes, (followed, at, how, noise) => {
        const reader = new ServerMessageReader('compact');
        const next = at % followed.frames.length;
        for (const { bytes } of followed.frames.slice(0, next)) reader.read(bytes);
        expectOrderly(() => reader.read(mutate(followed.frames[next]!.bytes, how)));
        expectOrderly(() => reader.read(noise));
      }),
      { numRuns: cases },
    );
  });

  it.each([
    ['a list of four thousand million items', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map of four thousand million keys', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['a text of four gigabytes', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x41]],
    ['binary data', [0xc4, 1, 7]],
    ['an extension', [0xd4, 1, 7]],
    ['a time stamp', [0xd6, 0xff, 0, 0, 0, 0]],
    ['the byte that is never used', [0xc1]],
    ['nothing', []],
    ['two values', [0x01, 0x02]],
    ['a header that is cut off', [0xdd, 0x00]],
    ['a number that is cut off', [0xcb, 0x00]],
  ])('are refused: %s', (_what, bytes) => {
    expect(() => decodeValue(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'invalidMessage' }),
    );
  });

  it('are refused where every list in a list announces all the bytes that are left', () => {
    const bytes = new Uint8Array(16 * 1024);
    for (let at = 0; at + 3 <= bytes.length; at += 3) {
      const left = bytes.length - at - 3;
      bytes.set([0xdc, left >> 8, left & 0xff], at);
    }
    expectSmall(() => expect(() => decodeValue(bytes)).toThrow('announces more than it has'));
  });

  it('are refused where they are nested deeper than any message', () => {
    const deep = new Uint8Array(16 * 1024).fill(0x91);
    expectSmall(() => expect(() => decodeValue(deep)).toThrow(MonitorError));
    const closed = Uint8Array.from([...new Array<number>(33).fill(0x91), 0x01]);
    expect(() => decodeValue(closed)).toThrow('nested too deep');
    expect(decodeValue(closed.slice(2))).toBeDefined();
  });

  it('are refused where a key would reach into what objects are made of', () => {
    const bytes = Uint8Array.from([0x81, 0xa9, ...Buffer.from('__proto__'), 0x81, 0xa1, 0x78, 0x01]);
    expect(() => decodeValue(bytes)).toThrow(MonitorError);
    const own = decodeValue(encode({ type: 'ping', t: 1, constructor: { prototype: 1 } }));
    expect(Object.getPrototypeOf(own)).toBe(Object.prototype);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('make no more of a frame than its length pays for, frame after frame', () => {
    const columns = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`c${index}`, []]));
    const section = { status: 'ok', readMs: 1, data: { ...columns } };
    const keyframe = {
      type: 'keyframe',
      id: 'a',
      chain: 1,
      seq: 1,
      wallMs: 1,
      monotonicMs: 1,
      topics: ['cpu'],
      sections: { cpu: section },
      message: null,
    };
    expectSmall(() => {
      const decoder = new CompactDecoder();
      decoder.decode(encodeValue(keyframe));
      const bomb = encodeValue([1, 1, 1, 0, 0, [0, [0, [[0, 0, 0, 100_000], 0, []]]]]);
      expect(() => decoder.decode(bomb)).toThrow(MonitorError);
    });
  });

  it('of keyframes without end are refused before they are many', () => {
    const decoder = new CompactDecoder();
    const open = (chain: number): unknown =>
      decoder.decode(
        encodeValue({
          type: 'keyframe',
          id: `s${chain}`,
          chain,
          seq: 1,
          wallMs: 1,
          monotonicMs: 1,
          topics: [],
          sections: {},
          message: null,
        }),
      );
    for (let chain = 0; chain < 256; chain++) expect(open(chain)).toBeNull();
    expect(() => open(256)).toThrow('too many');
  });
});

/** That the work allocates next to nothing. */
function expectSmall(act: () => void): void {
  const before = process.memoryUsage().heapUsed;
  act();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 * megabyte);
}
