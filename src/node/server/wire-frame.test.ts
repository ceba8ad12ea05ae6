import type { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import type { Frame } from '../../shared/protocol/index.ts';
import { encodeWireFrame } from './wire-frame.ts';

/** Missing in its types. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; maxPayload: number }) => Writable;
};

/** What the other end of `ws` reads. */
async function read(wire: Buffer): Promise<{ data: Buffer; isBinary: boolean }> {
  const receiver = new Receiver({ isServer: false, maxPayload: 1 << 24 });
  return new Promise((resolve, reject) => {
    receiver.on('message', (data: Buffer, isBinary: boolean) => resolve({ data, isBinary }));
    receiver.on('error', reject);
    receiver.write(wire);
  });
}

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'encodes %i bytes so that ws reads them as they were',
  async (bytes) => {
    const text = 'x'.repeat(bytes);
    const binary = new Uint8Array(bytes).fill(7);
    for (const frame of [text, binary] as Frame[]) {
      const { data, isBinary } = await read(encodeWireFrame(frame));
      expect(isBinary).toBe(typeof frame !== 'string');
      expect(data.equals(Buffer.from(frame as string))).toBe(true);
    }
  },
);

it('counts the bytes of text, not its characters', async () => {
  const text = 'ä€😀'.repeat(20);
  expect((await read(encodeWireFrame(text))).data.toString()).toBe(text);
});
