import { open } from 'node:fs/promises';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** One line of the log. Never a token, and nothing of a command line. */
export interface AuditEntry {
  /** The client's number at this host, its own name for itself, what it was let in for, and where it is. */
  readonly client: string;
  readonly clientName: string;
  readonly kind: string;
  readonly scope: string;
  readonly address: string | null;
  readonly method: string;
  readonly pid: number | null;
  readonly startTicks: number | null;
  readonly processName: string | null;
  /** What was asked for: the action, or the priority. */
  readonly wanted: string | number | null;
  /** `asked` before anything is done, so that nothing is done unseen; then what came of it. */
  readonly outcome: 'asked' | 'done' | 'refused';
  readonly code: string | null;
  readonly message: string | null;
}

const ownerOnly = 0o600;

/**
 * The record of what was done to processes and by whom: lines of JSON, only ever added to, for its owner's eyes alone.
 * The file is opened for each line, so that it may be moved away at any time.
 */
export class AuditLog {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Adds a line, in one write. Throws MonitorError `io` where it cannot. */
  async write(time: Date, entry: AuditEntry): Promise<void> {
    const bytes = Buffer.from(`${escape(JSON.stringify({ time: time.toISOString(), ...entry }))}\n`);
    try {
      await using file = await open(this.path, 'a', ownerOnly);
      const stat = await file.stat();
      if (!stat.isFile()) throw new Error('it is no regular file');
      if ((stat.mode & 0o777) !== ownerOnly) await file.chmod(ownerOnly);
      const { bytesWritten } = await file.write(bytes);
      if (bytesWritten !== bytes.length) throw new Error('the disk is full');
    } catch (cause) {
      throw new MonitorError('io', `${this.path} cannot be written: ${(cause as Error).message}.`, { cause });
    }
  }
}

/** Names are anybody's text: nothing in the file moves a terminal's cursor or turns the direction of text. */
function escape(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
