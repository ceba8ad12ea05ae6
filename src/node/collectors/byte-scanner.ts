const space = 0x20;
const tab = 0x09;
const newline = 0x0a;
const zero = 0x30;
const nine = 0x39;
// Names may hold any bytes; a mark at a file's start is part of the first.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Walks over the bytes of a kernel table without making strings of what is skipped. A missing column reads as 0:
 * older kernels print fewer.
 */
export class ByteScanner {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all was read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next byte, or -1 at the end. */
  peek(): number {
    return this.#bytes[this.#at] ?? -1;
  }

  /** Goes to the start of the next line. */
  nextLine(): void {
    const end = this.#bytes.indexOf(newline, this.#at);
    this.#at = end < 0 ? this.#bytes.length : end + 1;
  }

  /** Goes over blanks, not over the line's end. Whether something follows on the line. */
  skipBlanks(): boolean {
    for (let byte = this.peek(); byte === space || byte === tab; byte = this.peek()) this.#at++;
    const byte = this.peek();
    return byte !== newline && byte !== -1;
  }

  /** Whether these bytes stand here; goes over them if so. */
  take(text: string): boolean {
    for (let index = 0; index < text.length; index++) {
      if (this.#bytes[this.#at + index] !== text.charCodeAt(index)) return false;
    }
    this.#at += text.length;
    return true;
  }

  /** The next word of the line, up to a blank or to `stop`; empty at the line's end. */
  word(stop = -1): string {
    this.skipBlanks();
    const start = this.#at;
    for (let byte = this.peek(); byte !== -1 && byte > space && byte !== stop; byte = this.peek()) this.#at++;
    return decoder.decode(this.#bytes.subarray(start, this.#at));
  }

  /** What stands before the last `stop` of the line, without blanks around it; goes behind it. Null without one. */
  textBeforeLast(stop: number): string | null {
    this.skipBlanks();
    const newlineAt = this.#bytes.indexOf(newline, this.#at);
    const end = newlineAt < 0 ? this.#bytes.length : newlineAt;
    const at = this.#bytes.lastIndexOf(stop, end - 1);
    if (end === 0 || at < this.#at) return null;
    const text = decoder.decode(this.#bytes.subarray(this.#at, at));
    this.#at = at + 1;
    return text.trimEnd();
  }

  /** Goes over the next word of the line. */
  skipWord(): void {
    this.skipBlanks();
    for (let byte = this.peek(); byte > space; byte = this.peek()) this.#at++;
  }

  /** The next word as a number that is not negative; 0 where the line has ended or it is none. */
  number(): number {
    return this.numberIfThere() ?? 0;
  }

  /** The next word as a number that is not negative; null where the line has ended or it is none. */
  numberIfThere(): number | null {
    if (!this.skipBlanks()) return null;
    let value = 0;
    let digits = true;
    for (let byte = this.peek(); byte > space; byte = this.peek()) {
      if (byte >= zero && byte <= nine) value = value * 10 + (byte - zero);
      else digits = false;
      this.#at++;
    }
    return digits && Number.isFinite(value) ? value : null;
  }

  /** How many words the rest of the line has, without leaving its place. */
  countWords(): number {
    const start = this.#at;
    let count = 0;
    while (this.skipBlanks()) {
      count++;
      for (let byte = this.peek(); byte > space; byte = this.peek()) this.#at++;
      if (this.peek() !== space && this.peek() !== tab) break;
    }
    this.#at = start;
    return count;
  }
}
