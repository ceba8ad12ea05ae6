import type { Encoding, Frame } from '../shared/protocol/index.ts';
import type { CloseReason, SharedFrame, Transport } from './transport.ts';

/** One end of an in-process pipe. */
export class MemoryTransport implements Transport {
  readonly kind = 'memory';
  readonly encoding: Encoding;
  readonly roundTripMs = null;
  readonly requiresAck = false;
  readonly expectsAnswer = false;
  readonly closed: Promise<CloseReason>;
  readonly #listeners = new Set<(frame: Frame) => void>();
  #peer: MemoryTransport | null = null;
  #open = true;
  #settle: (reason: CloseReason) => void = () => undefined;
  /** Frames held back by `pause`, as a peer does that does not read. */
  #held: Frame[] | null = null;

  private constructor(encoding: Encoding) {
    this.encoding = encoding;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Two ends: what is sent into one is heard at the other. */
  static pair(encoding: Encoding = 'json'): [MemoryTransport, MemoryTransport] {
    const [left, right] = [new MemoryTransport(encoding), new MemoryTransport(encoding)];
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  get queuedBytes(): number {
    return this.#peer?.heldBytes ?? 0;
  }

  /** Bytes that arrived and were not read. */
  get heldBytes(): number {
    return this.#held?.reduce((sum, frame) => sum + frame.length, 0) ?? 0;
  }

  /** Stops reading: what is sent here stays queued at the sender. */
  pause(): void {
    this.#held ??= [];
  }

  /** Reads on, beginning with what was held. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#hear(frame);
  }

  send(frame: Frame): void {
    if (!this.#open) return;
    this.#peer?.receive(frame);
  }

  receive(frame: Frame): void {
    if (this.#held) this.#held.push(frame);
    else void Promise.resolve().then(() => this.#hear(frame));
  }

  sendShared({ frame }: SharedFrame): void {
    this.send(frame);
  }

  /** There is nothing to save: each frame is a message of its own. */
  cork(): void {}

  uncork(): void {}

  onMessage(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(reason: CloseReason): void {
    this.#end(reason);
    this.#peer?.closeByPeer(reason);
  }

  terminate(): void {
    this.close({ code: 'disconnected', message: 'The connection was cut.' });
  }

  closeByPeer(reason: CloseReason): void {
    this.#end({ code: 'clientClosed', message: reason.message });
  }

  #end(reason: CloseReason): void {
    if (!this.#open) return;
    // What was sent before the close is heard before it, as on every other pipe.
    void Promise.resolve().then(() => {
      this.#open = false;
      this.#held = null;
      this.#settle(reason);
    });
  }

  #hear(frame: Frame): void {
    if (!this.#open) return;
    for (const listener of this.#listeners) listener(frame);
  }
}
