import type { LogLevel } from '../server/log.ts';

export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** Turns what is logged into lines and puts them somewhere. */
export type LogWriter = (level: LogLevel, message: string) => void;

/** What syslog calls these. Source: sd-daemon(3). */
const priorities: Readonly<Record<LogLevel, number>> = { error: 3, warning: 4, info: 6 };

/** Words for people, as they stand on standard error: `pulsewire: warning: …`. */
export function createTextWriter(put: (line: string) => void): LogWriter {
  return (level, message) => put(`pulsewire: ${level === 'info' ? '' : `${level}: `}${message}\n`);
}

/**
 * The same for a file, where it must be told when it was: `2026-11-26T01:02:03.004Z warning …`. Further lines of a message
 * are indented, so that no message can look like another.
 */
export function createDatedWriter(put: (line: string) => void, wallMs: () => number): LogWriter {
  return (level, message) =>
    put(`${new Date(wallMs()).toISOString()} ${level.padEnd(7)} ${message.replaceAll('\n', '\n  ')}\n`);
}

/**
 * A JSON object a line, made by pino: `{"level":"warning","time":"…","pid":1,"version":"…","msg":"…"}`. The library is
 * loaded only here: it is 9 MB and a tenth of a second that a host which logs words does not have.
 */
export async function createJsonWriter(put: (line: string) => void, version: string): Promise<LogWriter> {
  const { pino } = await import('pino');
  const logger = pino(
    {
      customLevels: { error: 50, warning: 40, info: 30 },
      useOnlyCustomLevels: true,
      level: 'info',
      base: { pid: process.pid, version },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    { write: put },
  );
  return (level, message) => logger[level](message);
}

/** Marks each line with its priority, by which the journal files it: `<4>…`. Source: sd-daemon(3). */
export function markForJournal(level: LogLevel, lines: string): string {
  return lines.replace(/^(?=.)/gm, `<${priorities[level]}>`);
}
