/** A value of D-Bus: numbers of 64 bits lose what a double cannot hold; a variant is its value. */
export type BusValue = number | boolean | string | readonly BusValue[];

/** The longest that a value of each type is aligned to (D-Bus Specification, "Summary of D-Bus marshalling"). */
const alignments: Readonly<Record<string, number>> = {
  y: 1, g: 1, v: 1, n: 2, q: 2, b: 4, i: 4, u: 4, s: 4, o: 4, a: 4, h: 4, x: 8, t: 8, d: 8, '(': 8, '{': 8,
}; // prettier-ignore
/** The specification allows 32 levels each of arrays and of structures. */
const deepest = 64;

/** Reads values of D-Bus from a message, in its byte order. Throws RangeError for what is cut off or malformed. */
export class BusReader {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;
  #at: number;

  constructor(bytes: Buffer, isLittle: boolean, at = 0) {
    this.#bytes = bytes;
    this.#isLittle = isLittle;
    this.#at = at;
  }

  /** Every value of a signature, such as `a(ss)u`. */
  readAll(signature: string): BusValue[] {
    const values: BusValue[] = [];
    for (let at = 0; at < signature.length; at = findTypeEnd(signature, at)) {
      values.push(this.#read(signature, at, 0));
    }
    return values;
  }

  /** Goes to the next place that is a multiple of this. */
  align(size: number): void {
    this.#at = Math.ceil(this.#at / size) * size;
  }

  /** Reads the one type that begins at `at`. */
  #read(signature: string, at: number, depth: number): BusValue {
    if (depth > deepest) throw new RangeError('A value of D-Bus is nested too deeply.');
    const type = signature[at]!;
    this.align(alignments[type] ?? 1);
    switch (type) {
      case 'y':
        return this.#bytes.readUInt8(this.#skip(1));
      case 'b':
        return this.#readUint() !== 0;
      case 'n':
        return this.#isLittle
          ? this.#bytes.readInt16LE(this.#skip(2))
          : this.#bytes.readInt16BE(this.#skip(2));
      case 'q':
        return this.#isLittle
          ? this.#bytes.readUInt16LE(this.#skip(2))
          : this.#bytes.readUInt16BE(this.#skip(2));
      case 'i':
        return this.#isLittle
          ? this.#bytes.readInt32LE(this.#skip(4))
          : this.#bytes.readInt32BE(this.#skip(4));
      case 'u':
      case 'h':
        return this.#readUint();
      case 'x':
        return Number(this.#isLittle ? this.#bytes.readBigInt64LE(this.#skip(8)) : this.#bytes.readBigInt64BE(this.#skip(8))); // prettier-ignore
      case 't':
        return Number(this.#isLittle ? this.#bytes.readBigUInt64LE(this.#skip(8)) : this.#bytes.readBigUInt64BE(this.#skip(8))); // prettier-ignore
      case 'd':
        return this.#isLittle
          ? this.#bytes.readDoubleLE(this.#skip(8))
          : this.#bytes.readDoubleBE(this.#skip(8));
      case 's':
      case 'o':
        return this.#readText(this.#readUint());
      case 'g':
        return this.#readText(this.#bytes.readUInt8(this.#skip(1)));
      case 'v':
        return this.#readVariant(depth);
      case 'a':
        return this.#readArray(signature, at + 1, depth);
      case '(':
      case '{':
        return this.#readStruct(signature, at + 1, depth);
      default:
        throw new RangeError(`D-Bus has no type ${JSON.stringify(type)}.`);
    }
  }

  #readUint(): number {
    return this.#isLittle ? this.#bytes.readUInt32LE(this.#skip(4)) : this.#bytes.readUInt32BE(this.#skip(4));
  }

  /** Text of so many bytes, and the zero after it. */
  #readText(length: number): string {
    const start = this.#skip(length + 1);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #readVariant(depth: number): BusValue {
    const signature = this.#readText(this.#bytes.readUInt8(this.#skip(1)));
    return this.#read(signature, 0, depth + 1);
  }

  #readArray(signature: string, at: number, depth: number): BusValue[] {
    const length = this.#readUint();
    this.align(alignments[signature[at]!] ?? 1);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('An array of D-Bus is cut off.');
    const values: BusValue[] = [];
    while (this.#at < end) {
      const before = this.#at;
      values.push(this.#read(signature, at, depth + 1));
      if (this.#at === before) throw new RangeError('An array of D-Bus is of nothing.');
    }
    return values;
  }

  #readStruct(signature: string, start: number, depth: number): BusValue[] {
    const values: BusValue[] = [];
    for (let at = start; signature[at] !== ')' && signature[at] !== '}'; at = findTypeEnd(signature, at)) {
      values.push(this.#read(signature, at, depth + 1));
    }
    return values;
  }

  /** Goes over so many bytes and gives where they began. */
  #skip(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) throw new RangeError('A message of D-Bus is cut off.');
    this.#at = at + size;
    return at;
  }
}

/** Where the one type that begins at `at` ends. */
function findTypeEnd(signature: string, at: number): number {
  if (signature[at] === 'a') return findTypeEnd(signature, at + 1);
  if (signature[at] !== '(' && signature[at] !== '{') return at + 1;
  let depth = 0;
  for (let end = at; end < signature.length; end++) {
    if ('({'.includes(signature[end]!)) depth++;
    else if (')}'.includes(signature[end]!) && --depth === 0) return end + 1;
  }
  throw new RangeError('A signature of D-Bus has no end.');
}

/** Writes values of D-Bus in little byte order: as much of it as is needed for asking. */
export class BusWriter {
  readonly #parts: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  align(size: number): this {
    return this.#push(Buffer.alloc((size - (this.#length % size)) % size));
  }

  byte(value: number): this {
    return this.#push(Buffer.from([value]));
  }

  uint(value: number): this {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.#push(bytes);
  }

  text(value: string): this {
    const bytes = Buffer.from(`${value}\0`, 'utf8');
    return this.uint(bytes.length - 1).#push(bytes);
  }

  signature(value: string): this {
    return this.byte(value.length).#push(Buffer.from(`${value}\0`, 'latin1'));
  }

  texts(values: readonly string[]): this {
    const inner = new BusWriter();
    for (const value of values) inner.text(value);
    return this.uint(inner.length).#push(inner.bytes());
  }

  raw(bytes: Buffer): this {
    return this.#push(bytes);
  }

  #push(bytes: Buffer): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}
