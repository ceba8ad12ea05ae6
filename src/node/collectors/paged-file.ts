import { closeSync, read } from 'node:fs';
import { deriveFileError, openRegularFile } from './kept-file.ts';

const newline = 0x0a;
/** The kernel gives a page at a time of its long tables, whatever is asked for. */
const pageBytes = 4_096;

/**
 * A table of /proc that can be long, or that the kernel can take long to write: /proc/net/tcp of a machine with much
 * memory takes it 5 ms while there is not one connection. It is read by another thread, a page at a time, through a
 * descriptor that is kept.
 */
export class PagedFile implements Disposable {
  readonly path: string;
  readonly #buffer = Buffer.allocUnsafe(2 * pageBytes);
  #descriptor: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Hands over the table's lines in order, whole ones only, some at a time, each time valid during the call; until
   * `take` returns false. A line longer than a page is passed over. One scan at a time. Throws as `KeptFile.read`
   * does, and with the signal's reason; is to be disposed of only when the scan has ended.
   */
  async scan(signal: AbortSignal, take: (lines: Buffer) => boolean): Promise<void> {
    try {
      this.#descriptor ??= openRegularFile(this.path);
      await this.#scan(this.#descriptor, signal, take);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      this[Symbol.dispose]();
      throw deriveFileError(this.path, thrown);
    }
  }

  [Symbol.dispose](): void {
    if (this.#descriptor === null) return;
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    closeSync(descriptor);
  }

  async #scan(descriptor: number, signal: AbortSignal, take: (lines: Buffer) => boolean): Promise<void> {
    const buffer = this.#buffer;
    let kept = 0;
    let isWithinLongLine = false;
    for (let at = 0; ;) {
      const count = await readInThread(descriptor, buffer, kept, at);
      signal.throwIfAborted();
      at += count;
      const length = kept + count;
      const end = count === 0 ? length : buffer.lastIndexOf(newline, length - 1) + 1;
      const start = isWithinLongLine ? buffer.indexOf(newline) + 1 : 0;
      if (end > start && !take(buffer.subarray(start, end))) return;
      if (count === 0) return;
      isWithinLongLine = end === 0 && (isWithinLongLine || length > pageBytes);
      kept = isWithinLongLine ? 0 : buffer.copy(buffer, 0, end, length);
    }
  }
}

function readInThread(descriptor: number, buffer: Buffer, offset: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, buffer, offset, pageBytes, position, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
