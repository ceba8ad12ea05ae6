import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { Log } from '../node/server/log.ts';
import { parseCommandLine } from './command-line.ts';
import { deriveExitStatus, serve } from './serve.ts';
import { runTokenCommand } from './token-commands.ts';
import { readVersion } from './version.ts';

/** The plain Node entry: arguments, signals, streams and the exit status, and nothing else. */
const log: Log = (level, message) => {
  process.stderr.write(`pulsewire: ${level === 'info' ? '' : `${level}: `}${message}\n`);
};

// A reader that has gone (a pager, a closed terminal) is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.exitCode = await run();

async function run(): Promise<number> {
  const stop = new AbortController();
  let asked = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (++asked > 1) process.exit(signal === 'SIGINT' ? 130 : 143);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const version = readVersion(import.meta.dirname);
    const invocation = parseCommandLine(process.argv.slice(2), version);
    switch (invocation.command) {
      case 'print':
        process.stdout.write(invocation.text);
        return 0;
      case 'refuse':
        log('info', invocation.message);
        return 2;
      case 'serve':
        await serve(invocation.options, {
          version,
          programDir: import.meta.dirname,
          log,
          print: (text) => process.stdout.write(text),
          signal: stop.signal,
        });
        return 0;
      default:
        process.stdout.write(await runTokenCommand(invocation, log));
        return 0;
    }
  } catch (thrown) {
    const error = MonitorError.from(thrown);
    log('info', error.message.replaceAll('\n', ' '));
    return deriveExitStatus(error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
