import type { Frame, Encoding } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Projection } from './projection.ts';

/** What is asked for: subscriptions alike in all of it are served by one encoding of each sample. */
export interface SubscriptionRequest {
  readonly id: string;
  readonly topics: readonly Topic[];
  readonly intervalMs: number;
  readonly encoding: Encoding;
  readonly projection: Projection;
}

/** One frame on its way to many: encoded when the first of them takes it. */
export interface Delivery {
  readonly seq: number;
  frame(): Frame;
}

/** What a subscriber sends next, in this order. */
export interface Taken {
  readonly seq: number;
  readonly frames: readonly Frame[];
}

export interface SubscriptionHost {
  /** The latest of all its topics as one frame, for whoever missed something. */
  snapshot(): Delivery;
  encodeGap(fromSeq: number, toSeq: number): Frame;
  leave(subscription: Subscription): void;
}

/**
 * A bounded mailbox: it holds the newest only. What it could not hand on is counted, told as a gap, and made
 * up for by a snapshot, so that nothing that changed in between stays unknown.
 */
export class Subscription implements Disposable {
  readonly request: SubscriptionRequest;
  /** Called whenever there is something to take. */
  readonly onReady: (subscription: Subscription) => void;
  readonly #host: SubscriptionHost;
  #pending: Delivery | null = null;
  #droppedFromSeq: number | null = null;
  #dropped = 0;
  #disposed = false;

  constructor(
    request: SubscriptionRequest,
    host: SubscriptionHost,
    onReady: (subscription: Subscription) => void,
  ) {
    this.request = request;
    this.#host = host;
    this.onReady = onReady;
  }

  /** How many samples were replaced by newer ones before they could be sent. */
  get dropped(): number {
    return this.#dropped;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Puts the newest in; what was still there is dropped. */
  put(delivery: Delivery): void {
    if (this.#disposed) return;
    if (this.#pending) {
      this.#dropped++;
      this.#droppedFromSeq ??= this.#pending.seq;
    }
    this.#pending = delivery;
    this.onReady(this);
  }

  /** Bytes of the frame that would be taken; 0 where there is none. */
  get pendingBytes(): number {
    return this.#pending?.frame().length ?? 0;
  }

  /** Empties the mailbox. Null where it was empty. */
  take(): Taken | null {
    const pending = this.#pending;
    if (!pending) return null;
    this.#pending = null;
    const fromSeq = this.#droppedFromSeq;
    if (fromSeq === null) return { seq: pending.seq, frames: [pending.frame()] };
    this.#droppedFromSeq = null;
    const snapshot = this.#host.snapshot();
    return { seq: snapshot.seq, frames: [this.#host.encodeGap(fromSeq, pending.seq - 1), snapshot.frame()] };
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#pending = null;
    this.#host.leave(this);
  }
}
