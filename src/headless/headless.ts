import { isatty } from 'node:tty';

/**
 * The plain Node entry: arguments, signals, streams and the exit status, and nothing else. Signals are heard
 * before anything else is loaded, so that one that comes early ends the program as cleanly as a late one.
 */
const stop = new AbortController();
const reloads = new Set<() => void>();
let asked = 0;

function onSignal(signal: NodeJS.Signals): void {
  if (++asked > 1) process.exit(signal === 'SIGINT' ? 130 : 143);
  stop.abort();
}

function onHangUp(): void {
  for (const reload of reloads) reload();
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
// To a service a hang-up means to read its settings anew. A terminal that is closed ends its program, as ever.
if (!isatty(0)) process.on('SIGHUP', onHangUp);

// A reader that has gone (a pager, a closed terminal) is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const { run } = await import('./run.ts');

process.exitCode = await run({
  args: process.argv.slice(2),
  environment: process.env,
  pid: process.pid,
  programDir: import.meta.dirname,
  signal: stop.signal,
  onReload: (listener) => {
    reloads.add(listener);
    return () => void reloads.delete(listener);
  },
  print: (text) => void process.stdout.write(text),
  say: (text) => void process.stderr.write(text),
});

process.off('SIGINT', onSignal);
process.off('SIGTERM', onSignal);
process.off('SIGHUP', onHangUp);
