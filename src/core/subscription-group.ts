import type { Frame } from '../shared/protocol/index.ts';
import type { Discontinuity, Sample } from '../shared/series/sample.ts';
import { projectSections } from './projection.ts';
import { deriveSlot } from './schedule.ts';
import type { Subscription } from './subscription.ts';
import { type Delivery, type SubscriptionHost, type SubscriptionRequest } from './subscription.ts';

/** What a group needs of the hub. */
export interface GroupHost {
  /** What is known and fresh of each topic, under the number of the last sample. */
  latest(request: SubscriptionRequest): Sample;
  noteEncode(): void;
  leave(group: SubscriptionGroup): void;
}

/**
 * All subscriptions that are alike. What is due to them is encoded once and handed to each. Sections that were
 * read since the group was last served are gathered, the newest of each topic.
 */
export class SubscriptionGroup implements SubscriptionHost {
  readonly request: SubscriptionRequest;
  readonly subscriptions = new Set<Subscription>();
  /** Subscriptions that wait for their first figures. */
  readonly joining = new Set<Subscription>();
  readonly #host: GroupHost;
  #gathered: Record<string, unknown> = {};
  #discontinuity: Discontinuity | undefined;
  #lastSlot = -1;
  #snapshot: Delivery | null = null;

  constructor(request: SubscriptionRequest, host: GroupHost) {
    this.request = request;
    this.#host = host;
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
    let frame: Frame | null = null;
    return {
      seq: sample.seq,
      frame: () => {
        if (frame === null) {
          this.#host.noteEncode();
          const { id, projection } = this.request;
          frame = JSON.stringify({
            type,
            id,
            ...sample,
            sections: projectSections(sample.sections, projection),
          });
        }
        return frame;
      },
    };
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
    this.subscriptions.delete(subscription);
    this.joining.delete(subscription);
    this.#host.leave(this);
  }
}
