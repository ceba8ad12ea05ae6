import { encodeMessage, type Frame, type ServerMessage } from '../shared/protocol/index.ts';
import type { Delivery } from './delivery.ts';
import type { Transport } from './transport.ts';

/** Everything that a client is sent passes here, and is counted. */
export class Outbox {
  readonly #transport: Transport;
  #bytes = 0;
  #frames = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Everything that was handed to the transport, counted as it is written: text by its characters. */
  get bytes(): number {
    return this.#bytes;
  }

  get frames(): number {
    return this.#frames;
  }

  send(message: ServerMessage): void {
    this.sendFrame(encodeMessage(message, this.#transport.encoding));
  }

  sendFrame(frame: Frame): void {
    this.#frames++;
    this.#bytes += frame.length;
    this.#transport.send(frame);
  }

  sendDelivery(delivery: Delivery): void {
    this.#frames++;
    this.#bytes += delivery.frame.length;
    this.#transport.sendShared(delivery);
  }
}
