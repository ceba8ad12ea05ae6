import { expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { MetricsHub } from './metrics-hub.ts';
import { createSubscriber } from './subscription.ts';

it('serves those who answer at once after all others, in each tick anew', async () => {
  const clock = new FakeClock();
  const hub = new MetricsHub({
    clock,
    setDemand: () => undefined,
    originMs: () => 0,
    minIntervalMs: () => 1_000,
    stretchOf: () => 1,
  });
  const served: string[] = [];
  let answering = ['one', 'three'];
  for (const name of ['one', 'two', 'three', 'four']) {
    const subscriber = {
      ...createSubscriber(() => undefined),
      get expectsAnswer() {
        return answering.includes(name);
      },
      offer: () => served.push(name) > 0,
    };
    const request = {
      id: 'main',
      topics: ['memory'],
      intervalMs: 1_000,
      encoding: 'json',
      projection: 'whole',
    } as const;
    hub.subscribe(request, subscriber);
  }
  const publish = async (seq: number): Promise<string[]> => {
    const atMs = seq * 1_000;
    const section = { status: 'stale' } as never;
    await hub.publish({ seq, wallMs: atMs, monotonicMs: atMs, sections: { memory: section } });
    return served.splice(0);
  };
  expect(await publish(1)).toEqual(['two', 'four', 'one', 'three']);
  answering = ['two'];
  expect(await publish(2)).toEqual(['one', 'three', 'four', 'two']);
  answering = [];
  expect(await publish(3)).toEqual(['one', 'two', 'three', 'four']);
});
