import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { AuditOptions } from './audit-command.ts';
import { addCompletionCommand } from './completion/completion-command-line.ts';
import type { ConfigOptions } from './config-command.ts';
import type { DiagnoseOptions } from './diagnose-command.ts';
import type { RecordOptions } from './record-command.ts';
import { addGivenOptions, addServeOptions, parseCount, type ServeOptions } from './serve-command-line.ts';
import { addTokenCommands, type TokenInvocation } from './token-command-line.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly dataDir?: string;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly command: 'serve'; readonly options: ServeOptions }
  | TokenInvocation
  | { readonly command: 'audit'; readonly options: AuditOptions }
  | { readonly command: 'diagnose'; readonly options: DiagnoseOptions }
  | { readonly command: 'pair'; readonly options: CommonOptions }
  | { readonly command: 'config'; readonly options: ConfigOptions }
  | { readonly command: 'record'; readonly options: RecordOptions }
  /** Nothing to do but print: help, the version, or what is wrong (one line, for standard error). */
  | { readonly command: 'print'; readonly text: string }
  | { readonly command: 'refuse'; readonly message: string };

/** Hears what a command line asks for. */
export type OnInvoked = (invocation: Invocation) => void;

/**
 * The program with all its commands: what parses the arguments, and what its manual page and the shells' completions are
 * made from. Without a command it serves.
 */
export function createProgram(version: string, onInvoked: OnInvoked = () => undefined): Command {
  const program = new Command('pulsewire');
  // Options of the program may stand before a command; what stands after it wins.
  const withCommon = <Options extends CommonOptions>(options: Options): Options => ({
    ...program.opts<CommonOptions>(),
    ...options,
  });
  const addCommand = (name: string, description: string, parent = program): Command =>
    prepare(parent.command(name))
      .description(description)
      .option('--data-dir <folder>', 'folder for all state');

  prepare(program)
    .description('Watches this machine and serves its figures to viewers. Without a command it serves.')
    .version(version, '--version', 'print the version')
    .helpCommand(false);
  addServeOptions(program).action((options: ServeOptions) => onInvoked({ command: 'serve', options }));

  const serve = prepare(program.command('serve')).description(
    'Serve, without a window, until it is stopped.',
  );
  addServeOptions(serve).action((options: ServeOptions) =>
    onInvoked({ command: 'serve', options: withCommon(options) }),
  );

  const config = prepare(program.command('config')).description(
    'Check the settings that "serve" would have, and print each with where it comes from.',
  );
  addGivenOptions(config)
    .option('--all', 'with those that are left as they are by default')
    .option('--json', 'as JSON')
    .action((options: ConfigOptions) => onInvoked({ command: 'config', options: withCommon(options) }));

  addCommand(
    'pair',
    'Open a new pairing code at the host that runs on the data folder, and print it.',
  ).action((options: CommonOptions) => onInvoked({ command: 'pair', options: withCommon(options) }));

  const token = prepare(program.command('token')).description('Make, list, change and revoke tokens.');
  token.helpCommand(false);
  addTokenCommands(token, (name, description) => addCommand(name, description, token), withCommon, onInvoked);

  addCommand('audit', 'Print who was let in, what was done, and by whom: the newest lines of the audit log.')
    .option('--lines <count>', 'how many', parseCount, 50)
    .option('--json', 'as they are in the file, a JSON object each')
    .action((options: AuditOptions) => onInvoked({ command: 'audit', options: withCommon(options) }));

  addCommand(
    'diagnose',
    'Write a file about how Pulsewire does, to be read and attached to a report of a defect.',
  )
    .option('--out <file>', 'file to write; - prints it (default: a new one in this folder)')
    .option('--force', 'replace a file that is there')
    .option('--full', 'with the names of hosts, devices and networks, addresses and paths')
    .action((options: DiagnoseOptions) => onInvoked({ command: 'diagnose', options: withCommon(options) }));

  prepare(program.command('record'))
    .description('Record what is read of this machine into a file, for "--replay".')
    .requiredOption('--out <file>', 'file to write')
    .option('--minutes <count>', 'for how long', parseMinutes, 6)
    .option('--scrub <file>', 'names to keep and what they become; all others are left out')
    .action((options: RecordOptions) => onInvoked({ command: 'record', options }));
  addCompletionCommand(
    program,
    prepare(program.command('completion')).description('Print what has a shell complete the command line.'),
    (text) => onInvoked({ command: 'print', text }),
  );
  return program;
}

/** Reads arguments (without the program's name). Does nothing and prints nothing. */
export function parseCommandLine(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | null = null;
  let printed = '';
  const program = createProgram(version, (asked) => (invocation = asked));
  forEachCommand(program, (command) =>
    command.configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined }),
  );
  try {
    program.parse(args, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return { command: 'print', text: printed };
    return { command: 'refuse', message: deriveLine(thrown.message) };
  }
  return invocation ?? { command: 'refuse', message: 'There is nothing to do. See --help.' };
}

/** Sets what holds of every command. */
function prepare(command: Command): Command {
  return command
    .exitOverride()
    .helpOption('--help', 'print this')
    .showSuggestionAfterError(true)
    .allowExcessArguments(false);
}

function forEachCommand(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const each of command.commands) forEachCommand(each, act);
}

/** Commander's sentence as one of ours, on one line. */
function deriveLine(message: string): string {
  const [line = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const hint = rest.map((text) => text.trim()).join(' ');
  const sentence = line.charAt(0).toUpperCase() + line.slice(1).replace(/\.?$/, '.');
  return `${sentence}${hint ? ` ${hint}` : ''} See --help.`;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= 600)) throw new InvalidArgumentError('It is over 0 and at most 600.');
  return minutes;
}
