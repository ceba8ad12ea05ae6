import { closeSync } from 'node:fs';
import { buildColumns, noColumns, type ProcessColumns } from './build-columns.ts';
import { deriveIdleDelayMs, seldomMs } from './idle-delay.ts';
import { parsePidIo } from './parse-pid-io.ts';
import { parseResidentPages } from './parse-pid-statm.ts';
import { createPidStat, parsePidStat } from './parse-pid-stat.ts';
import { ProcessList } from './process-list.ts';
import { openKept, readBytes, readKept } from './read-bytes.ts';
import { readFacts } from './read-facts.ts';
import { TrackedProcess } from './tracked-process.ts';
import type { UserNames } from './user-names.ts';

export interface ProcessTableOptions {
  readonly procRoot: string;
  readonly users: UserNames;
  readonly pageSize: number;
  /** How many descriptors are kept open between readings; beyond it files are opened anew. */
  readonly maxKept: number;
  readonly now: () => number;
  /** Whether the time is up that one turn may hold the event loop for. */
  readonly sliceIsOver: () => boolean;
}

/** Passes do not come at the very time they are due. */
const toleranceMs = 100;
/** A process that may not be read, or whose file is nonsense, is tried again after so long. */
const retryMs = 30_000;
/** For how many readings after it did something a process's traffic is read, and of how many in one pass. */
const ioReads = 3;
const maxIoReads = 128;
/** When facts are read again: soon, since a new process may yet become another program; then as it has done much or nothing. */
const firstFactsMs = 2_000;
const activeFactsMs = 30_000;
const idleFactsMs = 300_000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Every process, each read from /proc/PID/stat through a descriptor that is kept: after the process's end it gives
 * ESRCH, and never another process that got its number. The idle ones are read seldom; see `deriveIdleDelayMs`.
 */
export class ProcessTable {
  readonly #options: ProcessTableOptions;
  readonly #list: ProcessList;
  readonly #known = new Map<number, TrackedProcess>();
  readonly #stat = createPidStat();
  readonly #buffer = Buffer.allocUnsafe(4096);
  #rows: TrackedProcess[] = [];
  #columns: ProcessColumns = noColumns;
  #kept = 0;
  #passes = 0;
  #ioReadsLeft = 0;

  constructor(options: ProcessTableOptions) {
    this.#options = options;
    this.#list = new ProcessList(options.procRoot);
  }

  /**
   * Reads what is due. Yields whenever the turn's time is up, to be resumed in another; what it returns is never
   * changed by later passes. Throws MonitorError where /proc cannot be listed.
   */
  *pass(): Generator<undefined, ProcessColumns> {
    const startMs = this.#options.now();
    this.#passes++;
    this.#ioReadsLeft = maxIoReads;
    if (this.#list.isDue(startMs)) yield* this.#updateRows(startMs);
    const { length } = this.#rows;
    let gone = 0;
    // From another row each time, so that what is bounded falls to each in turn.
    const offset = length === 0 ? 0 : (this.#passes * 97) % length;
    for (let index = 0; index < length; index++) {
      const row = this.#rows[(index + offset) % length]!;
      if (row.dueMs > startMs + toleranceMs) continue;
      if (!this.#readRow(row)) gone++;
      if (this.#options.sliceIsOver()) yield;
    }
    if (gone > 0) {
      this.#rows = this.#rows.filter((row) => this.#known.get(row.pid) === row);
      // Their numbers may be in use again already.
      this.#list.expire();
    }
    const shown = this.#rows.every((row) => row.known) ? this.#rows : this.#rows.filter((row) => row.known);
    this.#columns = yield* buildColumns(this.#columns, shown, startMs, this.#options.sliceIsOver);
    return this.#columns;
  }

  /** Forgets everything and closes what is open. */
  clear(): void {
    for (const row of this.#known.values()) this.#release(row);
    this.#known.clear();
    this.#rows = [];
    this.#columns = noColumns;
    this.#list.close();
  }

  *#updateRows(nowMs: number): Generator<undefined, void> {
    const pids = yield* this.#list.read(nowMs, this.#options.sliceIsOver);
    const rows: TrackedProcess[] = [];
    for (const pid of pids) {
      let row = this.#known.get(pid);
      if (!row) {
        row = new TrackedProcess(this.#options.procRoot, pid);
        this.#known.set(pid, row);
      }
      row.listing = this.#passes;
      rows.push(row);
      if (this.#options.sliceIsOver()) yield;
    }
    for (const row of this.#known.values()) if (row.listing !== this.#passes) this.#forget(row);
    this.#rows = rows;
  }

  /** Whether the process is still there. */
  #readRow(row: TrackedProcess): boolean {
    const readAtMs = this.#options.now();
    let length: number;
    try {
      length = this.#readStat(row);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'ESRCH' || code === 'ENOENT' || code === 'ENOTDIR') {
        this.#forget(row);
        return false;
      }
      this.#release(row);
      row.dueMs = readAtMs + (row.known ? seldomMs : retryMs);
      return true;
    }
    const stat = this.#stat;
    if (!parsePidStat(this.#buffer, length, stat) || stat.pid !== row.pid) {
      row.dueMs = readAtMs + (row.known ? seldomMs : retryMs);
      return true;
    }
    // Opened anew, the number may have become another process's.
    const isNew = !row.known || row.startTicks !== stat.startTicks;
    const isActive =
      !isNew &&
      (stat.cpuTicks !== row.cpuTicks ||
        stat.state === 'R' ||
        stat.state === 'D' ||
        stat.state !== row.state);
    const isRenamed = this.#takeName(row);
    row.known = true;
    row.startTicks = stat.startTicks;
    row.parentPid = stat.parentPid;
    row.state = stat.state;
    row.threadCount = stat.threadCount;
    row.nice = stat.nice;
    row.cpuTicks = stat.cpuTicks;
    row.readAtMs = readAtMs;
    row.idleReads = isNew || isActive ? 0 : row.idleReads + 1;
    row.dueMs = readAtMs + deriveIdleDelayMs(row.pid, row.idleReads);
    if (isNew || isActive || row.statPages !== stat.residentPages) this.#readMemory(row);
    if (isActive) row.ioReads = ioReads;
    if (isNew) row.ioReads = 0;
    if (isNew || isRenamed || readAtMs >= row.factsDueMs) this.#readFacts(row, isNew, readAtMs);
    this.#readIo(row);
    return true;
  }

  #readStat(row: TrackedProcess): number {
    if (row.statDescriptor >= 0) return readKept(row.statDescriptor, this.#buffer);
    const descriptor = openKept(row.statPath);
    if (this.#kept < this.#options.maxKept) {
      this.#kept++;
      row.statDescriptor = descriptor;
      return readKept(descriptor, this.#buffer);
    }
    try {
      return readKept(descriptor, this.#buffer);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Takes the name over, making a string only of one that is new. Whether it is another than before. */
  #takeName(row: TrackedProcess): boolean {
    const { nameStart, nameEnd } = this.#stat;
    const bytes = this.#buffer;
    const { name } = row;
    let same = name.length === nameEnd - nameStart;
    for (let index = 0; same && index < name.length; index++) {
      const byte = bytes[nameStart + index]!;
      same = byte < 0x80 && byte === name.charCodeAt(index);
    }
    if (same) return false;
    const text = decoder.decode(bytes.subarray(nameStart, nameEnd));
    if (text === name) return false;
    row.name = text;
    return true;
  }

  /**
   * Memory of a process that did something. Kernels from 6.2 on count it for each processor and say in /proc/PID/stat
   * what they have summed up so far, which is off by up to 128 KiB a processor and more; /proc/PID/statm says all of it.
   */
  #readMemory(row: TrackedProcess): void {
    const { residentPages, isKernelThread } = this.#stat;
    row.statPages = residentPages;
    const length = isKernelThread ? -1 : readBytes(row.statmPath, this.#buffer);
    const exactPages = length > 0 ? parseResidentPages(this.#buffer, length) : null;
    row.residentBytes = (exactPages ?? residentPages) * this.#options.pageSize;
  }

  #readFacts(row: TrackedProcess, isNew: boolean, nowMs: number): void {
    const folder = `${this.#options.procRoot}/${row.pid}`;
    const { isKernelThread } = this.#stat;
    const { name, state } = row;
    const { command, user, group } = readFacts(folder, { name, state, isKernelThread }, this.#options.users);
    row.user = user;
    row.group = group;
    if (command !== null || isNew) row.command = command ?? '';
    row.ioForbidden = false;
    const isQuiet = row.cpuTicks === row.factsTicks;
    const delayMs = isNew || command === null ? firstFactsMs : isQuiet ? idleFactsMs : activeFactsMs;
    // Spread, so that those which were found together are not read together for ever.
    row.factsDueMs = nowMs + delayMs * (1 + (row.pid % 16) / 16);
    row.factsTicks = row.cpuTicks;
  }

  /** What it read from and wrote to storage, of a process that did something lately. */
  #readIo(row: TrackedProcess): void {
    row.readBytes = null;
    row.writtenBytes = null;
    if (row.ioReads <= 0 || row.ioForbidden || this.#ioReadsLeft <= 0) return;
    row.ioReads--;
    this.#ioReadsLeft--;
    const length = readBytes(row.ioPath, this.#buffer);
    // Another user's process, a kernel that does not count it, or one that has just ended: it is not told.
    row.ioForbidden = length < 0;
    const io = length > 0 ? parsePidIo(this.#buffer.subarray(0, length)) : null;
    if (!io) return;
    row.readBytes = io.readBytes;
    row.writtenBytes = io.writtenBytes;
  }

  #forget(row: TrackedProcess): void {
    this.#release(row);
    this.#known.delete(row.pid);
  }

  #release(row: TrackedProcess): void {
    if (row.statDescriptor < 0) return;
    closeSync(row.statDescriptor);
    row.statDescriptor = -1;
    this.#kept--;
  }
}
