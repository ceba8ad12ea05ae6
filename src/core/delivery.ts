import type { Frame } from '../shared/protocol/index.ts';
import type { SharedFrame } from './transport.ts';

/** One frame on its way to many: encoded when the first of them takes it, and never again. */
export class Delivery implements SharedFrame {
  /** The sample that it brings or, where it brings none, after which it belongs. */
  readonly seq: number;
  readonly hasSample: boolean;
  wire: object | null = null;
  readonly #encode: () => Frame;
  #frame: Frame | null = null;

  constructor(seq: number, encode: () => Frame, hasSample = true) {
    this.seq = seq;
    this.hasSample = hasSample;
    this.#encode = encode;
  }

  get frame(): Frame {
    this.#frame ??= this.#encode();
    return this.#frame;
  }
}
