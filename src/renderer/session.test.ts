import { expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { unknownCpu } from '../shared/series/raw/cpu.ts';
import type { Sample } from '../shared/series/sample.ts';
import { noCpuTimes } from '../shared/series/no-cpu-times.ts';
import { Session } from './session.ts';
import { FrameTicker } from './store/frame-ticker.ts';

it('has rates and series of what was read before it connects', async () => {
  const sample = (second: number): Sample => ({
    ...{ seq: second, wallMs: 1_000_000 + second * 1_000, monotonicMs: second * 1_000 },
    sections: {
      cpu: {
        ...{ status: 'ok', readMs: second * 1_000 },
        data: {
          ...unknownCpu,
          ticksPerSecond: 100,
          cores: [],
          total: { ...noCpuTimes, user: 25 * second, idle: 75 * second },
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
