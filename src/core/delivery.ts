import type { Frame } from '../shared/protocol/index.ts';
import type { SharedFrame } from './transport.ts';

/** One frame on its way to many: encoded when the first of them takes it, and never again. */
export class Delivery implements SharedFrame {
  /** The sample that it brings. */
  readonly seq: number;
  wire: Uint8Array | null = null;
  readonly #encode: () => Frame;
  #frame: Frame | null = null;

  constructor(seq: number, encode: () => Frame) {
    this.seq = seq;
    this.#encode = encode;
  }

  get frame(): Frame {
    this.#frame ??= this.#encode();
    return this.#frame;
  }
}
