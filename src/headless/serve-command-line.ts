import { InvalidArgumentError, type Command } from 'commander';
import { givenEntries, parseGiven, type GivenValues } from '../node/config/given-settings.ts';
import { describeReplaySpeed, isReplaySpeed } from '../node/replay/replay.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';

/** What serving takes: every setting that can be given, and what is about this run alone. */
export interface ServeOptions extends GivenValues {
  readonly json?: boolean;
  readonly replay?: string;
  readonly speed?: number;
}

/** Adds every setting that can be given on the command line. */
export function addGivenOptions(command: Command): Command {
  for (const [, setting] of givenEntries) {
    const { flags, about, variable, type } = setting;
    if (flags === null) continue;
    const description = `${about} (or ${variable})`;
    if (type === 'switch') command.option(flags, description);
    else command.option(flags, description, (text: string) => asArgument(() => parseGiven(setting, text)));
  }
  return command;
}

/** Adds what serving takes to a command. */
export function addServeOptions(command: Command): Command {
  return addGivenOptions(command)
    .option('--json', 'print one line of JSON once it listens, and nothing else')
    .option('--replay <file>', 'serve a recording of "record" in place of this machine')
    .option('--speed <factor>', 'of the replay: so many recorded seconds in one', parseSpeed);
}

/** A count that is given as text. Throws commander's error. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,5}$/.test(text) || count < 1) throw new InvalidArgumentError('It is a number from 1 to 99999.');
  return count;
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!isReplaySpeed(speed)) throw new InvalidArgumentError(describeReplaySpeed);
  return speed;
}

/** What is wrong with a value, as commander wants to hear it. */
function asArgument<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (thrown) {
    throw new InvalidArgumentError(`It ${MonitorError.from(thrown).message}.`);
  }
}
