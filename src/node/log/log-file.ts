import { chmod, lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RotatingFileStream } from 'rotating-file-stream';
import { makeFolder } from '../config/make-folder.ts';

export interface LogFileOptions {
  readonly path: string;
  /** A file that would become larger is put aside. */
  readonly maxBytes?: number;
  /** How many that were put aside are kept: `NAME.1` is the newest. */
  readonly keep?: number;
  /** Hears once why it cannot be written; nothing is written then. */
  readonly onProblem: (message: string) => void;
}

/** What is kept until the file is open; more is lost rather than held. */
const mostWaiting = 1_000;

/**
 * A log file for its owner alone (0600) that is rotated by size. Opens by itself, in the background; lines wait until it
 * has. Where it cannot be written the host goes on without it.
 */
export class LogFile {
  readonly #options: Required<LogFileOptions>;
  readonly #opening: Promise<void>;
  #waiting: string[] = [];
  #stream: RotatingFileStream | null = null;
  #isBroken = false;

  constructor(options: LogFileOptions) {
    this.#options = { maxBytes: 5 * 1024 * 1024, keep: 4, ...options };
    this.#opening = this.#open().catch((thrown: unknown) => this.#fail(thrown as Error));
  }

  write(line: string): void {
    if (this.#stream) this.#stream.write(line);
    else if (!this.#isBroken && this.#waiting.length < mostWaiting) this.#waiting.push(line);
  }

  /** Resolves once everything is in the file, or cannot be. */
  async close(): Promise<void> {
    await this.#opening;
    const stream = this.#stream;
    this.#stream = null;
    if (!stream) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.end();
    });
  }

  async #open(): Promise<void> {
    const { path, maxBytes, keep } = this.#options;
    const { createStream } = await import('rotating-file-stream');
    await makeFolder(dirname(path));
    const found = await lstat(path).catch(() => null);
    // A device or a pipe can be no file that is put aside; one that others may read was not made by us.
    if (found && !found.isFile()) throw new Error('there is something else in its place');
    if (found) await chmod(path, 0o600);
    const stream = createStream(basename(path), {
      path: dirname(path),
      size: `${maxBytes}B`,
      rotate: keep,
      mode: 0o600,
    });
    stream.on('error', (error) => this.#fail(error));
    for (const line of this.#waiting) stream.write(line);
    this.#waiting = [];
    this.#stream = stream;
  }

  #fail(error: Error): void {
    this.#stream = null;
    this.#waiting = [];
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#options.onProblem(`The log file ${this.#options.path} is not written any more: ${error.message}.`);
  }
}
