import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { KeptFile, type ReadBuffer } from './kept-file.ts';

/** How long a file that could not be read is taken to be one that cannot: failing costs more than reading. */
const retryMs = 10_000;

/**
 * A file that a machine may lack, keep from this user, or have and refuse to read (EOPNOTSUPP of /proc/pressure under
 * `psi=0`): null then, without a new try for ten seconds. For figures beside those that a collector stands on.
 */
export class OptionalFile implements Disposable {
  readonly #clock: Clock;
  readonly #file: KeptFile;
  #retryAtMs = -Infinity;

  constructor(clock: Clock, path: string, buffer?: ReadBuffer) {
    this.#clock = clock;
    this.#file = new KeptFile(path, buffer);
  }

  /** The bytes of the file now, valid until the next read; null where it does not say. */
  read(): Buffer | null {
    if (this.#retryAtMs > -Infinity && this.#clock.monotonic() < this.#retryAtMs) return null;
    try {
      const bytes = this.#file.read();
      this.#retryAtMs = -Infinity;
      return bytes;
    } catch (thrown) {
      if (!(thrown instanceof MonitorError)) throw thrown;
      this.#retryAtMs = this.#clock.monotonic() + retryMs;
      return null;
    }
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }
}
