/**
 * The plain Node entry: arguments, signals, streams and the exit status, and nothing else. Signals are heard
 * before anything else is loaded, so that one that comes early ends the program as cleanly as a late one.
 */
const stop = new AbortController();
let asked = 0;

function onSignal(signal: NodeJS.Signals): void {
  if (++asked > 1) process.exit(signal === 'SIGINT' ? 130 : 143);
  stop.abort();
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

// A reader that has gone (a pager, a closed terminal) is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const { run } = await import('./run.ts');

process.exitCode = await run({
  args: process.argv.slice(2),
  programDir: import.meta.dirname,
  signal: stop.signal,
  print: (text) => void process.stdout.write(text),
  log: (level, message) => {
    process.stderr.write(`pulsewire: ${level === 'info' ? '' : `${level}: `}${message}\n`);
  },
});

process.off('SIGINT', onSignal);
process.off('SIGTERM', onSignal);
