import { parsePreferences, type Preferences } from '../../shared/preferences/preferences.ts';

/** Where preferences are kept: by the browser, or in the app's settings file. */
export interface PreferenceKeeper {
  /** What is kept now, of whatever shape; null where nothing is. */
  read(): unknown;
  /** Keeps these. Never throws: what cannot be kept holds until the page closes. */
  write(preferences: Preferences): void;
  /** Hears that somebody else has changed what is kept. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** A page's preferences: read once, changed at once, and kept for the next time. */
export class PreferenceStore {
  readonly #keeper: PreferenceKeeper;
  readonly #listeners = new Set<() => void>();
  #current: Preferences;

  /** Lives as long as its page, and listens to the keeper all that time. */
  constructor(keeper: PreferenceKeeper) {
    this.#keeper = keeper;
    this.#current = parsePreferences(keeper.read());
    keeper.onChange(() => this.#take(parsePreferences(keeper.read())));
  }

  /** The same object until one of them changes. */
  readonly current = (): Preferences => this.#current;

  /** Changes what is named and leaves the rest. */
  readonly change = (wanted: Partial<Preferences>): void => {
    this.#take(parsePreferences({ ...this.#current, ...wanted }));
    this.#keeper.write(this.#current);
  };

  /** Hears of every change. Returns the unsubscribe. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #take(next: Preferences): void {
    if (JSON.stringify(next) === JSON.stringify(this.#current)) return;
    this.#current = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
