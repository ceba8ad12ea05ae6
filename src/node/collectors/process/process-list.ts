import { opendirSync, type Dir } from 'node:fs';
import { join } from 'node:path';
import { deriveFileError, KeptFile } from '../kept-file.ts';
import { seldomMs } from './idle-delay.ts';

/** Names that one call of the kernel's brings, so that a folder of thousands does not hold the event loop. */
const namesAtOnce = 512;

/**
 * Which processes there are. Listing /proc costs as much as reading a quarter of them, and is done only when the
 * number given to the newest task or the count of tasks (/proc/loadavg) has changed, or has not been looked at lately.
 */
export class ProcessList {
  readonly #procRoot: string;
  readonly #loadavg: KeptFile;
  #lastTasks = '';
  #listedMs = -Infinity;

  constructor(procRoot: string) {
    this.#procRoot = procRoot;
    this.#loadavg = new KeptFile(join(procRoot, 'loadavg'));
  }

  /** Whether tasks may have come or gone since the last listing. */
  isDue(nowMs: number): boolean {
    const tasks = this.#readTasks();
    const isDue = tasks === '' || tasks !== this.#lastTasks || nowMs - this.#listedMs >= seldomMs;
    this.#lastTasks = tasks;
    return isDue;
  }

  /** Has it listed at the next pass whatever /proc/loadavg says. */
  expire(): void {
    this.#listedMs = -Infinity;
  }

  /** The numbers of all processes, ascending. Throws MonitorError where /proc cannot be listed. */
  *read(nowMs: number, sliceIsOver: () => boolean): Generator<undefined, number[]> {
    this.#listedMs = nowMs;
    const pids: number[] = [];
    let folder: Dir;
    try {
      folder = opendirSync(this.#procRoot, { bufferSize: namesAtOnce });
    } catch (thrown) {
      throw deriveFileError(this.#procRoot, thrown);
    }
    try {
      for (let entry = folder.readSync(); entry; entry = folder.readSync()) {
        const pid = parsePid(entry.name);
        if (pid > 0) pids.push(pid);
        if (sliceIsOver()) yield;
      }
    } finally {
      folder.closeSync();
    }
    // As /proc gives them, but not every folder that stands in for it.
    return pids.sort((a, b) => a - b);
  }

  close(): void {
    this.#loadavg[Symbol.dispose]();
    this.#lastTasks = '';
    this.#listedMs = -Infinity;
  }

  /** How many tasks there are and the number of the newest: "2/812 40961" less what runs. Empty where it is not told. */
  #readTasks(): string {
    let text: string;
    try {
      text = this.#loadavg.read().toString('latin1');
    } catch {
      // A recorded machine, or a container that hides it: the list is read each time.
      return '';
    }
    return /\/(\d+ \d+)\s*$/.exec(text)?.[1] ?? '';
  }
}

/** A folder's name as the number of a process; 0 for every other folder of /proc. */
function parsePid(name: string): number {
  let pid = 0;
  for (let index = 0; index < name.length; index++) {
    const digit = name.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    pid = pid * 10 + digit;
  }
  return pid <= 2 ** 31 ? pid : 0;
}
