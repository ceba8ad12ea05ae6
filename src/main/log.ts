import type { Log } from '../node/server/log.ts';

/** Says on standard error what people who run the app should know; the desktop keeps it in its own log. */
export const writeLog: Log = (level, message) => {
  process.stderr.write(`pulsewire: ${level === 'info' ? '' : `${level}: `}${message}\n`);
};

/** Standard error may be a pipe that nobody reads any more, which is no reason to fail. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
