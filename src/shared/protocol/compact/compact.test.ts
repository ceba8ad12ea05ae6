import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topics, topicSchemas, type Topic } from '../../series/raw.ts';
import type { Sample, Sections } from '../../series/sample.ts';
import { sectionsSchema, type SampleMessage, type SnapshotMessage } from '../server-messages.ts';
import { advanceChain, encodeDelta, encodeKeyframe, type Chain, type ChainState } from './chain.ts';
import { CompactDecoder, UndecodableError } from './decoder.ts';
import { arbitraryOf } from './testing/arbitrary-of.ts';
import { createRandom, evolve } from './testing/evolve.ts';

const chain: Chain = { number: 7, id: 'main', topics: [...topics].sort() };

/** What JSON makes of it. */
function overJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function toSample(seq: number, sections: Sections, more: Partial<Sample> = {}): Sample {
  return { seq, wallMs: 1.7e12 + seq * 1_000, monotonicMs: seq * 1_000 + 0.125, sections, ...more };
}

function toMessage<Type extends 'sample' | 'snapshot'>(
  type: Type,
  sample: Sample,
): SampleMessage | SnapshotMessage {
  return { type, id: chain.id, ...sample };
}

const memory = (freeBytes: number): Sections =>
  ({ memory: { status: 'ok', readMs: 5, data: { freeBytes, load: { one: 0.25 } } } }) as unknown as Sections;

describe('a chain of samples', () => {
  it.each(topics)('brings what JSON would have brought, for whatever %s may be', (topic) => {
    const data = arbitraryOf(topicSchemas[topic]);
    const section = arbitraryOf(
      (sectionsSchema as unknown as { entries: Record<Topic, unknown> }).entries[topic],
    );
    const step = fc.record({
      fresh: fc.option(section, { freq: 8 }),
      seed: fc.integer(),
      passedMs: fc.oneof(
        fc.integer({ min: 1, max: 5_000_000 }).map((value) => value / 1_000),
        fc.constant(1_000),
      ),
      lagMs: fc.oneof(
        fc.integer({ min: -2_000, max: 90_000 }).map((value) => value / 1_000),
        fc.double({ noNaN: true, min: 0, max: 9 }),
      ),
      discontinuity: fc.option(fc.constantFrom('slept' as const, 'paused' as const), { freq: 9 }),
      absent: fc.boolean(),
    });
    fc.assert(
      fc.property(data, fc.array(step, { minLength: 1, maxLength: 6 }), (first, steps) => {
        let section: unknown = { status: 'ok', readMs: 3.25, data: first };
        let sample = toSample(1, { [topic]: section });
        let state = advanceChain(null, sample);
        const decoder = new CompactDecoder();
        const snapshot = toMessage('snapshot', sample);
        expect(decoder.decode(encodeKeyframe(chain, state, snapshot))).toEqual(overJson(snapshot));
        for (const { fresh, seed, passedMs, lagMs, discontinuity, absent } of steps) {
          const monotonicMs = sample.monotonicMs + passedMs;
          section = fresh ?? evolve(section, createRandom(seed));
          const known = section as { status: string };
          if (known.status === 'ok') section = { ...known, readMs: monotonicMs + lagMs };
          sample = {
            seq: sample.seq + 1,
            wallMs: Math.round(sample.wallMs + passedMs),
            monotonicMs,
            ...(discontinuity && { discontinuity }),
            sections: absent ? {} : { [topic]: section },
          };
          const delta = encodeDelta(chain, state, sample);
          state = advanceChain(state, sample);
          expect(decoder.decode(delta)).toEqual(overJson(toMessage('sample', sample)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('serves all who follow it with one frame, whenever they joined, missed something or came back', () => {
    const wanted: readonly Topic[] = ['cpu', 'memory', 'process', 'host'];
    const first = fc.record(
      Object.fromEntries(wanted.map((topic) => [topic, arbitraryOf(topicSchemas[topic])])),
    );
    const step = fc.record({
      seed: fc.integer(),
      read: fc.subarray([...wanted]),
      /** Read since the last sample of this chain: a snapshot has it, the chain not yet. */
      ahead: fc.subarray([...wanted]),
      misses: fc.subarray([0, 1, 2]),
    });
    fc.assert(
      fc.property(first, fc.array(step, { minLength: 3, maxLength: 12 }), (data, steps) => {
        const known: Record<string, unknown> = {};
        for (const topic of wanted) known[topic] = { status: 'ok', readMs: 1, data: data[topic] };
        let state: ChainState = advanceChain(null, toSample(1, { ...known }));
        const viewers = [0, 1, 2].map(() => ({ decoder: new CompactDecoder(), follows: false }));
        steps.forEach(({ seed, read, ahead, misses }, index) => {
          const random = createRandom(seed);
          for (const topic of read) known[topic] = evolve(known[topic], random);
          const sections = Object.fromEntries(read.map((topic) => [topic, known[topic]])) as Sections;
          const sample = toSample(index + 2, sections);
          const delta = encodeDelta(chain, state, sample);
          state = advanceChain(state, sample);
          for (const topic of ahead) known[topic] = evolve(known[topic], random);
          const snapshot = toMessage('snapshot', toSample(sample.seq, { ...known }));
          const keyframe = encodeKeyframe(chain, state, snapshot);
          viewers.forEach((viewer, number) => {
            if (misses.includes(number)) {
              viewer.follows = false;
            } else if (viewer.follows) {
              expect(viewer.decoder.decode(delta)).toEqual(overJson(toMessage('sample', sample)));
            } else {
              expect(viewer.decoder.decode(keyframe)).toEqual(overJson(snapshot));
              viewer.follows = true;
            }
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('is told without a message to who is to be shown none', () => {
    const base = toSample(4, memory(10));
    const state = advanceChain(null, base);
    const decoder = new CompactDecoder();
    expect(decoder.decode(encodeKeyframe(chain, state, null))).toBeNull();
    const next = toSample(5, memory(12));
    expect(decoder.decode(encodeDelta(chain, state, next))).toEqual(overJson(toMessage('sample', next)));
  });

  it('is followed for each subscription of a connection by itself, until it is done', () => {
    const other: Chain = { ...chain, number: 8, id: 'other' };
    const base = toSample(1, memory(10));
    const state = advanceChain(null, base);
    const decoder = new CompactDecoder();
    decoder.decode(encodeKeyframe(chain, state, null));
    decoder.decode(encodeKeyframe(other, state, null));
    const next = toSample(2, memory(11));
    expect(decoder.decode(encodeDelta(other, state, next))).toMatchObject({
      id: 'other',
      sections: next.sections,
    });
    expect(decoder.decode(encodeDelta(chain, state, next))).toMatchObject({
      id: 'main',
      sections: next.sections,
    });
  });
});

describe('a change of something else', () => {
  const states = [1, 2, 3].map((seq) => advanceChain(null, toSample(seq, memory(10 * seq))));

  it.each([
    ['what was never known', null, 1],
    ['an older sample than the last', states[1]!, 0],
    ['a newer sample than the last', states[0]!, 1],
  ])('is refused where it is of %s, and nothing is shown', (_what, known, base) => {
    const decoder = new CompactDecoder();
    if (known) decoder.decode(encodeKeyframe(chain, known, null));
    const delta = encodeDelta(chain, states[base]!, toSample(9, memory(90)));
    expect(() => decoder.decode(delta)).toThrow(UndecodableError);
  });

  it('is refused where it is of another chain with the same id', () => {
    const decoder = new CompactDecoder();
    decoder.decode(encodeKeyframe(chain, states[0]!, null));
    const delta = encodeDelta({ ...chain, number: 9 }, states[0]!, toSample(2, memory(20)));
    expect(() => decoder.decode(delta)).toThrow('changes what is not known');
  });

  it('ends all that was followed until the next keyframe', () => {
    const decoder = new CompactDecoder();
    decoder.decode(encodeKeyframe(chain, states[0]!, null));
    expect(() => decoder.decode(encodeDelta(chain, states[1]!, toSample(3, memory(30))))).toThrow(
      UndecodableError,
    );
    const right = encodeDelta(chain, states[0]!, toSample(2, memory(20)));
    expect(() => decoder.decode(right)).toThrow(UndecodableError);
    decoder.decode(encodeKeyframe(chain, states[0]!, null));
    expect(decoder.decode(right)).toMatchObject({ seq: 2 });
  });
});
