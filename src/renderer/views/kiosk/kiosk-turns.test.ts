import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { startKioskTurns } from './kiosk-turns.ts';

it('turns at the interval that was chosen, moves every minute, and ends', async () => {
  const clock = new FakeClock();
  const [onTurn, onMinute] = [vi.fn(), vi.fn()];
  const stop = startKioskTurns({ clock, turnSeconds: 15, onTurn, onMinute });
  await clock.advance(14_000);
  const before = onTurn.mock.calls.length;
  await clock.advance(46_500);
  expect(onTurn.mock.calls.length - before).toBe(4);
  await clock.advance(60_000);
  expect(onMinute.mock.calls.length).toBeGreaterThanOrEqual(2);
  stop();
  await clock.advance(0);
  const [turns, minutes] = [onTurn.mock.calls.length, onMinute.mock.calls.length];
  await clock.advance(300_000);
  expect([onTurn.mock.calls.length, onMinute.mock.calls.length]).toEqual([turns, minutes]);
});

it('stays where it is without an interval', async () => {
  const clock = new FakeClock();
  const onTurn = vi.fn();
  const stop = startKioskTurns({ clock, turnSeconds: 0, onTurn, onMinute: vi.fn() });
  await clock.advance(600_000);
  expect(onTurn).not.toHaveBeenCalled();
  stop();
  await clock.advance(0);
});
