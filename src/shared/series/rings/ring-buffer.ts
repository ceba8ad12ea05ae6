import { MonitorError } from '../../lifecycle/monitor-error.ts';

/** Rows that there is room for at first; room doubles until the capacity is reached. */
const firstRoom = 64;

/**
 * The last `capacity` rows of a table of numbers: a rising x and some columns beside it, in typed arrays that grow with
 * what they hold, so that a series of a minute takes no hour's room. Values are kept to seven digits, twice as many as
 * are ever shown; x is exact. NaN in a column is a gap, which charts draw as one. Row 0 is the oldest that is kept.
 */
export class RingBuffer {
  readonly capacity: number;
  readonly columnCount: number;
  #x: Float64Array;
  #columns: readonly Float32Array[];
  #start = 0;
  #length = 0;

  constructor(capacity: number, columnCount: number) {
    if (!(capacity >= 1) || !(columnCount >= 1)) {
      throw new MonitorError('invalidArgument', 'A ring needs room for a row and a column.');
    }
    this.capacity = capacity;
    this.columnCount = columnCount;
    const room = Math.min(firstRoom, capacity);
    this.#x = new Float64Array(room);
    this.#columns = Array.from({ length: columnCount }, () => new Float32Array(room));
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes that its numbers take now. */
  get byteLength(): number {
    return this.#columns.reduce((sum, column) => sum + column.byteLength, this.#x.byteLength);
  }

  /** Appends a row; drops the oldest where there is no room. A row whose x does not rise is not taken. */
  push(x: number, values: readonly number[]): void {
    if (this.#length > 0 && !(x > this.x(this.#length - 1))) return;
    if (this.#length === this.#x.length && this.#length < this.capacity) this.#grow();
    const at = (this.#start + this.#length) % this.#x.length;
    this.#x[at] = x;
    for (let column = 0; column < this.columnCount; column++) {
      this.#columns[column]![at] = values[column] ?? NaN;
    }
    if (this.#length < this.#x.length) this.#length++;
    else this.#start = (this.#start + 1) % this.#x.length;
  }

  /** Appends a row without values. Two gaps in a row are one. */
  pushGap(x: number): void {
    if (this.#length > 0 && !this.#hasValue(this.#length - 1)) return;
    this.push(x, []);
  }

  /** x of a row; NaN outside of what is kept. */
  x(row: number): number {
    return row >= 0 && row < this.#length ? this.#x[(this.#start + row) % this.#x.length]! : NaN;
  }

  /** Value of a row in a column; NaN for a gap and outside of what is kept. */
  value(row: number, column: number): number {
    if (row < 0 || row >= this.#length) return NaN;
    return this.#columns[column]?.[(this.#start + row) % this.#x.length] ?? NaN;
  }

  /** x of the newest row; NaN where there is none. */
  get lastX(): number {
    return this.x(this.#length - 1);
  }

  /** First row whose x is at least `x`; `length` where there is none. */
  rowAt(x: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.x(middle) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether there is anything but gaps between two x, both excluded. */
  hasValuesBetween(fromX: number, toX: number): boolean {
    for (let row = this.rowAt(fromX); row < this.#length && this.x(row) < toX; row++) {
      if (this.x(row) > fromX && this.#hasValue(row)) return true;
    }
    return false;
  }

  /** Only a ring that never dropped a row grows, so that its first row stands at the arrays' start. */
  #grow(): void {
    const room = Math.min(this.capacity, this.#x.length * 2);
    const x = new Float64Array(room);
    x.set(this.#x);
    this.#x = x;
    this.#columns = this.#columns.map((column) => {
      const grown = new Float32Array(room);
      grown.set(column);
      return grown;
    });
  }

  #hasValue(row: number): boolean {
    for (let column = 0; column < this.columnCount; column++) {
      if (!Number.isNaN(this.value(row, column))) return true;
    }
    return false;
  }
}
