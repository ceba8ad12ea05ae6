import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Log } from '../server/log.ts';
import type { AuditEntry, AuditNote } from './audit-entry.ts';

export interface AuditLogOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** A file that would grow past this is put aside. Default 1 MiB. */
  readonly maxBytes?: number;
  /** How many files are kept, the one that is written among them. Default 5. */
  readonly maxFiles?: number;
}

const ownerOnly = 0o600;
/** Adds at the end wherever that is by then; waits for no reader where somebody has put a pipe there. */
const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);
/** How often a file that another process has just put aside is looked for anew. */
const rotationTries = 10;

/**
 * The record of who was let in and what was done, and by whom: lines of JSON, only ever added to, each in one write, for
 * its owner's eyes alone. The file is opened for each line, so that it may be moved away at any time, and so that the
 * command line may write beside the host. A full one is put aside under its time; the oldest of those goes.
 */
export class AuditLog {
  readonly path: string;
  readonly #options: AuditLogOptions;
  /** Lines are written one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: AuditLogOptions) {
    this.path = options.path;
    this.#options = options;
  }

  /** Adds a line. Rejects with MonitorError `io` where it cannot. */
  write(note: AuditNote): Promise<void> {
    const entry: AuditEntry = {
      time: new Date(this.#options.clock.wall()).toISOString(),
      event: note.event,
      who: note.who,
      what: note.what ?? {},
      outcome: note.outcome,
      code: note.code ?? null,
      message: note.message ?? null,
    };
    const bytes = Buffer.from(`${escapeText(JSON.stringify(entry))}\n`);
    const written = this.#last.then(() => this.#append(bytes));
    this.#last = written.catch(() => undefined);
    return written;
  }

  /** Adds a line about what has happened whether it can be written or not; where it cannot, the host's own log says so. */
  note(note: AuditNote): Promise<void> {
    return this.write(note).catch((thrown: unknown) => {
      this.#options.log('error', `Not on record (${note.event}): ${MonitorError.from(thrown).message}`);
    });
  }

  /** Resolves once every line of until now is written, or has failed. Never rejects. */
  settle(): Promise<void> {
    return this.#last;
  }

  async #append(bytes: Buffer): Promise<void> {
    try {
      for (let tries = 0; ; tries++) {
        await using file = await open(this.path, appendFlags, ownerOnly);
        const { ino, size } = await prepare(file);
        const isFull = size > 0 && size + bytes.length > (this.#options.maxBytes ?? 1024 * 1024);
        if (isFull && tries < rotationTries) {
          await this.#putAside(ino);
          continue;
        }
        const { bytesWritten } = await file.write(bytes);
        if (bytesWritten !== bytes.length) throw new Error('the disk is full');
        return;
      }
    } catch (cause) {
      throw new MonitorError('io', `${this.path} cannot be written: ${(cause as Error).message}.`, { cause });
    }
  }

  /** Renames the file of that number, unless another process has done it, and removes the oldest. */
  async #putAside(ino: number): Promise<void> {
    try {
      if ((await stat(this.path)).ino !== ino) return;
      const time = new Date(this.#options.clock.wall()).toISOString().replaceAll(':', '-');
      // A name that nothing has, so that nothing is ever replaced.
      await rename(this.path, `${this.path}.${time}.${randomBytes(3).toString('hex')}`);
      const aside = await listPutAside(this.path);
      for (const path of aside.slice((this.#options.maxFiles ?? 5) - 1)) await unlink(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    }
  }
}

/** The files that were put aside, the newest first. */
export async function listPutAside(path: string): Promise<string[]> {
  const prefix = `${basename(path)}.`;
  return (await readdir(dirname(path)))
    .filter(
      (name) =>
        name.startsWith(prefix) && /^\d{4}-[\dT-]+\.\d{3}Z\.[\da-f]{6}$/.test(name.slice(prefix.length)),
    )
    .sort()
    .reverse()
    .map((name) => join(dirname(path), name));
}

async function prepare(file: FileHandle): Promise<{ ino: number; size: number }> {
  const found = await file.stat();
  if (!found.isFile()) throw new Error('it is no regular file');
  if ((found.mode & 0o777) !== ownerOnly) await file.chmod(ownerOnly);
  return found;
}

/** Names are anybody's text: nothing in the file moves a terminal's cursor or turns the direction of text. */
function escapeText(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
