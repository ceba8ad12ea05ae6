import { expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import type { Command } from './command.ts';
import { CommandRegistry } from './command-registry.ts';
import { KeySequences } from './key-sequences.ts';

function create(keys: readonly string[]): { press: (stroke: string) => string | null; clock: FakeClock } {
  const clock = new FakeClock();
  const registry = new CommandRegistry((problem) => expect.fail(problem));
  registry.register(
    keys.map((each): Command => ({
      id: each,
      title: () => each,
      group: 'app',
      keys: each,
      run: () => undefined,
    })),
  );
  const sequences = new KeySequences((strokes) => registry.find(strokes), clock);
  return {
    clock,
    press: (stroke) => {
      const found = sequences.press(stroke);
      return found === null || found === 'begun' ? found : found.id;
    },
  };
}

it('takes strokes one after the other', () => {
  const { press } = create(['g p', 'g g', 'p']);
  expect(['p', 'g', 'p', 'g', 'g', 'p'].map(press)).toEqual(['p', 'begun', 'g p', 'begun', 'g g', 'p']);
});

it('begins anew with a stroke that does not continue', () => {
  const { press } = create(['g p', 'x']);
  expect(['g', 'x', 'p', 'g', 'q', 'p'].map(press)).toEqual(['begun', 'x', null, 'begun', null, null]);
});

it('forgets what was begun two seconds ago', async () => {
  const { press, clock } = create(['g p', 'p']);
  press('g');
  await clock.advance(2_000);
  expect(press('p')).toBe('g p');
  press('g');
  await clock.advance(2_001);
  expect(press('p')).toBe('p');
});
