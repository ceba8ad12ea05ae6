export interface FrameTickerOptions {
  /** Asks for one animation frame. */
  readonly requestFrame?: (draw: () => void) => void;
  /** Monotonic time in milliseconds. */
  readonly nowMs?: () => number;
}

/** How long one frame may be held by listeners; those that are left are called in the next. */
const sliceMs = 12;

/**
 * One animation frame for everything that changed: however many samples arrive and however many charts there
 * are, each is drawn at most once a frame, and no frame is asked for while nothing changed. Where there is much to draw
 * it is spread over frames, so that the page answers in between.
 */
export class FrameTicker<Change> {
  readonly #requestFrame: (draw: () => void) => void;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<(changes: ReadonlySet<Change>) => void>();
  /** Who is still to hear of what, in the order of calling. */
  readonly #queue = new Map<(changes: ReadonlySet<Change>) => void, Set<Change>>();
  #pending: Set<Change> | null = null;
  #asked = false;

  constructor(options: FrameTickerOptions = {}) {
    this.#requestFrame = options.requestFrame ?? ((draw) => void requestAnimationFrame(draw));
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  /** Hears what changed, once a frame. Returns the unsubscribe. */
  onFrame(listener: (changes: ReadonlySet<Change>) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      this.#queue.delete(listener);
    };
  }

  /** Asks for the next frame, unless it is asked for already. */
  mark(changes: Iterable<Change>): void {
    this.#pending ??= new Set();
    for (const change of changes) this.#pending.add(change);
    this.#ask();
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#requestFrame(() => this.#draw());
  }

  #draw(): void {
    this.#asked = false;
    const marked = this.#pending;
    this.#pending = null;
    if (marked) {
      for (const listener of this.#listeners) {
        const waiting = this.#queue.get(listener);
        this.#queue.set(listener, waiting ? new Set([...waiting, ...marked]) : marked);
      }
    }
    const startMs = this.#nowMs();
    for (const [listener, changes] of this.#queue) {
      this.#queue.delete(listener);
      listener(changes);
      if (this.#nowMs() - startMs > sliceMs) break;
    }
    if (this.#queue.size > 0) this.#ask();
  }
}
