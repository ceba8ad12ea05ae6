import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/**
 * What kept files are read into. Those that share one hold no memory of their own. Files of /sys `answerWhole`: fewer
 * bytes than were asked for are all of them, which spares a second call. Tables of /proc come in pieces.
 */
export class ReadBuffer {
  readonly answersWhole: boolean;
  bytes = Buffer.allocUnsafe(4096);

  constructor(answersWhole = false) {
    this.answersWhole = answersWhole;
  }
}

/**
 * A file of /proc or /sys whose descriptor is kept and whose text is read anew from its start, into one buffer that
 * grows as needed. Opening without O_NONBLOCK, a pipe in the file's place would hang the reader: it is refused.
 */
export class KeptFile implements Disposable {
  readonly path: string;
  readonly #buffer: ReadBuffer;
  #descriptor: number | null = null;

  constructor(path: string, buffer = new ReadBuffer()) {
    this.path = path;
    this.#buffer = buffer;
  }

  /**
   * The bytes of the file now, valid until the next read into the same buffer. Throws `unsupported` where there is no
   * such file, `needsPermission` where it may not be read, `io` otherwise.
   */
  read(): Buffer {
    try {
      return this.#read(this.#open());
    } catch (first) {
      if (first instanceof MonitorError) throw first;
      // What the descriptor stood for may have gone and come back, as a device does: one fresh try.
      this[Symbol.dispose]();
      try {
        return this.#read(this.#open());
      } catch (thrown) {
        throw deriveFileError(this.path, thrown);
      }
    }
  }

  /** The bytes of the file now, or null where this kernel has no such file. */
  readIfThere(): Buffer | null {
    try {
      return this.read();
    } catch (thrown) {
      if (thrown instanceof MonitorError && thrown.code === 'unsupported') return null;
      throw thrown;
    }
  }

  [Symbol.dispose](): void {
    if (this.#descriptor === null) return;
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    closeSync(descriptor);
  }

  #open(): number {
    this.#descriptor ??= openRegularFile(this.path);
    return this.#descriptor;
  }

  #read(descriptor: number): Buffer {
    for (let length = 0; ;) {
      const { bytes, answersWhole } = this.#buffer;
      const count = readSync(descriptor, bytes, length, bytes.length - length, length);
      length += count;
      if (count === 0 || (answersWhole && length < bytes.length)) return bytes.subarray(0, length);
      if (length === bytes.length) this.#buffer.bytes = Buffer.concat([bytes], 2 * bytes.length);
    }
  }
}

/** A descriptor to read this file by, which the caller closes. Refuses pipes and folders, and waits for none. */
export function openRegularFile(path: string): number {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new MonitorError('unsupported', `${path} is not a regular file.`);
}

/** What failing to read a file means to whoever wanted its figures. */
export function deriveFileError(path: string, thrown: unknown): MonitorError {
  if (thrown instanceof MonitorError) return thrown;
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new MonitorError('unsupported', `This kernel has no ${path}.`, { cause: thrown });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new MonitorError('needsPermission', `${path} may not be read by this user.`, { cause: thrown });
  }
  return new MonitorError('io', `${path} could not be read: ${message}`, { cause: thrown });
}
