import { describe, expect, it } from 'vitest';
import { encodeMessage, ServerMessageReader } from '../codec.ts';
import { advanceChain, encodeDelta, encodeKeyframe, type ChainState } from './chain.ts';
import {
  clientMessages,
  goldenSteps,
  goldenTopics,
  serverMessages,
  type Step,
} from './testing/golden-cases.ts';
import { readGolden } from './testing/read-golden.ts';

interface GoldenFrame {
  readonly hex: string;
  readonly message: unknown;
}

function toGolden(frame: unknown, message: unknown): GoldenFrame {
  return { hex: Buffer.from(frame as Uint8Array).toString('hex'), message };
}

function encodeSteps(number: number, steps: readonly Step[]): GoldenFrame[] {
  const chain = { number, id: 'main', topics: goldenTopics };
  let state: ChainState | null = null;
  return steps.map(({ join, ...rest }, index) => {
    const sample = { seq: 70_000 + index, ...rest };
    const base = state;
    state = advanceChain(state, sample);
    if (!join) {
      const message = { type: 'sample', id: chain.id, ...sample } as const;
      return toGolden(encodeDelta(chain, base!, sample), message);
    }
    const message = join === 'silent' ? null : ({ type: 'snapshot', id: chain.id, ...sample } as const);
    return toGolden(encodeKeyframe(chain, state, message), message);
  });
}

// What a host of this version writes must be what clients of all its versions read: where a test here fails, either a
// change was not meant, or the subprotocol needs a new name. `npx vitest run -u` writes the files anew.
describe('the bytes of the compact encoding', () => {
  it.each([
    ['client-messages', clientMessages],
    ['server-messages', serverMessages],
  ])('are as they were: %s', async (name, messages) => {
    const frames = messages.map((message) => toGolden(encodeMessage(message, 'compact'), message));
    await expect(toText(frames)).toMatchFileSnapshot(`./golden/${name}.json`);
  });

  it.each(Object.keys(goldenSteps))('are as they were: %s of samples', async (name) => {
    const number = 1 + Object.keys(goldenSteps).indexOf(name);
    await expect(toText(encodeSteps(number, goldenSteps[name]!))).toMatchFileSnapshot(
      `./golden/${name}.json`,
    );
  });

  it.each(readGolden().filter(({ name }) => name !== 'client-messages'))(
    'are read as they are written: $name',
    ({ frames }) => {
      const reader = new ServerMessageReader('compact');
      for (const { bytes, message } of frames) expect(reader.read(bytes)).toEqual(message);
    },
  );
});

function toText(frames: readonly GoldenFrame[]): string {
  return `${JSON.stringify(frames, null, 2)}\n`;
}
