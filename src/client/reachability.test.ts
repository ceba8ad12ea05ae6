import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { ClientTransport } from './client-transport.ts';
import { createHealthProbe, createReachableConnect } from './reachability.ts';

const transport = {} as ClientTransport;

/** Questions that wait until the test answers them, or until nobody waits for the answer. */
class Questions {
  readonly asked: { answer(): void; fail(): void; readonly signal: AbortSignal }[] = [];

  readonly probe = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      this.asked.push({
        answer: resolve,
        fail: () => reject(new MonitorError('unavailable', 'refused')),
        signal,
      });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
}

async function build() {
  const clock = new FakeClock();
  const questions = new Questions();
  const connect = vi.fn(async () => transport);
  const reachable = createReachableConnect({ clock, connect, probe: questions.probe });
  const controller = new AbortController();
  await reachable(controller.signal);
  return { clock, questions, connect, controller, again: reachable(controller.signal) };
}

describe('createReachableConnect', () => {
  it('connects at once the first time, and after an answer from then on', async () => {
    const { questions, connect, again } = await build();
    expect([questions.asked.length, connect.mock.calls.length]).toEqual([1, 1]);
    questions.asked[0]!.answer();
    await expect(again).resolves.toBe(transport);
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it('asks anew every 2 s beside what is under way, takes the first answer and lets go of the rest', async () => {
    const { clock, questions, again } = await build();
    await clock.advance(6_000);
    expect(questions.asked).toHaveLength(4);
    questions.asked[1]!.answer();
    await again;
    expect(questions.asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true, true]);
    expect(clock.sleeping).toBe(0);
    await clock.advance(10_000);
    expect(questions.asked).toHaveLength(4);
  });

  it('fails at once where the host refuses, and not while an older question may still be answered', async () => {
    const { questions, again } = await build();
    questions.asked[0]!.fail();
    await expect(again).rejects.toMatchObject({ code: 'unavailable' });

    const other = await build();
    await other.clock.advance(2_000);
    other.questions.asked[1]!.fail();
    await other.clock.advance(0);
    other.questions.asked[0]!.answer();
    await expect(other.again).resolves.toBe(transport);
  });

  it('leaves no question and no timer behind when it is aborted', async () => {
    const { clock, questions, controller, again } = await build();
    const reason = new MonitorError('aborted', 'The page was left.');
    controller.abort(reason);
    await expect(again).rejects.toBe(reason);
    expect(questions.asked[0]!.signal.aborted).toBe(true);
    expect(clock.sleeping).toBe(0);
  });
});

describe('createHealthProbe', () => {
  const signal = new AbortController().signal;

  it('asks the host that the stream belongs to, over its own scheme', async () => {
    const request = vi.fn(async () => new Response(null, { status: 503 }));
    await createHealthProbe('wss://box:9740/v1/stream', request)(signal);
    await createHealthProbe('ws://[::1]:9740/v1/stream', request)(signal);
    const urls = (request.mock.calls as unknown as [URL][]).map(([url]) => url.href);
    expect(urls).toEqual(['https://box:9740/healthz', 'http://[::1]:9740/healthz']);
  });

  it('says that the host cannot be reached, or why it was aborted', async () => {
    const request = vi.fn(async () => Promise.reject(new TypeError('fetch failed')));
    await expect(createHealthProbe('ws://box/v1/stream', request)(signal)).rejects.toMatchObject({
      code: 'unavailable',
    });
    const reason = new MonitorError('aborted', 'Over.');
    const aborted = AbortSignal.abort(reason);
    await expect(createHealthProbe('ws://box/v1/stream', request)(aborted)).rejects.toBe(reason);
  });
});
