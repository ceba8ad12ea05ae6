import { keysOf, type Command, type KeyHint } from './command.ts';
import { parseKeys } from './stroke.ts';

/** What strokes lead to: a command, the beginning of longer keys, or nothing. */
export type Lookup = Command | 'begun' | null;

/** Several may have these at once: the newest that is enabled is done, as windows are closed. */
const shared: readonly string[] = ['Escape'];

/** What can be done on a page now. Whoever registers takes away again. */
export class CommandRegistry {
  readonly #listeners = new Set<() => void>();
  readonly #onProblem: (problem: string) => void;
  #commands: readonly Command[] = [];
  #hints: readonly KeyHint[] = [];
  /** Commands by their strokes: `g p`. The newest last. */
  readonly #byStrokes = new Map<string, Command[]>();

  /** `onProblem` hears of mistakes in what is registered: of the two that want the same keys the first has them. */
  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem;
  }

  /** Adds commands, until what it returns is called. */
  register(commands: readonly Command[]): () => void {
    const added = commands.filter((command) => this.#isNew(command));
    this.#commands = [...this.#commands, ...added];
    for (const command of added) for (const keys of keysOf(command)) this.#bind(keys, command);
    this.#notify();
    return () => {
      this.#commands = this.#commands.filter((command) => !added.includes(command));
      for (const [strokes, bound] of this.#byStrokes) {
        const kept = bound.filter((command) => !added.includes(command));
        if (kept.length > 0) this.#byStrokes.set(strokes, kept);
        else this.#byStrokes.delete(strokes);
      }
      this.#notify();
    };
  }

  /** Adds keys that somebody else listens to, such as a table's own: they are shown, no more. */
  registerHints(hints: readonly KeyHint[]): () => void {
    this.#hints = [...this.#hints, ...hints];
    this.#notify();
    return () => {
      this.#hints = this.#hints.filter((hint) => !hints.includes(hint));
      this.#notify();
    };
  }

  /** In the order of registration. The same object until something changes. */
  readonly commands = (): readonly Command[] => this.#commands;

  /** The same of keys that are only shown. */
  readonly hints = (): readonly KeyHint[] => this.#hints;

  /** Hears of every change. Returns the unsubscribe. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** What these strokes lead to, among what is enabled. */
  find(strokes: readonly string[]): Lookup {
    const pressed = strokes.join(' ');
    const found = this.#byStrokes.get(pressed)?.findLast(isEnabled);
    if (found) return found;
    const begins = [...this.#byStrokes].some(
      ([longer, bound]) => longer.startsWith(`${pressed} `) && bound.some(isEnabled),
    );
    return begins ? 'begun' : null;
  }

  #isNew({ id }: Command): boolean {
    const isNew = !this.#commands.some((command) => command.id === id);
    if (!isNew) this.#onProblem(`There is a command “${id}” already.`);
    return isNew;
  }

  #bind(keys: string, command: Command): void {
    const strokes = parseKeys(keys).join(' ');
    for (const [others, bound] of this.#byStrokes) {
      const isSame = others === strokes && !shared.includes(strokes);
      const isPart = others.startsWith(`${strokes} `) || strokes.startsWith(`${others} `);
      if (!isSame && !isPart) continue;
      this.#onProblem(`“${keys}” of “${command.id}” is taken by “${others}” of “${bound[0]?.id}”.`);
      return;
    }
    this.#byStrokes.set(strokes, [...(this.#byStrokes.get(strokes) ?? []), command]);
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether a command would do anything now. */
export function isEnabled(command: Command): boolean {
  return command.isEnabled?.() ?? true;
}
