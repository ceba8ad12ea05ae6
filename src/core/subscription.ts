import type { Encoding, Frame } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Delivery } from './delivery.ts';
import type { Projection } from './projection.ts';

/** What is asked for: subscriptions alike in all of it are served by one encoding of each sample. */
export interface SubscriptionRequest {
  readonly id: string;
  readonly topics: readonly Topic[];
  readonly intervalMs: number;
  readonly encoding: Encoding;
  readonly projection: Projection;
}

/** Who subscribes. In every tick its subscriptions are served one after the other. */
export interface Subscriber {
  /** Those under way; the hub puts in a new list whenever they change. */
  subscriptions: readonly Subscription[];
  /** Whether it answers what it is sent next at once: then it is served after the others, whom its answer would hold up. */
  readonly expectsAnswer: boolean;
  /** Offered what is new to a subscription that holds nothing else. Whether it was taken; else it is held. */
  offer(delivery: Delivery): boolean;
  /** Told that there is something to take. */
  onReady(subscription: Subscription): void;
  /** Called before and after several subscriptions are served, so that what they bring may go as one. */
  cork(): void;
  uncork(): void;
}

/** A subscriber that is no more than what it does when there is something to take. */
export function createSubscriber(onReady: (subscription: Subscription) => void): Subscriber {
  const idle = { cork: () => undefined, uncork: () => undefined };
  return { subscriptions: [], expectsAnswer: false, offer: () => false, onReady, ...idle };
}

/** What a subscriber sends where it had missed something: the gap, then a snapshot. */
export interface CatchUp {
  readonly gap: Frame;
  readonly snapshot: Delivery;
}

/** What serves a subscription. */
export interface SubscriptionHost {
  /** What is due in this tick to whoever has had figures before, and to whoever has not. */
  readonly due: Delivery | null;
  readonly first: Delivery | null;
  /** The latest of all its topics as one frame, for whoever missed something. */
  snapshot(): Delivery;
  encodeGap(fromSeq: number, toSeq: number): Frame;
  leave(subscription: Subscription): void;
}

/** So many samples of a viewer that has come back wait at most: those that the host holds, and what comes meanwhile. */
const maxBacklog = 256;

/**
 * A bounded mailbox: it holds the newest only, and before it what a viewer that has come back has missed. What it could
 * not hand on is counted, told as a gap, and made up for by a snapshot, so that nothing that changed in between stays
 * unknown.
 */
export class Subscription implements Disposable {
  readonly request: SubscriptionRequest;
  readonly subscriber: Subscriber;
  readonly #host: SubscriptionHost;
  /** Whether it waits for its first figures. */
  #joining: boolean;
  #newestSeq: number;
  #backlog: Delivery[] = [];
  #pending: Delivery | null = null;
  #droppedFromSeq: number | null = null;
  #dropped = 0;
  #coalesced = 0;
  #disposed = false;

  /** `newestSeq`: samples up to it are not for this subscription, which has come after them. */
  constructor(
    request: SubscriptionRequest,
    host: SubscriptionHost,
    subscriber: Subscriber,
    newestSeq: number,
    joining: boolean,
  ) {
    this.request = request;
    this.subscriber = subscriber;
    this.#host = host;
    this.#newestSeq = newestSeq;
    this.#joining = joining;
  }

  /** How many samples were replaced by newer ones before they could be sent. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many snapshots were taken in place of them. */
  get coalesced(): number {
    return this.#coalesced;
  }

  get joining(): boolean {
    return this.#joining;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Takes what is due in this tick. */
  collect(): void {
    const delivery = this.#joining ? this.#host.first : this.#host.due;
    // Whoever came while this tick was being handed out had it in its first figures.
    if (!delivery || delivery.seq <= this.#newestSeq) return;
    this.#joining = false;
    this.put(delivery);
  }

  /** Puts in what was missed, oldest first, before anything else is. */
  putBacklog(deliveries: readonly Delivery[]): void {
    if (this.#disposed) return;
    this.#backlog = [...deliveries];
    this.subscriber.onReady(this);
  }

  /** Puts the newest in; what was still there is dropped, but a backlog of which some is left goes on. */
  put(delivery: Delivery): void {
    if (this.#disposed) return;
    this.#newestSeq = delivery.seq;
    if (this.#isEmpty && this.subscriber.offer(delivery)) return;
    if (this.#backlog.length > 0 && this.#backlog.length < maxBacklog) {
      this.#backlog.push(delivery);
    } else {
      for (const missed of this.#backlog.splice(0)) this.#drop(missed);
      if (this.#pending) this.#drop(this.#pending);
      this.#pending = delivery;
    }
    this.subscriber.onReady(this);
  }

  /** Size of the frame that would be taken (text by its characters); 0 where there is none. */
  get pendingBytes(): number {
    return (this.#backlog[0] ?? this.#pending)?.frame.length ?? 0;
  }

  /** Whether something was dropped, so that `catchUp` is due in place of `take`. */
  get isBehind(): boolean {
    return this.#droppedFromSeq !== null;
  }

  /** Empties the mailbox. Null where it was empty. */
  take(): Delivery | null {
    const missed = this.#backlog.shift();
    if (missed) return missed;
    const pending = this.#pending;
    this.#pending = null;
    return pending;
  }

  /** Empties the mailbox of one that is behind. Null where it was empty, or has missed nothing. */
  catchUp(): CatchUp | null {
    const [pending, fromSeq] = [this.#pending, this.#droppedFromSeq];
    if (!pending || fromSeq === null) return null;
    this.#pending = null;
    this.#droppedFromSeq = null;
    this.#coalesced++;
    const snapshot = this.#host.snapshot();
    this.#newestSeq = snapshot.seq;
    // Of a long interval others may have been published since: the snapshot stands for the last of them.
    return { gap: this.#host.encodeGap(fromSeq, snapshot.seq - 1), snapshot };
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#backlog = [];
    this.#pending = null;
    this.#host.leave(this);
  }

  get #isEmpty(): boolean {
    return this.#pending === null && this.#droppedFromSeq === null && this.#backlog.length === 0;
  }

  #drop({ seq, hasSample }: Delivery): void {
    if (!hasSample) return;
    this.#dropped++;
    this.#droppedFromSeq ??= seq;
  }
}
