import type { Command, Option } from 'commander';

/** What may stand where a value is asked for. */
export type ValueKind =
  | { readonly kind: 'none' | 'text' | 'file' | 'folder' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

export interface DescribedOption {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  readonly value: ValueKind;
}

/** A command with what may follow it, as completions and the manual are made from it. */
export interface DescribedCommand {
  /** Words after the program's name; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly DescribedOption[];
  /** Of the first argument that is no option, where there is one. */
  readonly argument: ValueKind;
  readonly commands: readonly DescribedCommand[];
}

const help: DescribedOption = { name: '--help', description: 'print help', value: { kind: 'none' } };

/** Describes a program and all its commands. Pure. */
export function describeCommands(command: Command, path: readonly string[] = []): DescribedCommand {
  const [first] = command.registeredArguments;
  return {
    path,
    description: command.description(),
    options: [...command.options.filter((option) => !option.hidden).map(describeOption), help],
    argument: first ? deriveValue(first.name(), first.argChoices) : { kind: 'none' },
    commands: command.commands.map((each) => describeCommands(each, [...path, each.name()])),
  };
}

/** A command and all that stand below it, in one list. */
export function listCommands(command: DescribedCommand): DescribedCommand[] {
  return [command, ...command.commands.flatMap(listCommands)];
}

/** Options that take a value, of all commands: the same name takes the same everywhere. */
export function listValues(command: DescribedCommand): Map<string, ValueKind> {
  const options = listCommands(command).flatMap((each) => each.options);
  return new Map(
    options.filter(({ value }) => value.kind !== 'none').map(({ name, value }) => [name, value]),
  );
}

function describeOption(option: Option): DescribedOption {
  const [, placeholder = ''] = /<(.*)>/.exec(option.flags) ?? [];
  return {
    name: option.long ?? option.flags,
    description: option.description,
    value: deriveValue(placeholder, option.argChoices),
  };
}

/** By the name of its place, `<file>` or `<folder>`. */
function deriveValue(placeholder: string, choices: readonly string[] | undefined): ValueKind {
  if (choices) return { kind: 'choice', choices };
  if (placeholder === '') return { kind: 'none' };
  return { kind: placeholder === 'file' || placeholder === 'folder' ? placeholder : 'text' };
}
