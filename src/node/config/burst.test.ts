import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { Burst, settleMs } from './burst.ts';

it('calls once, when the burst is over, and again for the next one', async () => {
  const clock = new FakeClock();
  const onOver = vi.fn(async () => undefined);
  const burst = new Burst(clock, onOver);
  for (let event = 0; event < 5; event++) {
    burst.note();
    await clock.advance(settleMs - 1);
  }
  expect(onOver).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(onOver).toHaveBeenCalledTimes(1);
  burst.note();
  await clock.advance(settleMs);
  expect(onOver).toHaveBeenCalledTimes(2);
});

it('does not call while the last call is under way', async () => {
  const clock = new FakeClock();
  const calls: string[] = [];
  const burst = new Burst(clock, async () => {
    calls.push('begins');
    await clock.sleep(1_000);
    calls.push('ends');
  });
  burst.note();
  await clock.advance(settleMs);
  burst.note();
  await clock.advance(settleMs);
  expect(calls).toEqual(['begins']);
  await clock.advance(2_000);
  expect(calls).toEqual(['begins', 'ends', 'begins', 'ends']);
});

it('calls no more once it is disposed of, and leaves no timer', async () => {
  const clock = new FakeClock();
  const onOver = vi.fn(async () => undefined);
  const burst = new Burst(clock, onOver);
  burst.note();
  burst[Symbol.dispose]();
  burst.note();
  await clock.advance(10 * settleMs);
  expect([onOver.mock.calls.length, clock.sleeping]).toEqual([0, 0]);
});
