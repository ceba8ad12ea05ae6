/**
 * A pair of lines of /proc/net/snmp or netstat (proc_pid_net(5)): names of counters, and below them their values. Where
 * each is wanted is found by its name once, since new kernels put theirs in between; as long as the names stay as they
 * were, only the values are taken apart, and those behind the last that is wanted are not.
 */
export class SnmpTable<Name extends string> {
  readonly #prefix: string;
  readonly #names: readonly Name[];
  #header = '';
  #columns: readonly number[] = [];
  #lastColumn = 0;

  /** `prefix` is what both lines begin with, such as "Tcp: ". */
  constructor(prefix: string, names: readonly Name[]) {
    this.#prefix = prefix;
    this.#names = names;
  }

  /** The counters of this text; null for each that it does not hold. */
  find(text: string): Record<Name, number | null> {
    const words = this.#findValues(text);
    const found = {} as Record<Name, number | null>;
    for (const [index, name] of this.#names.entries()) found[name] = parseCount(words[this.#columns[index]!]);
    return found;
  }

  /** The words of the line of values up to the last that is wanted; none where there is no such pair of lines. */
  #findValues(text: string): readonly string[] {
    const at = text.startsWith(this.#prefix) ? 0 : text.indexOf(`\n${this.#prefix}`) + 1;
    if (at === 0 && !text.startsWith(this.#prefix)) return [];
    if (this.#header === '' || !text.startsWith(this.#header, at)) this.#learn(text, at);
    const start = at + this.#header.length;
    const end = text.indexOf('\n', start);
    // Without its end the last value may be cut off.
    if (end < 0 || !text.startsWith(this.#prefix, start)) return [];
    return text.slice(start, end).split(' ', this.#lastColumn + 1);
  }

  #learn(text: string, at: number): void {
    const end = text.indexOf('\n', at);
    this.#header = text.slice(at, end < 0 ? undefined : end + 1);
    const words = this.#header.trim().split(' ');
    this.#columns = this.#names.map((name) => words.indexOf(name));
    this.#lastColumn = Math.max(0, ...this.#columns);
  }
}

function parseCount(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,20}$/.test(word) ? Number(word) : null;
}
