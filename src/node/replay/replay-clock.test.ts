import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { ReplayClock } from './replay-clock.ts';

const startedWallMs = Date.UTC(2026, 4, 1);
let real: FakeClock;

function open(speed: number): ReplayClock {
  real = new FakeClock();
  return new ReplayClock({ clock: real, speed, startedWallMs });
}

afterEach(() => expect(real.sleeping).toBe(0));

describe('the clock of a replay', () => {
  it('is, for who wakes, exactly when it asked to be woken, and passes as many times as fast', async () => {
    const clock = open(60);
    const woken: [string, number, number][] = [];
    const note = (name: string) => () => void woken.push([name, clock.monotonic(), real.monotonic()]);
    void clock.sleep(3_000).then(note('later'));
    void clock.sleep(1_000).then(note('sooner'));
    await real.advance(49);
    expect(woken.map(([name]) => name)).toEqual(['sooner']);
    await real.advance(1);
    expect(woken).toEqual([
      ['sooner', 1_000, expect.closeTo(1_000 / 60, 6)],
      ['later', 3_000, expect.closeTo(50, 6)],
    ]);
    expect(clock.wall()).toBe(startedWallMs + 3_000);
  });

  it('stands still while nobody sleeps', async () => {
    const clock = open(1);
    await real.advance(60_000);
    expect(clock.monotonic()).toBe(0);
    const slept = clock.sleep(500);
    await real.advance(499);
    expect(clock.monotonic()).toBe(0);
    await real.advance(1);
    await slept;
    expect(clock.monotonic()).toBe(500);
  });

  it('wakes those who are due at once in the order in which they lay down', async () => {
    const clock = open(10);
    const woken: number[] = [];
    for (const name of [1, 2, 3]) void clock.sleep(100).then(() => woken.push(name));
    await real.advance(10);
    expect(woken).toEqual([1, 2, 3]);
  });

  it('leaves nothing out where the host is too slow for the speed', async () => {
    const clock = open(1_000);
    const seen: number[] = [];
    void (async () => {
      for (let passed = 0; passed < 5; passed++) {
        await clock.sleep(1_000);
        seen.push(clock.monotonic());
        real.freeze(700);
      }
    })();
    await real.advance(5_000);
    expect(seen).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
  });

  it('keeps nothing of a sleep that was given up', async () => {
    const clock = open(1);
    const controller = new AbortController();
    const slept = clock.sleep(1_000, controller.signal);
    controller.abort(new Error('no more'));
    await expect(slept).rejects.toThrow('no more');
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('no more');
  });
});
