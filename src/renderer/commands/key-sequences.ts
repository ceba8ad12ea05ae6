import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Lookup } from './command-registry.ts';
import type { Stroke } from './stroke.ts';

/** How long the next of several strokes may take. Whoever needs longer has numbers and the palette for the same. */
const patienceMs = 2_000;

/** Strokes one after the other, until they are a command's keys or cannot become any. */
export class KeySequences {
  readonly #find: (strokes: readonly Stroke[]) => Lookup;
  readonly #clock: Clock;
  #begun: readonly Stroke[] = [];
  #lastMs = -Infinity;

  constructor(find: (strokes: readonly Stroke[]) => Lookup, clock: Clock) {
    this.#find = find;
    this.#clock = clock;
  }

  /** What this stroke leads to, after those before it. One that does not continue them begins anew. */
  press(stroke: Stroke): Lookup {
    const nowMs = this.#clock.monotonic();
    const before = nowMs - this.#lastMs <= patienceMs ? this.#begun : [];
    this.#lastMs = nowMs;
    const strokes = [...before, stroke];
    const found = this.#find(strokes);
    if (found !== null || before.length === 0) {
      this.#begun = found === 'begun' ? strokes : [];
      return found;
    }
    this.#begun = [];
    return this.press(stroke);
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#begun = [];
  }
}
