import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { describeBadBind, parseBind as parseBindSetting } from '../node/config/sharing.ts';
import { describeReplaySpeed, isReplaySpeed } from '../node/replay/replay.ts';
import type { AuditOptions } from './audit-command.ts';
import type { RecordOptions } from './record-command.ts';
import { addTokenCommands, type TokenInvocation } from './token-command-line.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly dataDir?: string;
}

/** What serving takes. */
export interface ServeOptions extends CommonOptions {
  readonly port?: number;
  readonly bind?: string;
  readonly share?: boolean;
  readonly sharePlainHttp?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly maxClients?: number;
  readonly replay?: string;
  readonly speed?: number;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly command: 'serve'; readonly options: ServeOptions }
  | TokenInvocation
  | { readonly command: 'audit'; readonly options: AuditOptions }
  | { readonly command: 'pair'; readonly options: CommonOptions }
  | { readonly command: 'record'; readonly options: RecordOptions }
  /** Nothing to do but print: help, the version, or what is wrong (one line, for standard error). */
  | { readonly command: 'print'; readonly text: string }
  | { readonly command: 'refuse'; readonly message: string };

/** Reads arguments (without the program's name). Does nothing and prints nothing. */
export function parseCommandLine(args: readonly string[], version: string): Invocation {
  let invocation: Invocation | null = null;
  let printed = '';
  const program = new Command('pulsewire-headless');
  const prepare = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined })
      .showSuggestionAfterError(true)
      .allowExcessArguments(false);

  prepare(program)
    .description('Serves this machine’s figures to viewers, without a window.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .helpCommand(false)
    .option('--port <port>', 'port to listen on; 0: any (default: 9740, or the next that is free)', parsePort)
    .option('--bind <address>', 'address to listen on; one of the LAN means sharing on it', parseBind)
    .option('--share', 'share on the LAN, over TLS')
    .option('--share-plain-http', 'share on the LAN, without TLS too, where viewers may only look')
    .option('--json', 'print one line of JSON once it listens, and nothing else')
    .option('--data-dir <folder>', 'folder for all state')
    .option('--config <file>', 'config file (default: config.json where state is kept)')
    .option('--max-clients <count>', 'how many clients are served at once', parseCount)
    .option('--replay <file>', 'serve a recording of "record" in place of this machine')
    .option('--speed <factor>', 'of the replay: so many recorded seconds in one', parseSpeed)
    .action((options: ServeOptions) => {
      invocation = { command: 'serve', options };
    });

  prepare(program.command('pair'))
    .description('Open a new pairing code at the host that runs on the data folder, and print it.')
    .helpOption('--help', 'print this')
    .option('--data-dir <folder>', 'folder for all state')
    .action((options: CommonOptions) => {
      invocation = { command: 'pair', options: { ...program.opts<CommonOptions>(), ...options } };
    });

  const token = prepare(program.command('token')).description('Make, list, change and revoke tokens.');
  const subcommand = (name: string, description: string): Command =>
    prepare(token.command(name))
      .description(description)
      .helpOption('--help', 'print this')
      .option('--data-dir <folder>', 'folder for all state');
  token.helpOption('--help', 'print this').helpCommand(false);
  const optionsOf = (options: CommonOptions): CommonOptions => ({
    ...program.opts<CommonOptions>(),
    ...options,
  });

  addTokenCommands(token, subcommand, optionsOf, (asked) => {
    invocation = asked;
  });

  prepare(program.command('audit'))
    .description('Print who was let in, what was done, and by whom: the newest lines of the audit log.')
    .helpOption('--help', 'print this')
    .option('--lines <count>', 'how many', parseCount, 50)
    .option('--json', 'as they are in the file, a JSON object each')
    .option('--data-dir <folder>', 'folder for all state')
    .action((options: AuditOptions) => {
      invocation = { command: 'audit', options: { ...program.opts<CommonOptions>(), ...options } };
    });

  prepare(program.command('record'))
    .description('Record what is read of this machine into a file, for "--replay".')
    .helpOption('--help', 'print this')
    .requiredOption('--out <file>', 'file to write')
    .option('--minutes <count>', 'for how long', parseMinutes, 6)
    .option('--scrub <file>', 'names to keep and what they become; all others are left out')
    .action((options: RecordOptions) => {
      invocation = { command: 'record', options };
    });

  try {
    program.parse(args, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return { command: 'print', text: printed };
    return { command: 'refuse', message: deriveLine(thrown.message) };
  }
  return invocation ?? { command: 'refuse', message: 'There is nothing to do. See --help.' };
}

/** Commander's sentence as one of ours, on one line. */
function deriveLine(message: string): string {
  const [line = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const hint = rest.map((text) => text.trim()).join(' ');
  const sentence = line.charAt(0).toUpperCase() + line.slice(1).replace(/\.?$/, '.');
  return `${sentence}${hint ? ` ${hint}` : ''} See --help.`;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,5}$/.test(text) || count < 1) throw new InvalidArgumentError('It is a number from 1 to 99999.');
  return count;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= 600)) throw new InvalidArgumentError('It is over 0 and at most 600.');
  return minutes;
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!isReplaySpeed(speed)) throw new InvalidArgumentError(describeReplaySpeed);
  return speed;
}

function parseBind(text: string): string {
  if (parseBindSetting(text) === null)
    throw new InvalidArgumentError(`It ${describeBadBind({ input: text })}.`);
  return text;
}
