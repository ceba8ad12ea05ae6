import { RingBuffer } from './ring-buffer.ts';

/** Columns of each kind of ring, by which charts name what they draw. */
export const columns = {
  cpu: { user: 0, system: 1, iowait: 2, steal: 3, used: 4 },
  core: { used: 0, frequency: 1 },
  memory: { used: 0, buffers: 1, cached: 2, swap: 3 },
  load: { one: 0, five: 1, fifteen: 2 },
  network: { rx: 0, tx: 1 },
  disk: { read: 0, written: 1, busy: 2 },
  sensor: { value: 0 },
  gpu: { busy: 0, memory: 1 },
  cpuPressure: { some: 0, full: 1 },
  memoryPressure: { some: 0, full: 1 },
  diskPressure: { some: 0, full: 1 },
  socket: { retransmitted: 0 },
  container: { cpu: 0 },
  cost: { cpu: 0 },
} as const;

export type RingKind = keyof typeof columns;
/** `kind`, or `kind/name` for one of many: `cpu`, `core/3`, `network/eth0`; `network` and `disk` are the sums. */
export type RingKey = RingKind | `${RingKind}/${string}`;

/** An hour at one reading a second, and two minutes for gaps and for readings between the seconds. */
export const ringCapacity = 3_720;
/**
 * How many of one kind a page keeps, however many there are on the machine: a full hour of two columns is 60 KB, so that
 * they take 15 MB at most.
 */
const mostOfKindOnPage = 256;
/** How many are kept in all: 38 MB where each of them holds a full hour of two columns. */
const mostInAll = 640;

/** Where a topic's series are written to, at the time of one sample. */
export interface Pen {
  /** Appends a row; null is a gap. */
  push(key: RingKey, row: readonly number[] | null): void;
  /** A gap in each of the kind's many. */
  gapAll(kind: RingKind): void;
  /** Ends the series of those of the kind's many that are not among `names` any more. */
  keepOnly(kind: RingKind, names: readonly string[]): void;
}

/** The series of a page, each a ring that is made with its first row. Bounded in length and in number. */
export class RingSet {
  readonly #rings = new Map<RingKind, Map<RingKey, RingBuffer>>();
  readonly #mostOfKind: number;

  /** `mostOfKind`: how many of one kind are kept, however many there are on the machine. */
  constructor(mostOfKind: number = mostOfKindOnPage) {
    this.#mostOfKind = mostOfKind;
  }

  /** Bytes that all series take now. */
  get byteLength(): number {
    let sum = 0;
    for (const rings of this.#rings.values()) for (const { byteLength } of rings.values()) sum += byteLength;
    return sum;
  }

  /** The series of that name; undefined before its first reading and once its subject has gone. */
  get(key: RingKey): RingBuffer | undefined {
    return this.#rings.get(kindOf(key))?.get(key);
  }

  /** Every series of a kind, by its key. */
  ofKind(kind: RingKind): ReadonlyMap<RingKey, RingBuffer> {
    return this.#rings.get(kind) ?? new Map<RingKey, RingBuffer>();
  }

  /** Puts another ring in the place of one that there is, with the same columns. */
  replace(key: RingKey, ring: RingBuffer): void {
    this.#rings.get(kindOf(key))?.set(key, ring);
  }

  /** Writes at `x`. */
  at(x: number): Pen {
    return {
      push: (key, row) => {
        const ring = this.#reach(key);
        if (row) ring?.push(x, row);
        else ring?.pushGap(x);
      },
      gapAll: (kind) => {
        for (const [key, ring] of this.#rings.get(kind) ?? []) if (key !== kind) ring.pushGap(x);
      },
      keepOnly: (kind, names) => {
        const kept = new Set(names.map((name) => `${kind}/${name}`));
        const rings = this.#rings.get(kind);
        for (const key of rings?.keys() ?? []) if (key !== kind && !kept.has(key)) rings?.delete(key);
      },
    };
  }

  /** A gap in every series: what follows does not continue what there is. */
  breakAll(): void {
    for (const rings of this.#rings.values()) breakEach(rings);
  }

  /** A gap in every series of these kinds. */
  breakKinds(kinds: readonly RingKind[]): void {
    for (const kind of kinds) breakEach(this.#rings.get(kind));
  }

  /** Drops every series of these kinds. */
  forget(kinds: readonly RingKind[]): void {
    for (const kind of kinds) this.#rings.delete(kind);
  }

  #reach(key: RingKey): RingBuffer | undefined {
    const kind = kindOf(key);
    let rings = this.#rings.get(kind);
    if (!rings) this.#rings.set(kind, (rings = new Map<RingKey, RingBuffer>()));
    let ring = rings.get(key);
    if (!ring && rings.size < this.#mostOfKind && this.#count() < mostInAll) {
      ring = new RingBuffer(ringCapacity, Object.keys(columns[kind]).length);
      rings.set(key, ring);
    }
    return ring;
  }

  #count(): number {
    let sum = 0;
    for (const { size } of this.#rings.values()) sum += size;
    return sum;
  }
}

function breakEach(rings: ReadonlyMap<RingKey, RingBuffer> | undefined): void {
  for (const ring of rings?.values() ?? []) if (ring.length > 0) ring.pushGap(ring.lastX + 1);
}

function kindOf(key: RingKey): RingKind {
  const slash = key.indexOf('/');
  return (slash < 0 ? key : key.slice(0, slash)) as RingKind;
}
