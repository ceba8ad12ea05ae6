import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Sample } from '../shared/series/sample.ts';
import type { Delivery } from './delivery.ts';
import type { Demand } from './sampler.ts';
import { Subscription, type Subscriber, type SubscriptionRequest } from './subscription.ts';
import { SubscriptionGroup, type Backlog, type GroupHost } from './subscription-group.ts';

export interface MetricsHubOptions {
  readonly clock: Clock;
  readonly setDemand: (demand: Demand) => void;
  readonly originMs: () => number;
  readonly minIntervalMs: (topic: Topic) => number;
  /** What the interval of a topic is multiplied by now. */
  readonly stretchOf: (topic: Topic) => number;
  /** How many samples are kept for viewers that come back. Default 120. */
  readonly recent?: number;
}

/**
 * Of so many samples the table of processes is kept: of those who come back nobody needs more than the newest. Who asked
 * for nothing else is told what is missing; for others the older samples come without it.
 */
const recentTables = 10;
/** How long a run of sends may hold the event loop before others get their turn. */
const sliceMs = 4;
/** The clock is looked at once in so many subscribers: a send takes some ten microseconds. */
const looksApart = 16;

/**
 * Hands samples to subscriptions. Its demand is the union of theirs, so that what nobody watches is not read. A
 * joiner gets a snapshot of what is known and fresh, then every sample after it, with no seam between.
 */
export class MetricsHub implements GroupHost {
  readonly #options: MetricsHubOptions;
  readonly #groups = new Map<string, SubscriptionGroup>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #recent: Sample[] = [];
  /** Of each topic the last with it that is not held any more: they tell which interval was served when those held begin. */
  readonly #beforeRecent = new Map<Topic, Sample>();
  readonly #latest = new Map<Topic, { readonly section: unknown; readonly atMs: number }>();
  #lastSample: Sample | null = null;
  /** From this sample on tables of processes are kept. */
  #firstTableSeq = 0;
  #encodes = 0;
  #chains = 0;
  #demandKey = '[]';

  constructor(options: MetricsHubOptions) {
    this.#options = options;
  }

  /** How many frames were encoded so far: rises by one a group and tick, however many it has. */
  get encodes(): number {
    return this.#encodes;
  }

  get subscriptionCount(): number {
    let count = 0;
    for (const group of this.#groups.values()) count += group.size;
    return count;
  }

  /**
   * Begins a subscription, which is the caller's to dispose. `subscriber` is told whenever it has something to
   * take. With `afterSeq` (of a viewer that comes back) it gets
   * in place of a snapshot what a subscription that was there all the time has got since, and then what that one gets.
   */
  subscribe(
    request: SubscriptionRequest,
    subscriber: Subscriber,
    afterSeq: number | null = null,
  ): { subscription: Subscription; backlog: Backlog | null } {
    const topics = [...new Set(request.topics)].sort();
    const key = JSON.stringify([
      request.id,
      topics,
      request.intervalMs,
      request.encoding,
      request.projection,
    ]);
    let group = this.#groups.get(key);
    if (!group) {
      group = this.#createGroup({ ...request, topics });
      this.#groups.set(key, group);
    }
    const fresh = this.#knowsAll(group.request);
    const seq = this.#lastSample?.seq ?? 0;
    const subscription = new Subscription(group.request, group, subscriber, seq, !fresh);
    group.size++;
    // Not spread, which would make room for more than most will have.
    subscriber.subscriptions = subscriber.subscriptions.concat(subscription);
    this.#subscribers.add(subscriber);
    const backlog = afterSeq === null ? null : this.#backlog(group, afterSeq);
    if (fresh && !backlog) subscription.put(group.snapshot());
    this.#updateDemand();
    return { subscription, backlog };
  }

  /** Takes in the sampler's next sample and hands it on, in slices, so that the event loop is never held long. */
  async publish(sample: Sample): Promise<void> {
    this.#lastSample = sample;
    this.#recent.push(sample);
    if (this.#recent.length > (this.#options.recent ?? 120)) {
      const oldest = this.#recent.shift()!;
      for (const topic of Object.keys(oldest.sections) as Topic[]) this.#beforeRecent.set(topic, oldest);
    }
    this.#thinOut();
    for (const [topic, section] of Object.entries(sample.sections) as [Topic, unknown][]) {
      this.#latest.set(topic, { section, atMs: sample.monotonicMs });
    }
    const { clock } = this.#options;
    for (const group of this.#groups.values()) {
      group.due = group.gather(sample, this.#options.originMs());
      group.backlog = null;
    }
    let sliceStartMs = clock.monotonic();
    let served = 0;
    // Last those whose answers would hold up the others.
    const answering: Subscriber[] = [];
    for (const subscribers of [this.#subscribers, answering]) {
      for (const subscriber of subscribers) {
        if (subscribers !== answering && subscriber.expectsAnswer) {
          answering.push(subscriber);
          continue;
        }
        serve(subscriber);
        if (++served % looksApart !== 0 || clock.monotonic() - sliceStartMs < sliceMs) continue;
        await clock.giveWay();
        sliceStartMs = clock.monotonic();
      }
    }
    for (const group of this.#groups.values()) group.due = null;
  }

  latest(request: SubscriptionRequest): Sample {
    const sections: Record<string, unknown> = {};
    for (const topic of request.topics) {
      if (this.#isFresh(request, topic)) sections[topic] = this.#latest.get(topic)?.section;
    }
    const last = this.#lastSample;
    return {
      seq: last?.seq ?? 0,
      wallMs: last?.wallMs ?? this.#options.clock.wall(),
      monotonicMs: last?.monotonicMs ?? this.#options.clock.monotonic(),
      sections: sections,
    };
  }

  knowsAny(request: SubscriptionRequest): boolean {
    return request.topics.some((topic) => this.#isFresh(request, topic));
  }

  nextChain(): number {
    return ++this.#chains;
  }

  noteEncode(): void {
    this.#encodes++;
  }

  leave(subscription: Subscription, group: SubscriptionGroup): void {
    const { subscriber } = subscription;
    subscriber.subscriptions = subscriber.subscriptions.filter((other) => other !== subscription);
    if (subscriber.subscriptions.length === 0) this.#subscribers.delete(subscriber);
    if (group.size > 0) return;
    for (const [key, known] of this.#groups) if (known === group) this.#groups.delete(key);
    this.#updateDemand();
  }

  /** Lets go of the large readings of a sample that is not among the newest any more. */
  #thinOut(): void {
    const at = this.#recent.length - 1 - recentTables;
    const old = this.#recent[at];
    if (!old?.sections.process) return;
    this.#firstTableSeq = old.seq + 1;
    const { process: _, ...sections } = old.sections;
    this.#recent[at] = { ...old, sections };
  }

  #knowsAll(request: SubscriptionRequest): boolean {
    return request.topics.every((topic) => this.#isFresh(request, topic));
  }

  /** Whether the topic's last reading is not older than two intervals of its own. */
  #isFresh(request: SubscriptionRequest, topic: Topic): boolean {
    const known = this.#latest.get(topic);
    if (!known) return false;
    const intervalMs = Math.max(Math.min(request.intervalMs, 5_000), this.#options.minIntervalMs(topic));
    const ageMs = this.#options.clock.monotonic() - known.atMs;
    return ageMs < 2 * intervalMs * this.#options.stretchOf(topic);
  }

  #createGroup(request: SubscriptionRequest): SubscriptionGroup {
    const group = new SubscriptionGroup(request, this);
    group.prime(this.#history(), this.#options.originMs(), (topic) => this.#isFresh(request, topic));
    return group;
  }

  /** Replays all that is held, so that what is due falls on the samples on which it fell when they were published. */
  #backlog(group: SubscriptionGroup, afterSeq: number): Backlog | null {
    const { request } = group;
    const lastSeq = this.#lastSample?.seq ?? 0;
    if (afterSeq > lastSeq) return null;
    // A wall of viewers loses its network at once and comes back at once: what they missed is encoded once.
    if (group.backlog?.afterSeq === afterSeq) return group.backlog;
    const firstHeld = this.#firstHeld(request.topics, lastSeq);
    const gap = afterSeq + 1 < firstHeld ? { fromSeq: afterSeq + 1, toSeq: firstHeld - 1 } : null;
    const fromSeq = Math.max(afterSeq + 1, firstHeld);
    const replay = new SubscriptionGroup(request, this);
    const deliveries: Delivery[] = [];
    for (const sample of this.#history()) {
      const due = replay.gather(sample, this.#options.originMs());
      if (!due) continue;
      if (sample.seq >= fromSeq) deliveries.push(due);
      else replay.beginAnew();
    }
    const base = group.base();
    group.backlog = { afterSeq, gap, deliveries: base ? [...deliveries, base] : deliveries };
    return group.backlog;
  }

  /** Those held, and those before them that tell where intervals began. */
  #history(): readonly Sample[] {
    const before = [...new Set(this.#beforeRecent.values())].sort((one, other) => one.seq - other.seq);
    return [...before, ...this.#recent];
  }

  /** From which sample on all is held of which a subscription could not do without. */
  #firstHeld(topics: readonly Topic[], lastSeq: number): number {
    const held = this.#recent[0]?.seq ?? lastSeq + 1;
    return topics.every((topic) => topic === 'process') ? Math.max(held, this.#firstTableSeq) : held;
  }

  #updateDemand(): void {
    const demand = new Map<Topic, number>();
    for (const group of this.#groups.values()) {
      for (const topic of group.request.topics) {
        demand.set(topic, Math.min(demand.get(topic) ?? Infinity, group.request.intervalMs));
      }
    }
    const key = JSON.stringify([...demand]);
    if (key === this.#demandKey) return;
    this.#demandKey = key;
    this.#options.setDemand(demand);
  }
}

/** Lets each subscription of one subscriber have what is due to it. */
function serve(subscriber: Subscriber): void {
  const { subscriptions } = subscriber;
  const several = subscriptions.length > 1;
  if (several) subscriber.cork();
  for (const subscription of subscriptions) subscription.collect();
  if (several) subscriber.uncork();
}
