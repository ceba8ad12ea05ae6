/** A place in a text, both counted from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Where each value of a JSON text begins, by its dotted path; and where the text stops being JSON, if it does. */
export interface JsonPositions {
  readonly paths: ReadonlyMap<string, TextPosition>;
  /** Paths that stand there more than once. `paths` has the last, which JSON.parse takes. */
  readonly repeated: ReadonlySet<string>;
  readonly error: TextPosition | null;
}

class Broken extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('broken');
    this.offset = offset;
  }
}

/**
 * Finds where things stand in a JSON text, for messages to people: JSON.parse itself does not always say.
 * Values are not judged finely; what JSON.parse takes is taken.
 */
export function deriveJsonPositions(text: string): JsonPositions {
  const paths = new Map<string, TextPosition>();
  const repeated = new Set<string>();
  const scanner = new Scanner(
    text,
    (path, offset) => paths.set(path, derivePosition(text, offset)),
    (path) => repeated.add(path),
  );
  try {
    scanner.run();
    return { paths, repeated, error: null };
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    return { paths, repeated, error: derivePosition(text, thrown.offset) };
  }
}

function derivePosition(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

class Scanner {
  readonly #text: string;
  readonly #note: (path: string, offset: number) => void;
  readonly #noteRepeated: (path: string) => void;
  #at = 0;

  constructor(
    text: string,
    note: (path: string, offset: number) => void,
    noteRepeated: (path: string) => void,
  ) {
    this.#text = text;
    this.#note = note;
    this.#noteRepeated = noteRepeated;
  }

  run(): void {
    this.#value('');
    this.#space();
    if (this.#at < this.#text.length) throw new Broken(this.#at);
  }

  #value(path: string): void {
    this.#space();
    this.#note(path, this.#at);
    if (this.#eat('{')) this.#members(path, '}', true);
    else if (this.#eat('[')) this.#members(path, ']', false);
    else
      this.#match(
        /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy,
      );
  }

  #members(path: string, end: string, named: boolean): void {
    this.#space();
    if (this.#eat(end)) return;
    const keys = new Set<string>();
    for (let index = 0; ; index++) {
      let key = String(index);
      if (named) {
        this.#space();
        key = this.#match(/"(?:[^"\\\p{Cc}]|\\.)*"/uy).slice(1, -1);
        this.#space();
        if (!this.#eat(':')) throw new Broken(this.#at);
      }
      const place = path === '' ? key : `${path}.${key}`;
      if (keys.has(key)) this.#noteRepeated(place);
      keys.add(key);
      this.#value(place);
      this.#space();
      if (this.#eat(end)) return;
      if (!this.#eat(',')) throw new Broken(this.#at);
    }
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '!')) this.#at++;
  }

  #eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new Broken(this.#at);
    this.#at += found.length;
    return found;
  }
}
