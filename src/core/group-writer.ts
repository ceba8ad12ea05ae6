import {
  advanceChain,
  encodeDelta,
  encodeKeyframe,
  type ChainState,
} from '../shared/protocol/compact/chain.ts';
import type { Frame } from '../shared/protocol/index.ts';
import type { Sample } from '../shared/series/sample.ts';
import { Delivery } from './delivery.ts';
import { projectSections } from './projection.ts';
import type { SubscriptionRequest } from './subscription.ts';

/** What a writer needs of the hub. */
export interface WriterHost {
  noteEncode(): void;
  /** One that no other chain of this host has. */
  nextChain(): number;
}

/** Writes what is due to a group: each delivery is one frame for any number of takers, made when the first takes it. */
export interface GroupWriter {
  /** The next sample of the group, to everybody who has had all before it or a snapshot since. */
  sample(sample: Sample): Delivery;
  /** The latest of everything, to whoever has nothing or has missed something. */
  snapshot(sample: Sample): Delivery;
  /**
   * What somebody must have to understand the next sample who has had neither; null where nothing is needed. Made of
   * the latest of everything where there was no sample yet.
   */
  base(sample: Sample): Delivery | null;
  /** The next sample is for somebody who has had none of those before. */
  beginAnew(): void;
}

/** The writer of a request's encoding, for one group. */
export function createGroupWriter(request: SubscriptionRequest, host: WriterHost): GroupWriter {
  return request.encoding === 'json' ? new JsonWriter(request, host) : new CompactWriter(request, host);
}

/** Each message stands for itself. */
class JsonWriter implements GroupWriter {
  readonly #request: SubscriptionRequest;
  readonly #host: WriterHost;
  #snapshot: Delivery | null = null;

  constructor(request: SubscriptionRequest, host: WriterHost) {
    this.#request = request;
    this.#host = host;
  }

  sample(sample: Sample): Delivery {
    return this.#deliver('sample', sample);
  }

  snapshot(sample: Sample): Delivery {
    if (this.#snapshot?.seq !== sample.seq) this.#snapshot = this.#deliver('snapshot', sample);
    return this.#snapshot;
  }

  base(): null {
    return null;
  }

  beginAnew(): void {}

  #deliver(type: 'sample' | 'snapshot', sample: Sample): Delivery {
    return new Delivery(sample.seq, () => {
      this.#host.noteEncode();
      const { id, projection } = this.#request;
      const sections = projectSections(sample.sections, projection);
      return JSON.stringify({ type, id, ...sample, sections });
    });
  }
}

/**
 * Each sample is told as what changed since the one before, whether anybody took that or not: who has missed it gets a
 * keyframe first. See docs/protocol/compact.md.
 */
class CompactWriter implements GroupWriter {
  readonly #request: SubscriptionRequest;
  readonly #host: WriterHost;
  readonly #chain;
  #state: ChainState | null = null;
  /** What was made of the state as it is, once for all who need it. */
  #snapshot: Delivery | null = null;
  #base: Delivery | null = null;

  constructor(request: SubscriptionRequest, host: WriterHost) {
    this.#request = request;
    this.#host = host;
    this.#chain = { number: host.nextChain(), id: request.id, topics: request.topics };
  }

  sample(given: Sample): Delivery {
    const sample = this.#project(given);
    const base = this.#state;
    const state = this.#advance(sample);
    return this.#deliver(sample.seq, () =>
      base
        ? encodeDelta(this.#chain, base, sample)
        : encodeKeyframe(this.#chain, state, { type: 'sample', id: this.#request.id, ...sample }),
    );
  }

  snapshot(given: Sample): Delivery {
    if (this.#snapshot?.seq === given.seq) return this.#snapshot;
    const sample = this.#project(given);
    const state = this.#state ?? this.#advance(sample);
    this.#snapshot = this.#deliver(sample.seq, () =>
      encodeKeyframe(this.#chain, state, { type: 'snapshot', id: this.#request.id, ...sample }),
    );
    return this.#snapshot;
  }

  base(given: Sample): Delivery {
    // Should nobody have begun the chain yet, it begins here, since others may build on it before the next sample.
    const state = this.#state ?? this.#advance(this.#project(given));
    this.#base ??= this.#deliver(state.seq, () => encodeKeyframe(this.#chain, state, null), false);
    return this.#base;
  }

  beginAnew(): void {
    this.#state = null;
    this.#snapshot = null;
    this.#base = null;
  }

  #project(sample: Sample): Sample {
    return { ...sample, sections: projectSections(sample.sections, this.#request.projection) };
  }

  #advance(sample: Sample): ChainState {
    this.#state = advanceChain(this.#state, sample);
    this.#snapshot = null;
    this.#base = null;
    return this.#state;
  }

  #deliver(seq: number, encode: () => Frame, hasSample = true): Delivery {
    const encodeCounted = (): Frame => {
      this.#host.noteEncode();
      return encode();
    };
    return new Delivery(seq, encodeCounted, hasSample);
  }
}
