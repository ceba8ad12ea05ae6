import { encodeMessage, type Frame } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Discontinuity, Sample } from '../shared/series/sample.ts';
import type { Delivery } from './delivery.ts';
import { createGroupWriter, type GroupWriter, type WriterHost } from './group-writer.ts';
import { deriveSlot } from './schedule.ts';
import type { Subscription, SubscriptionHost, SubscriptionRequest } from './subscription.ts';

/** What a group needs of the hub. */
export interface GroupHost extends WriterHost {
  /** What is known and fresh of each topic, under the number of the last sample. */
  latest(request: SubscriptionRequest): Sample;
  /** Whether it would not be empty. */
  knowsAny(request: SubscriptionRequest): boolean;
  leave(subscription: Subscription, group: SubscriptionGroup): void;
}

/** A run of samples that a viewer missed, and from where it is whole. */
export interface Backlog {
  readonly afterSeq: number;
  readonly gap: { readonly fromSeq: number; readonly toSeq: number } | null;
  /** The last may bring no sample, but what is needed to understand those that follow. */
  readonly deliveries: readonly Delivery[];
}

/**
 * All subscriptions that are alike. What is due to them is encoded once and handed to each. Sections that were
 * read since the group was last served are gathered, the newest of each topic.
 */
export class SubscriptionGroup implements SubscriptionHost {
  readonly request: SubscriptionRequest;
  due: Delivery | null = null;
  /** What somebody has missed who has come back since the last sample. */
  backlog: Backlog | null = null;
  /** How many subscriptions there are. */
  size = 0;
  readonly #host: GroupHost;
  readonly #writer: GroupWriter;
  #gathered: Record<string, unknown> = {};
  #discontinuity: Discontinuity | undefined;
  /** Of the last sample that was due. Not its interval's number: intervals are counted anew where a sampler that rested goes on. */
  #servedMs = -Infinity;

  constructor(request: SubscriptionRequest, host: GroupHost) {
    this.request = request;
    this.#host = host;
    this.#writer = createGroupWriter(request, host);
  }

  /**
   * Takes in what was published before there was this group, so that what is due next is the same as if there had always
   * been one. What is not fresh any more is left out: it must not be sent under the number of a new sample.
   */
  prime(recent: readonly Sample[], originMs: number, isFresh: (topic: Topic) => boolean): void {
    for (const sample of recent) this.gather(sample, originMs);
    for (const topic of this.request.topics) if (!isFresh(topic)) delete this.#gathered[topic];
  }

  /** Takes in a new sample. Returns what is due to the subscriptions now, or null. */
  gather(sample: Sample, originMs: number): Delivery | null {
    const { topics, intervalMs } = this.request;
    for (const topic of topics) {
      const section = sample.sections[topic];
      if (section) this.#gathered[topic] = section;
    }
    this.#discontinuity = sample.discontinuity ?? this.#discontinuity;
    const slotOf = (monotonicMs: number): number => deriveSlot(monotonicMs, intervalMs, originMs);
    if (slotOf(sample.monotonicMs) === slotOf(this.#servedMs)) return null;
    if (Object.keys(this.#gathered).length === 0) return null;
    this.#servedMs = sample.monotonicMs;
    const due: Sample = {
      seq: sample.seq,
      wallMs: sample.wallMs,
      monotonicMs: sample.monotonicMs,
      ...(this.#discontinuity && { discontinuity: this.#discontinuity }),
      sections: this.#gathered,
    };
    this.#gathered = {};
    this.#discontinuity = undefined;
    return this.#writer.sample(due);
  }

  get first(): Delivery | null {
    return this.#host.knowsAny(this.request) ? this.snapshot() : null;
  }

  snapshot(): Delivery {
    return this.#writer.snapshot(this.#host.latest(this.request));
  }

  /** What a subscriber must have before the next sample who has had neither a snapshot nor the one before; or null. */
  base(): Delivery | null {
    return this.#writer.base(this.#host.latest(this.request));
  }

  /** The next sample is for somebody who has had none of those before. */
  beginAnew(): void {
    this.#writer.beginAnew();
  }

  encodeGap(fromSeq: number, toSeq: number): Frame {
    const { id, encoding } = this.request;
    return encodeMessage({ type: 'gap', id, fromSeq, toSeq, reason: 'slowConsumer' }, encoding);
  }

  leave(subscription: Subscription): void {
    this.size--;
    this.#host.leave(subscription, this);
  }
}
