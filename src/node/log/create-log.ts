import { fstatSync } from 'node:fs';
import { logLevels, type Log, type LogLevel } from '../server/log.ts';
import { LogFile, type LogFileOptions } from './log-file.ts';
import { createDatedWriter, createJsonWriter, createTextWriter, markForJournal } from './log-writer.ts';
import type { LogFormat, LogWriter } from './log-writer.ts';
import { redactSecrets } from './redact.ts';

export interface CreateLogOptions {
  readonly version: string;
  /** Undefined: words, or JSON where the journal reads. */
  readonly format?: LogFormat | undefined;
  /** The least that is logged. */
  readonly level?: LogLevel | undefined;
  /** Where it is kept beside. */
  readonly file?: Omit<LogFileOptions, 'onProblem'> | undefined;
  /** Writes on standard error. */
  readonly put: (text: string) => void;
  /** Whether what is written there is read by the journal. */
  readonly isJournal: boolean;
  readonly wallMs: () => number;
}

/** A log and its end. */
export interface OwnedLog {
  readonly log: Log;
  /** Resolves once the file holds everything that was logged. Standard error goes on being written. */
  close(): Promise<void>;
}

/** The log of a host: standard error and, if wanted, a file that is rotated. What is secret never gets into either. */
export async function createLog(options: CreateLogOptions): Promise<OwnedLog> {
  const { version, put, isJournal, wallMs, level: least = 'info' } = options;
  const format = options.format ?? (isJournal ? 'json' : 'text');
  const writers: LogWriter[] = [];
  let file: LogFile | null = null;

  let level: LogLevel = 'info';
  const putErr = (line: string): void => put(isJournal ? markForJournal(level, line) : line);
  const toErr = format === 'json' ? await createJsonWriter(putErr, version) : createTextWriter(putErr);
  writers.push((given, message) => {
    level = given;
    toErr(given, message);
  });
  if (options.file) {
    file = new LogFile({ ...options.file, onProblem: (message) => toErr('warning', message) });
    const putFile = (line: string): void => file?.write(line);
    writers.push(
      options.format === 'json'
        ? await createJsonWriter(putFile, version)
        : createDatedWriter(putFile, wallMs),
    );
  }
  const wanted = logLevels.slice(0, logLevels.indexOf(least) + 1);
  return {
    log: (given, message) => {
      if (!wanted.includes(given)) return;
      const redacted = redactSecrets(message);
      for (const write of writers) write(given, redacted);
    },
    close: async () => {
      await file?.close();
      file = null;
    },
  };
}

/** Whether standard error is the journal's. Source: JOURNAL_STREAM in systemd.exec(5). */
export function isJournalStream(environment: Readonly<Record<string, string | undefined>>, fd = 2): boolean {
  const told = environment['JOURNAL_STREAM'];
  if (told === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return told === `${dev}:${ino}`;
  } catch {
    // It is closed.
    return false;
  }
}
