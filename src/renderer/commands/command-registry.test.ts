import { expect, it, vi } from 'vitest';
import type { Command } from './command.ts';
import { CommandRegistry } from './command-registry.ts';

function command(id: string, keys?: Command['keys'], rest: Partial<Command> = {}): Command {
  return {
    id,
    title: () => id,
    group: 'app',
    ...(keys === undefined ? {} : { keys }),
    run: vi.fn(),
    ...rest,
  };
}

function create(): { registry: CommandRegistry; problems: string[] } {
  const problems: string[] = [];
  return { registry: new CommandRegistry((problem) => problems.push(problem)), problems };
}

it('finds a command by any of its keys while it is registered, and not after', () => {
  const { registry, problems } = create();
  const go = command('go', ['6', 'g p']);
  const stop = registry.register([go]);
  expect([registry.find(['6']), registry.find(['g', 'p']), registry.find(['g'])]).toEqual([go, go, 'begun']);
  expect(registry.find(['p'])).toBe(null);
  stop();
  expect([registry.find(['6']), registry.find(['g']), registry.commands()]).toEqual([null, null, []]);
  expect(problems).toEqual([]);
});

it('says which two want the same keys, and leaves them to the first', () => {
  const { registry, problems } = create();
  const first = command('first', 'Mod+K');
  registry.register([first]);
  registry.register([command('second', 'Mod+k')]);
  expect(registry.find(['Mod+k'])).toBe(first);
  expect(problems).toEqual(['“Mod+k” of “second” is taken by “Mod+k” of “first”.']);
});

it('takes keys that begin longer ones for a conflict, in either order', () => {
  for (const [one, other] of [
    ['g', 'g p'],
    ['g p', 'g'],
  ] as const) {
    const { registry, problems } = create();
    registry.register([command('one', one), command('other', other)]);
    expect(problems).toHaveLength(1);
  }
});

it('refuses a second command of the same name', () => {
  const { registry, problems } = create();
  registry.register([command('same')]);
  registry.register([command('same')]);
  expect(registry.commands()).toHaveLength(1);
  expect(problems).toEqual(['There is a command “same” already.']);
});

it('gives Escape to the newest that has a use for it', () => {
  const { registry, problems } = create();
  let isOpen = true;
  const page = command('page', 'Escape');
  const details = command('details', 'Escape', { isEnabled: () => isOpen });
  registry.register([page]);
  registry.register([details]);
  expect(registry.find(['Escape'])).toBe(details);
  isOpen = false;
  expect(registry.find(['Escape'])).toBe(page);
  expect(problems).toEqual([]);
});

it('leaves the keys of what would do nothing alone', () => {
  const { registry } = create();
  registry.register([command('never', ['x', 'g x'], { isEnabled: () => false })]);
  expect([registry.find(['x']), registry.find(['g'])]).toEqual([null, null]);
});

it('says so once for every change, to those who listen', () => {
  const { registry } = create();
  const heard = vi.fn();
  const stop = registry.onChange(heard);
  const away = registry.register([command('a'), command('b')]);
  const hide = registry.registerHints([{ id: 'c', title: () => 'c', group: 'processes', keys: 'Enter' }]);
  expect([heard.mock.calls.length, registry.hints().length]).toEqual([2, 1]);
  stop();
  away();
  hide();
  expect([heard.mock.calls.length, registry.hints().length]).toEqual([2, 0]);
});
