import type { Frame } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Discontinuity, Sample } from '../shared/series/sample.ts';
import { Delivery } from './delivery.ts';
import { projectSections } from './projection.ts';
import { deriveSlot } from './schedule.ts';
import type { Subscription, SubscriptionHost, SubscriptionRequest } from './subscription.ts';

/** What a group needs of the hub. */
export interface GroupHost {
  /** What is known and fresh of each topic, under the number of the last sample. */
  latest(request: SubscriptionRequest): Sample;
  /** Whether it would not be empty. */
  knowsAny(request: SubscriptionRequest): boolean;
  noteEncode(): void;
  leave(subscription: Subscription, group: SubscriptionGroup): void;
}

/**
 * All subscriptions that are alike. What is due to them is encoded once and handed to each. Sections that were
 * read since the group was last served are gathered, the newest of each topic.
 */
export class SubscriptionGroup implements SubscriptionHost {
  readonly request: SubscriptionRequest;
  due: Delivery | null = null;
  /** How many subscriptions there are. */
  size = 0;
  readonly #host: GroupHost;
  #gathered: Record<string, unknown> = {};
  #discontinuity: Discontinuity | undefined;
  #lastSlot = -1;
  #snapshot: Delivery | null = null;

  constructor(request: SubscriptionRequest, host: GroupHost) {
    this.request = request;
    this.#host = host;
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
    const slot = deriveSlot(sample.monotonicMs, intervalMs, originMs);
    if (slot === this.#lastSlot || Object.keys(this.#gathered).length === 0) return null;
    this.#lastSlot = slot;
    const due: Sample = {
      seq: sample.seq,
      wallMs: sample.wallMs,
      monotonicMs: sample.monotonicMs,
      ...(this.#discontinuity && { discontinuity: this.#discontinuity }),
      sections: this.#gathered,
    };
    this.#gathered = {};
    this.#discontinuity = undefined;
    return this.encode('sample', due);
  }

  /** One frame for any number of takers, made when the first takes it. */
  encode(type: 'sample' | 'snapshot', sample: Sample): Delivery {
    return new Delivery(sample.seq, () => {
      this.#host.noteEncode();
      const { id, projection } = this.request;
      const sections = projectSections(sample.sections, projection);
      return JSON.stringify({ type, id, ...sample, sections });
    });
  }

  get first(): Delivery | null {
    return this.#host.knowsAny(this.request) ? this.snapshot() : null;
  }

  snapshot(): Delivery {
    const sample = this.#host.latest(this.request);
    if (this.#snapshot?.seq !== sample.seq) this.#snapshot = this.encode('snapshot', sample);
    return this.#snapshot;
  }

  encodeGap(fromSeq: number, toSeq: number): Frame {
    return JSON.stringify({ type: 'gap', id: this.request.id, fromSeq, toSeq, reason: 'slowConsumer' });
  }

  leave(subscription: Subscription): void {
    this.size--;
    this.#host.leave(subscription, this);
  }
}
