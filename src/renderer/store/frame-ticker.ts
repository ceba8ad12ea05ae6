/**
 * One animation frame for everything that changed: however many samples arrive and however many charts there
 * are, each is drawn at most once a frame, and no frame is asked for while nothing changed.
 */
export class FrameTicker<Change> {
  readonly #requestFrame: (draw: () => void) => void;
  readonly #listeners = new Set<(changes: ReadonlySet<Change>) => void>();
  #pending: Set<Change> | null = null;

  constructor(requestFrame: (draw: () => void) => void = (draw) => void requestAnimationFrame(draw)) {
    this.#requestFrame = requestFrame;
  }

  /** Hears what changed, once a frame. Returns the unsubscribe. */
  onFrame(listener: (changes: ReadonlySet<Change>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks for the next frame, unless it is asked for already. */
  mark(changes: Iterable<Change>): void {
    if (this.#pending) {
      for (const change of changes) this.#pending.add(change);
      return;
    }
    this.#pending = new Set(changes);
    this.#requestFrame(() => {
      const marked = this.#pending ?? new Set<Change>();
      this.#pending = null;
      for (const listener of [...this.#listeners]) listener(marked);
    });
  }
}
