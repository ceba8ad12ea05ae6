import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { ByteScanner } from '../byte-scanner.ts';
import { findCgroupFolders } from '../cgroup.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallNumber } from '../small-file.ts';

/** A limit of memory, and the file that says how much of it is used now. */
export interface MemoryLimit {
  readonly limitBytes: number;
  readonly usedFile: string;
}

/** Values from here on are how version 1 says "no limit" (the largest page-aligned 63-bit number). */
const unlimitedBytes = 2 ** 60;

/**
 * The tightest limit on the way from this process's control group to the root; null where there is none. Source:
 * cgroup-v2.rst (`memory.max`, `memory.current`), and for version 1 `memory.limit_in_bytes`.
 */
export function readMemoryLimit(procRoot: string, sysRoot: string): MemoryLimit | null {
  const folders = findCgroupFolders(procRoot, sysRoot);
  let tightest: MemoryLimit | null = null;
  const consider = (folder: string, limitName: string, usedName: string): void => {
    const limitBytes = readSmallNumber(join(folder, limitName));
    if (limitBytes === null || limitBytes >= (tightest?.limitBytes ?? unlimitedBytes)) return;
    tightest = { limitBytes, usedFile: join(folder, usedName) };
  };
  for (const { folder } of folders.unified) consider(folder, 'memory.max', 'memory.current');
  for (const { folder } of folders.memory) consider(folder, 'memory.limit_in_bytes', 'memory.usage_in_bytes');
  return tightest;
}

/** The tightest limit, looked for every 10 s, and its use, read each time from a kept descriptor. */
export class OwnMemoryGroup implements Disposable {
  readonly #clock: Clock;
  readonly #limits: Refreshed<MemoryLimit | null>;
  #used: { readonly path: string; readonly file: OptionalFile } | null = null;

  constructor({ clock, procRoot, sysRoot }: LinuxSources) {
    this.#clock = clock;
    this.#limits = new Refreshed(clock, 10_000, () => readMemoryLimit(procRoot, sysRoot));
  }

  /** Null without a limit, or where its use is not told; one that is no less than the machine's memory is none. */
  read(totalBytes: number): MemoryRaw['limit'] {
    const limit = this.#limits.get();
    if (!limit || limit.limitBytes >= totalBytes) return null;
    if (this.#used?.path !== limit.usedFile) {
      this[Symbol.dispose]();
      this.#used = { path: limit.usedFile, file: new OptionalFile(this.#clock, limit.usedFile) };
    }
    const bytes = this.#used?.file.read();
    const usedBytes = bytes ? new ByteScanner(bytes).numberIfThere() : null;
    return usedBytes === null ? null : { limitBytes: limit.limitBytes, usedBytes };
  }

  [Symbol.dispose](): void {
    this.#used?.file[Symbol.dispose]();
    this.#used = null;
  }
}
