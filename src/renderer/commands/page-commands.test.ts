import { expect, it } from 'vitest';
import { pages } from '../views/pages.ts';
import { keysOf } from './command.ts';
import { CommandRegistry } from './command-registry.ts';
import { derivePageCommands } from './page-commands.ts';

it('gives every page its letter after g, and the first ten their number, without a conflict', () => {
  const problems: string[] = [];
  const opened: string[] = [];
  const registry = new CommandRegistry((problem) => problems.push(problem));
  const commands = derivePageCommands(pages, ({ name }) => opened.push(name));
  registry.register(commands);
  expect(problems).toEqual([]);
  expect(commands.filter((command) => !keysOf(command).some((keys) => keys.startsWith('g ')))).toEqual([]);
  expect(commands.slice(0, 10).map((command) => keysOf(command)[0])).toEqual([...'1234567890']);
  for (const command of commands) command.run();
  expect(opened).toEqual(pages.map(({ name }) => name));
});
