import { expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { createBeat, Heartbeat, type Pulse } from './heartbeat.ts';

function setUp(): { clock: FakeClock; heartbeat: Heartbeat; scope: TaskScope } {
  const clock = new FakeClock();
  const scope = new TaskScope('test', { clock });
  return { clock, scope, heartbeat: new Heartbeat(scope, defaultLimits) };
}

it('pings a peer that answers every 15 s and never gives it up', async () => {
  const { clock, heartbeat } = setUp();
  const pings: number[] = [];
  let lost = 0;
  const pulse: Pulse = {
    beat: createBeat(),
    ping: () => {
      pings.push(clock.monotonic());
      heartbeat.noteAnswer(pulse);
    },
    lost: () => lost++,
  };
  heartbeat.add(pulse);
  await clock.advance(60_000);
  expect(pings).toEqual([15_000, 30_000, 45_000, 60_000]);
  expect(lost).toBe(0);
});

it('gives a silent peer up after two missed pings, within 30 s of its last answer', async () => {
  const { clock, heartbeat } = setUp();
  const pings: number[] = [];
  let lostAtMs: number | null = null;
  const pulse: Pulse = {
    beat: createBeat(),
    ping: () => pings.push(clock.monotonic()),
    lost: () => (lostAtMs = clock.monotonic()),
  };
  await clock.advance(4_000);
  heartbeat.add(pulse);
  await clock.advance(60_000);
  expect(pings).toHaveLength(2);
  expect(lostAtMs! - 4_000).toBeLessThanOrEqual(30_000);
  expect(heartbeat.size).toBe(0);
});

it('forgives one missed ping that is answered late', async () => {
  const { clock, heartbeat } = setUp();
  let pings = 0;
  let lost = 0;
  const pulse: Pulse = { beat: createBeat(), ping: () => pings++, lost: () => lost++ };
  heartbeat.add(pulse);
  await clock.advance(21_000);
  expect(pings).toBe(2);
  heartbeat.noteAnswer(pulse);
  await clock.advance(13_000);
  expect(lost).toBe(0);
});

it('runs one loop for any number of connections, and none after its scope', async () => {
  const { clock, heartbeat, scope } = setUp();
  for (let index = 0; index < 1_000; index++)
    heartbeat.add({ beat: createBeat(), ping: () => undefined, lost: () => undefined });
  await clock.advance(1);
  expect(clock.sleeping).toBe(1);
  await scope.close('over');
  expect(clock.sleeping).toBe(0);
});

it('does not ask all at once those who came at once', async () => {
  const { clock, heartbeat } = setUp();
  const asked: number[] = [];
  for (let index = 0; index < 1_500; index++) {
    heartbeat.add({ beat: createBeat(), ping: () => asked.push(clock.monotonic()), lost: () => undefined });
  }
  await clock.advance(15_000);
  for (let second = 1; second <= 5; second++) {
    expect(asked.filter((atMs) => atMs === second * 1_000)).toHaveLength(100);
  }
});

it('lets a ping go with what is sent anyway, and sends it alone where nothing is within a turn', async () => {
  const { clock, heartbeat } = setUp();
  let alone = 0;
  let lost = 0;
  const beat = createBeat();
  const pulse: Pulse = { beat, ping: () => alone++, lost: () => lost++ };
  heartbeat.add(pulse);
  await clock.advance(14_500);
  beat.lively = true;
  await clock.advance(500);
  expect([beat.due, alone]).toEqual([true, 0]);
  // It went with a sample, and was answered.
  beat.due = false;
  heartbeat.noteAnswer(pulse);
  await clock.advance(14_500);
  beat.lively = true;
  await clock.advance(500);
  expect([beat.due, alone]).toEqual([true, 0]);
  await clock.advance(1_000);
  expect([beat.due, alone]).toEqual([false, 1]);
  await clock.advance(10_000);
  expect(lost).toBe(1);
});
