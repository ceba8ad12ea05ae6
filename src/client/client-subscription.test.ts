import { describe, expect, it } from 'vitest';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { SampleMessage } from '../shared/protocol/index.ts';
import { ClientSubscription, readerBuffer, type ClientSample } from './client-subscription.ts';

const message = (seq: number): SampleMessage => ({
  type: 'sample',
  id: 's1',
  seq,
  wallMs: seq * 1_000,
  monotonicMs: seq * 1_000,
  sections: {},
});

const take = async (subscription: ClientSubscription, count: number): Promise<ClientSample[]> => {
  const iterator = subscription[Symbol.asyncIterator]();
  const taken: ClientSample[] = [];
  while (taken.length < count) {
    const { value } = await iterator.next();
    if (value) taken.push(value);
  }
  return taken;
};

describe('ClientSubscription', () => {
  it('hands samples to a loop in order, those that waited first', async () => {
    let ended = 0;
    const subscription = new ClientSubscription('s1', null, () => void ended++);
    subscription.receive(message(1));
    subscription.receive(message(2));
    const seqs: number[] = [];
    for await (const { seq } of subscription) {
      seqs.push(seq);
      if (seq === 2) queueMicrotask(() => subscription.receive(message(3)));
      if (seq === 3) break;
    }
    expect(seqs).toEqual([1, 2, 3]);
    expect(ended).toBe(1);
  });

  it('puts a seam on the next sample alone, two runs that were lost as one', () => {
    const heard: ClientSample[] = [];
    const subscription = new ClientSubscription(
      's1',
      (sample) => heard.push(sample),
      () => undefined,
    );
    subscription.receive(message(1));
    subscription.noteSeam({ reason: 'lost', fromSeq: 2, toSeq: 3, cause: 'expired' });
    subscription.noteSeam({ reason: 'lost', fromSeq: 4, toSeq: 5, cause: 'slowConsumer' });
    subscription.receive(message(6));
    subscription.receive(message(7));
    expect(heard.map(({ seam }) => seam)).toEqual([
      null,
      { reason: 'lost', fromSeq: 2, toSeq: 5, cause: 'slowConsumer' },
      null,
    ]);
  });

  it('keeps a restart, after which the numbers of what was lost before say nothing', () => {
    const heard: ClientSample[] = [];
    const subscription = new ClientSubscription(
      's1',
      (sample) => heard.push(sample),
      () => undefined,
    );
    subscription.noteSeam({ reason: 'lost', fromSeq: 2, toSeq: 3, cause: 'expired' });
    subscription.noteSeam({ reason: 'restarted' });
    subscription.noteSeam({ reason: 'lost', fromSeq: 1, toSeq: 1, cause: 'slowConsumer' });
    subscription.receive(message(2));
    expect(heard[0]?.seam).toEqual({ reason: 'restarted' });
  });

  it('drops the oldest for a loop that is too slow, and says which', async () => {
    const subscription = new ClientSubscription('s1', null, () => undefined);
    for (let seq = 1; seq <= readerBuffer + 10; seq++) subscription.receive(message(seq));
    const [first, second] = await take(subscription, 2);
    expect(first).toMatchObject({
      seq: 11,
      seam: { reason: 'lost', fromSeq: 1, toSeq: 10, cause: 'slowReader' },
    });
    expect(second).toMatchObject({ seq: 12, seam: null });
  });

  it('keeps a restart that lies among what was dropped', async () => {
    const subscription = new ClientSubscription('s1', null, () => undefined);
    subscription.receive(message(900));
    subscription.noteSeam({ reason: 'restarted' });
    for (let seq = 1; seq <= readerBuffer + 1; seq++) subscription.receive(message(seq));
    const [first] = await take(subscription, 1);
    expect(first).toMatchObject({ seq: 2, seam: { reason: 'restarted' } });
  });

  it('ends a loop that waits when it is closed, and hears nothing after', async () => {
    const subscription = new ClientSubscription('s1', null, () => undefined);
    const waiting = subscription[Symbol.asyncIterator]().next();
    subscription.close();
    subscription.receive(message(1));
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await subscription[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });

  it('throws in a loop where the host will not have the client any more, after what had come', async () => {
    const subscription = new ClientSubscription('s1', null, () => undefined);
    subscription.receive(message(1));
    subscription.settle(new MonitorError('unauthorized', 'Revoked.'));
    const iterator = subscription[Symbol.asyncIterator]();
    expect((await iterator.next()).value?.seq).toBe(1);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'unauthorized' });
  });
});
