import { Argument, type Command } from 'commander';
import { describeCommands } from './describe-commands.ts';
import { renderCompletion, shells, type Shell } from './render-completion.ts';

/** Adds `completion SHELL` to a program: it prints a script that the shell reads. `onText` gets it. */
export function addCompletionCommand(
  program: Command,
  completion: Command,
  onText: (text: string) => void,
): void {
  completion
    .addArgument(new Argument('<shell>', 'for which').choices(shells))
    .action((shell: Shell) => onText(renderCompletion(shell, describeCommands(program))));
}
