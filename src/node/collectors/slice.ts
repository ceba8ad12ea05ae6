import type { Clock } from '../../shared/lifecycle/clock.ts';

/** For how long the event loop is held at once: it may be held for 5 ms, and others have their turn too. */
const sliceMs = 2;

/** Work that lets go of the event loop every so often. */
export class Slice {
  readonly #clock: Clock;
  #startMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.monotonic();
  }

  /** Whether it is time to let go. */
  get isOver(): boolean {
    return this.#clock.monotonic() - this.#startMs > sliceMs;
  }

  /** Lets go until the loop has been round once. */
  async next(): Promise<void> {
    await this.#clock.sleep(0);
    this.#startMs = this.#clock.monotonic();
  }
}

/** What `map` makes of each item, at once where that is quick, in slices where it is not. */
export function mapInSlices<Item, Value>(
  clock: Clock,
  items: readonly Item[],
  map: (item: Item, index: number) => Value,
): Value[] | Promise<Value[]> {
  const slice = new Slice(clock);
  const values: Value[] = [];
  const goOn = (): boolean => {
    while (values.length < items.length) {
      values.push(map(items[values.length]!, values.length));
      if (slice.isOver) return values.length < items.length;
    }
    return false;
  };
  const finish = async (): Promise<Value[]> => {
    do await slice.next();
    while (goOn());
    return values;
  };
  return goOn() ? finish() : values;
}
