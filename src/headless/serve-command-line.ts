import { InvalidArgumentError, type Command } from 'commander';
import { describeBadBind, parseBind as parseBindSetting } from '../node/config/sharing.ts';
import { describeReplaySpeed, isReplaySpeed } from '../node/replay/replay.ts';
import type { CommonOptions } from './command-line.ts';

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

/** Adds what serving takes to a command. */
export function addServeOptions(command: Command): Command {
  return command
    .option('--port <port>', 'port to listen on; 0: any (default: 9740, or the next that is free)', parsePort)
    .option('--bind <address>', 'address to listen on; one of the LAN means sharing on it', parseBind)
    .option('--share', 'share on the LAN, over TLS')
    .option('--share-plain-http', 'share on the LAN, without TLS too, where viewers may only look')
    .option('--json', 'print one line of JSON once it listens, and nothing else')
    .option('--data-dir <folder>', 'folder for all state')
    .option('--config <file>', 'config file (default: config.json where state is kept)')
    .option('--max-clients <count>', 'how many clients are served at once', parseCount)
    .option('--replay <file>', 'serve a recording of "record" in place of this machine')
    .option('--speed <factor>', 'of the replay: so many recorded seconds in one', parseSpeed);
}

/** A count that is given as text. Throws commander's error. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,5}$/.test(text) || count < 1) throw new InvalidArgumentError('It is a number from 1 to 99999.');
  return count;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
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
