import { expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import type { ProbeReply } from './probe-messages.ts';
import { serveProbe } from './serve-probe.ts';

function serve() {
  const clock = new FakeClock();
  const replies: ProbeReply[] = [];
  const state = { ends: 0, release: (_: unknown): void => undefined };
  const take = serveProbe({
    clock,
    methods: {
      statfs: async (params) => params,
      addresses: () => Promise.resolve({}),
      systeminformation: () => new Promise((resolve) => (state.release = resolve)),
    },
    reply: (message) => replies.push(message),
    onIdle: () => state.ends++,
  });
  return { clock, replies, state, take };
}

it('says that it is ready and answers in any order', async () => {
  const { clock, replies, take, state } = serve();
  take({ id: 1, method: 'systeminformation', params: {} });
  take({ id: 2, method: 'statfs', params: 'two' });
  await clock.advance(0);
  state.release('one');
  await clock.advance(0);
  expect(replies).toEqual([
    { id: 0, value: 'ready' },
    { id: 2, value: 'two' },
    { id: 1, value: 'one' },
  ]);
});

it('answers a question that it does not know with an error', async () => {
  const { clock, replies, take } = serve();
  take({ id: 1, method: 'format', params: {} });
  await clock.advance(0);
  expect(replies[1]).toMatchObject({ id: 1, error: { code: 'io' } });
});

it('ends when nothing has been asked for a minute, not while a question is open', async () => {
  const { clock, state, take } = serve();
  await clock.advance(50_000);
  take({ id: 1, method: 'systeminformation', params: {} });
  await clock.advance(200_000);
  expect(state.ends).toBe(0);
  state.release(1);
  await clock.advance(55_000);
  expect(state.ends).toBe(0);
  await clock.advance(10_000);
  expect(state.ends).toBe(1);
});
