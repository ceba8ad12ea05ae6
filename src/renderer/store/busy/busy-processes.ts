import type { ProcessRaw } from '../../../shared/series/raw/process.ts';
import type { TopicState } from '../../../shared/series/topic-state.ts';
import { processKey } from '../processes/table-row.ts';

/** One process among those that use the processor most. */
export interface BusyProcess {
  readonly key: string;
  readonly pid: number;
  readonly name: string;
  /** 1 is one core. */
  readonly cpuShare: number;
  readonly residentBytes: number;
  /** Since when it has been busy, on the time axis of the charts; null while it is not. */
  readonly sinceX: number | null;
  /** It was busy already when it was first looked at: it may have been for longer. */
  readonly isOlder: boolean;
}

/** Processes of one name, together, and how much of something they take. */
export interface Taker {
  readonly name: string;
  /** Of the process that takes most of it. */
  readonly pid: number;
  readonly count: number;
  readonly amount: number;
}

/** What the newest reading of the processes says of who is busy. */
export interface BusyTable {
  /** The busiest first, at most `mostRows`; where few do anything, those after them that hold most of memory. */
  readonly busiest: readonly BusyProcess[];
  /** Who takes most of the processor, in cores; null where that is not known, or nobody does anything. */
  readonly ofProcessor: Taker | null;
  /** Who holds most of memory, in bytes. */
  readonly ofMemory: Taker | null;
  /** Who reads and writes most, in bytes a second, as far as it may be seen. */
  readonly ofDisks: Taker | null;
}

/** How many of the busiest are kept: as many as the largest tile shows. */
const mostRows = 40;

/** From a fifth of a core on a process is busy, and until it is under a tenth twice in a row. */
const threshold = { enter: 0.2, leave: 0.1 };
/** So many are named even where nobody does anything. */
const leastRows = 12;
/** Less than this is nothing to be counted among its kind. */
const leastShare = 0.005;

interface Spell {
  readonly sinceX: number;
  readonly isOlder: boolean;
  readonly lows: number;
}

const nobody: BusyTable = { busiest: [], ofProcessor: null, ofMemory: null, ofDisks: null };

/**
 * Who is busy and since when, kept up with each reading of the processes. Of a process that was busy when it was first
 * seen, and has been so all its life by its own account of processor time, its start is told.
 */
export class BusyProcesses {
  #spells = new Map<string, Spell>();
  /** Smoothed shares, by which the order goes: a list that is read stands still. */
  #ranks = new Map<string, number>();
  #taken: TopicState<'process'> | null = null;
  /** Whether any reading before this one had rates: what is busy in the first one may have been for long. */
  #isRated = false;
  #table = nobody;

  /** The same object until a reading is taken. */
  readonly table = (): BusyTable => this.#table;

  /** Takes the newest reading, read at `x`. One that was taken already, or is none, changes nothing. */
  take(state: TopicState<'process'>, x: number): void {
    if (state === this.#taken || state.status !== 'ok' || !state.data || state.rates?.status !== 'ok') return;
    this.#taken = state;
    const { data, rates } = state;
    const [spells, ranks] = [new Map<string, Spell>(), new Map<string, number>()];
    const [byProcessor, byMemory, byDisks] = [new Takers(), new Takers(), new Takers()];
    const rows: BusyProcess[] = [];
    const idle: BusyProcess[] = [];
    let isRated = false;
    for (const row of rates.rows.values()) {
      const name = data.name[row.index] ?? '';
      const residentBytes = data.residentBytes[row.index] ?? 0;
      byMemory.add(name, row.pid, residentBytes);
      if (row.rates.status !== 'ok') {
        // Nobody saw what it did, in sleep for one: what it does next begins anew.
        this.#spells.delete(processKey(row));
        continue;
      }
      isRated = true;
      const { cpuShare, readBytesPerSecond, writtenBytesPerSecond } = row.rates;
      byDisks.add(name, row.pid, (readBytesPerSecond ?? 0) + (writtenBytesPerSecond ?? 0));
      if (cpuShare === null) continue;
      const key = processKey(row);
      if (cpuShare < leastShare) {
        idle.push({ key, pid: row.pid, name, cpuShare, residentBytes, sinceX: null, isOlder: false });
        continue;
      }
      byProcessor.add(name, row.pid, cpuShare);
      ranks.set(key, (cpuShare + (this.#ranks.get(key) ?? cpuShare)) / 2);
      const spell = this.#spell(key, cpuShare, x, () => deriveStart(data, row, { cpuShare, x }));
      if (spell) spells.set(key, spell);
      const { sinceX = null, isOlder = false } = spell ?? {};
      rows.push({ key, pid: row.pid, name, cpuShare, residentBytes, sinceX, isOlder });
    }
    // One that did nothing at all for one reading has only paused.
    for (const [key, spell] of this.#spells) {
      if (!ranks.has(key) && spell.lows === 0) spells.set(key, { ...spell, lows: 1 });
    }
    this.#spells = spells;
    this.#ranks = ranks;
    this.#isRated ||= isRated;
    rows.sort((a, b) => ranks.get(b.key)! - ranks.get(a.key)! || a.pid - b.pid);
    if (rows.length < leastRows) {
      idle.sort((a, b) => b.residentBytes - a.residentBytes || a.pid - b.pid);
      rows.push(...idle.slice(0, leastRows - rows.length));
    }
    this.#table = {
      busiest: rows.slice(0, mostRows),
      ofProcessor: byProcessor.greatest(),
      ofMemory: byMemory.greatest(),
      ofDisks: byDisks.greatest(),
    };
  }

  #spell(key: string, share: number, x: number, start: () => number | null): Spell | null {
    const known = this.#spells.get(key);
    if (known) {
      if (share >= threshold.leave) return { ...known, lows: 0 };
      return known.lows > 0 ? null : { ...known, lows: 1 };
    }
    if (share < threshold.enter) return null;
    const startX = start();
    return { sinceX: startX ?? x, isOlder: startX === null && !this.#isRated, lows: 0 };
  }
}

/** When a process started, where all of its life was about as busy as it is now; null where it was not. */
function deriveStart(
  { cpuTicks, ticksPerSecond, bootedWallMs }: ProcessRaw,
  { index, startTicks }: { readonly index: number; readonly startTicks: number },
  { cpuShare, x }: { readonly cpuShare: number; readonly x: number },
): number | null {
  const ticks = cpuTicks[index] ?? null;
  if (ticks === null || !(ticksPerSecond > 0)) return null;
  const startX = bootedWallMs + (startTicks * 1_000) / ticksPerSecond;
  if (!(x > startX)) return null;
  const lifelongShare = ((ticks / ticksPerSecond) * 1_000) / (x - startX);
  return lifelongShare >= threshold.enter && lifelongShare >= 0.75 * cpuShare ? startX : null;
}

/** Adds up what processes of one name take. */
class Takers {
  readonly #byName = new Map<string, { pid: number; most: number; count: number; amount: number }>();

  add(name: string, pid: number, amount: number): void {
    if (!(amount > 0)) return;
    const known = this.#byName.get(name);
    if (!known) {
      this.#byName.set(name, { pid, most: amount, count: 1, amount });
      return;
    }
    known.count++;
    known.amount += amount;
    if (amount > known.most) [known.most, known.pid] = [amount, pid];
  }

  greatest(): Taker | null {
    let best: Taker | null = null;
    for (const [name, { pid, count, amount }] of this.#byName) {
      if (!best || amount > best.amount) best = { name, pid, count, amount };
    }
    return best;
  }
}
