import { LogFile } from '../node/log/log-file.ts';
import { createDatedWriter, createTextWriter, type LogWriter } from '../node/log/log-writer.ts';
import { redactSecrets } from '../node/log/redact.ts';
import type { Log } from '../node/server/log.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';

const toStandardError = createTextWriter((text) => void process.stderr.write(text));
let file: LogFile | null = null;
let toFile: LogWriter | null = null;

/** Says on standard error, and in the app's log file once there is one, what people who run the app should know. */
export const writeLog: Log = (level, message) => {
  const redacted = redactSecrets(message);
  toStandardError(level, redacted);
  toFile?.(level, redacted);
};

/**
 * Keeps what is said in a file, too, rotated by size: who starts an app from a menu does not see standard error. To be called once
 * it is known that this is the one instance on its folder.
 */
export function keepLogFile(path: string): void {
  const kept = new LogFile({ path, onProblem: (message) => toStandardError('warning', message) });
  file = kept;
  toFile = createDatedWriter(
    (line) => kept.write(line),
    () => systemClock.wall(),
  );
}

/** Resolves once the file holds everything that was said. */
export async function closeLogFile(): Promise<void> {
  toFile = null;
  await file?.close();
}

/** Standard error may be a pipe that nobody reads any more, which is no reason to fail. */
export function tolerateClosedOutput(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
