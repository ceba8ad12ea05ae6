import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

export interface BackgroundFactOptions<Value> {
  readonly clock: Clock;
  /** How old what was found may be before it is looked for anew. */
  readonly everyMs: number;
  /** How many times as long as a search took to rest after it: 1 000 bounds searching to a thousandth of the time. */
  readonly restFactor?: number;
  readonly find: (signal: AbortSignal) => Promise<Value>;
  /** What searches read, disposed of once the last has ended. */
  readonly files?: readonly Disposable[];
}

interface Known<Value> {
  readonly value: Value;
  readonly atMs: number;
  /** How old it may be. */
  readonly lastsMs: number;
}

/** What is older than so many times its due age, since nobody asked meanwhile, is not told any more. */
const staleFactor = 3;

/**
 * A fact that takes too long to find out for a reading to wait for it each time. Whoever asks is told what was found
 * last, and a search begins beside it when that is due; at most one is under way. Disposing ends it and waits for it.
 */
export class BackgroundFact<Value> implements AsyncDisposable {
  readonly #options: BackgroundFactOptions<Value>;
  readonly #abort = new AbortController();
  #known: Known<Value> | null = null;
  #expired = false;
  #search: Promise<void> | null = null;

  constructor(options: BackgroundFactOptions<Value>) {
    this.#options = options;
  }

  /** What was found last and when (monotonic); null before that, once the last search has failed, or when it is old. */
  get(): { readonly value: Value; readonly atMs: number } | null {
    const ageMs = this.#known ? this.#options.clock.monotonic() - this.#known.atMs : Infinity;
    const lastsMs = this.#known?.lastsMs ?? 0;
    if (ageMs >= lastsMs || this.#expired) {
      // Who does not wait is told by the next reading, which finds nothing known and waits.
      this.search().catch(() => undefined);
    }
    return ageMs > staleFactor * lastsMs ? null : this.#known;
  }

  /** Looks for it now, or joins the search under way, and tells what was found. Rejects with what the search threw. */
  async search(): Promise<Value> {
    this.#abort.signal.throwIfAborted();
    this.#search ??= this.#find().finally(() => {
      this.#search = null;
    });
    await this.#search;
    return this.#known!.value;
  }

  /** Has it looked for anew by the next who asks. */
  expire(): void {
    this.#expired = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort(new MonitorError('aborted', 'Nobody asks any more.'));
    await this.#search?.catch(() => undefined);
    for (const file of this.#options.files ?? []) file[Symbol.dispose]();
  }

  async #find(): Promise<void> {
    const { clock, everyMs, restFactor = 0, find } = this.#options;
    const startMs = clock.monotonic();
    this.#expired = false;
    try {
      const value = await find(this.#abort.signal);
      const restMs = restFactor * (clock.monotonic() - startMs);
      this.#known = { value, atMs: startMs, lastsMs: Math.max(everyMs, restMs) };
    } catch (thrown) {
      this.#known = null;
      throw thrown;
    }
  }
}
