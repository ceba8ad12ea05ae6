import { expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import type { Sample } from '../shared/series/sample.ts';
import { Session } from './session.ts';
import { FrameTicker } from './store/frame-ticker.ts';

it('has rates and series of what was read before it connects', async () => {
  const times = {
    user: 0,
    nice: 0,
    system: 0,
    iowait: 0,
    irq: 0,
    softirq: 0,
    steal: 0,
    guest: 0,
    guestNice: 0,
  };
  const sample = (second: number): Sample => ({
    ...{ seq: second, wallMs: 1_000_000 + second * 1_000, monotonicMs: second * 1_000 },
    sections: {
      cpu: {
        ...{ status: 'ok', readMs: second * 1_000 },
        data: {
          ...{ ticksPerSecond: 100, cores: [], load: null, runnable: null, blocked: null },
          ...{ contextSwitches: null, interrupts: null, forks: null, pressure: null, cgroup: null },
          total: { ...times, user: 25 * second, idle: 75 * second },
        },
      },
    },
  });
  const session = new Session({
    clock: new FakeClock(),
    connect: () => Promise.reject(new Error('nobody is there')),
    clientName: 'test',
    ticker: new FrameTicker({ requestFrame: () => undefined, nowMs: () => 0 }),
    recent: [sample(1), sample(4)],
  });
  expect(session.store.topic('cpu').rates).toMatchObject({ status: 'ok', total: { used: 0.25 } });
  expect(session.store.ring('cpu')?.lastX).toBe(session.store.nowX);
  await session.close();
});
