import { describe, expect, it } from 'vitest';
import type { GapMessage, SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';
import { ReceivedSamples } from './received-samples.ts';

const base = { id: 'a', wallMs: 0, monotonicMs: 0, sections: {} };
const sample = (seq: number, id = 'a'): SampleMessage => ({ ...base, type: 'sample', id, seq });
const snapshot = (seq: number, id = 'a'): SnapshotMessage => ({ ...base, type: 'snapshot', id, seq });
const gap = (fromSeq: number, toSeq: number, id = 'a'): GapMessage => ({
  type: 'gap',
  id,
  fromSeq,
  toSeq,
  reason: 'slowConsumer',
});

describe('ReceivedSamples', () => {
  it('begins with a snapshot, and after a loss with what came last', () => {
    const received = new ReceivedSamples();
    expect(received.begin('a')).toBeNull();
    received.take(snapshot(5));
    received.take(sample(6));
    expect(received.begin('a')).toBe(6);
    received.forget('a');
    expect(received.begin('a')).toBeNull();
  });

  it('takes nothing twice, but a snapshot of what is known', () => {
    const received = new ReceivedSamples();
    received.begin('a');
    expect(
      [snapshot(5), sample(5), sample(6), sample(6), sample(4)].map((one) => received.take(one)),
    ).toEqual([true, false, true, false, false]);
    expect([snapshot(5), snapshot(6)].map((one) => received.take(one))).toEqual([false, true]);
  });

  it('does not go on from a sample of the subscription that was replaced', () => {
    const received = new ReceivedSamples();
    received.begin('a');
    received.take(sample(9));
    expect(received.begin('a')).toBeNull();
  });

  it('takes a gap once, goes on after it, and takes none of what it does not subscribe to', () => {
    const received = new ReceivedSamples();
    received.begin('a');
    received.take(snapshot(7));
    expect(received.takeGap(gap(8, 9, 'gone'))).toBe(false);
    expect(received.takeGap(gap(8, 9))).toBe(true);
    expect(received.begin('a')).toBe(9);
    expect(received.takeGap(gap(8, 9))).toBe(false);
    expect(received.take(sample(9))).toBe(false);
  });

  it('says from where all of them are whole', () => {
    const received = new ReceivedSamples();
    expect(received.oldestSeq).toBeNull();
    for (const id of ['a', 'b', 'c']) received.begin(id);
    received.take(snapshot(7));
    received.take(snapshot(4, 'b'));
    expect(received.oldestSeq).toBe(4);
  });
});
