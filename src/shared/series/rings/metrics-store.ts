import type { SeamReason } from '../sample.ts';
import type { RawOf, Topic } from '../raw.ts';
import type { Sample, Section } from '../sample.ts';
import { drawings } from './drawings.ts';
import { deriveTopicState, loadingTopic, type TopicState } from '../topic-state.ts';
import type { RingBuffer } from './ring-buffer.ts';
import type { History } from '../../protocol/history.ts';
import { fillRing, tellRings, tellUnseen } from './history-rows.ts';
import { RingSet, type RingKey } from './ring-set.ts';
import { Timeline } from './timeline.ts';
import { UnseenSpans, type UnseenReason, type UnseenSpan } from './unseen-spans.ts';

/** What is kept of a topic while it is asked for. */
interface Kept {
  state: TopicState<Topic>;
  lastOk?: Section<RawOf<Topic>> | undefined;
  /** When the newest reading that succeeded came, on the time axis. */
  lastOkX: number;
  /** Why the next reading does not continue that one; undefined where it does. */
  seam?: UnseenReason | undefined;
}

/** What a seam of the connection leaves on the charts. A connection is paused while nobody looks at the page. */
const seams: Readonly<Record<SeamReason, UnseenReason>> = {
  lost: 'lost',
  restarted: 'restarted',
  paused: 'unwatched',
};

/**
 * Turns the samples that arrive into the newest figures of each topic and into series, outside React. Whoever
 * draws is told that something changed and takes what it needs.
 */
export class MetricsStore {
  readonly #timeline = new Timeline();
  readonly #kept = new Map<Topic, Kept>();
  readonly #rings: RingSet;
  readonly #unseen = new UnseenSpans();
  readonly #onChange: (topics: readonly Topic[]) => void;
  #seq = 0;

  constructor(onChange: (topics: readonly Topic[]) => void, rings = new RingSet()) {
    this.#onChange = onChange;
    this.#rings = rings;
  }

  /** Sequence number of the newest sample. */
  get seq(): number {
    return this.#seq;
  }

  /** x of the newest sample: the right edge of every chart. NaN before the first. */
  get nowX(): number {
    return Number.isFinite(this.#timeline.lastX) ? this.#timeline.lastX : NaN;
  }

  /** The topic's newest state. A new object whenever it changed, the same otherwise. */
  topic<T extends Topic>(topic: T): TopicState<T> {
    return (this.#kept.get(topic)?.state ?? loadingTopic) as TopicState<T>;
  }

  /** The series of that name; undefined before its first reading and once its subject has gone. */
  ring(key: RingKey): RingBuffer | undefined {
    return this.#rings.get(key);
  }

  /** Spans of which nothing is known, and which reach past `fromX`: of a series those through which it has a gap. */
  unseenSince(fromX: number, ring?: RingBuffer): readonly UnseenSpan[] {
    const spans = this.#unseen.since(fromX);
    return ring ? spans.filter((span) => !ring.hasValuesBetween(span.fromX, span.toX)) : spans;
  }

  /** Takes a sample in. */
  apply(sample: Sample): void {
    this.#seq = Math.max(this.#seq, sample.seq);
    const beforeX = this.#timeline.lastX;
    const x = this.#timeline.place(sample);
    if (sample.discontinuity && this.#unseen.note(beforeX, x, sample.discontinuity)) {
      // Gauges too: a line through the night would say that somebody had looked.
      this.#rings.breakAll();
    }
    const changed: Topic[] = [];
    for (const topic of Object.keys(sample.sections) as Topic[]) {
      const section = sample.sections[topic];
      if (!section || this.#isKnown(topic, section)) continue;
      this.#take(topic, section, x, sample);
      changed.push(topic);
    }
    if (changed.length > 0) this.#onChange(changed);
  }

  /**
   * What follows does not continue what there is: a gap in the series of these topics, of all where none are named.
   * Rates are taken across samples that were lost, since their counters went on, and across nothing else.
   */
  breakSeries(reason: SeamReason, topics: readonly Topic[] = [...this.#kept.keys()]): void {
    if (reason === 'restarted') {
      this.#timeline.relay();
      this.#seq = 0;
    }
    for (const topic of topics) {
      const kept = this.#kept.get(topic);
      if (!kept) continue;
      if (reason !== 'lost') kept.lastOk = undefined;
      kept.seam ??= seams[reason];
      this.#rings.breakKinds(drawings[topic]?.kinds ?? []);
    }
  }

  /** What is held of the series of these topics, for a viewer that was not there. */
  tellHistory(topics: readonly Topic[], sinceMs: number): History {
    const nowX = this.nowX;
    const kinds = topics.flatMap((topic) => (this.#kept.has(topic) && drawings[topic]?.kinds) || []);
    return {
      monotonicMs: Number.isNaN(nowX) ? null : this.#timeline.monotonicAt(nowX),
      series: tellRings(this.#rings, kinds, { nowX, sinceMs }),
      unseen: kinds.length === 0 ? [] : tellUnseen(this.#unseen.since(nowX - sinceMs), nowX),
    };
  }

  /**
   * Takes in what the host has kept of these topics: into the time before the first reading here, and into what was missed.
   * What was received stays. Does nothing before the first sample.
   */
  fill(topics: readonly Topic[], history: History): void {
    const nowX = history.monotonicMs === null ? NaN : this.#timeline.at(history.monotonicMs);
    if (Number.isNaN(nowX)) return;
    for (const series of history.series) {
      const key = series.key as RingKey;
      const ring = this.#rings.get(key);
      if (ring) this.#rings.replace(key, fillRing(ring, series, nowX));
    }
    for (const { fromAgoMs, toAgoMs, reason } of history.unseen) {
      this.#unseen.note(nowX - fromAgoMs, nowX - toAgoMs, reason);
    }
    this.#onChange(topics);
  }

  /** Forgets every topic, with its series, that is not among those asked for. */
  keepOnly(wanted: ReadonlySet<Topic>): void {
    const forgotten = [...this.#kept.keys()].filter((topic) => !wanted.has(topic));
    for (const topic of forgotten) {
      this.#kept.delete(topic);
      this.#rings.forget(drawings[topic]?.kinds ?? []);
    }
    if (forgotten.length > 0) this.#onChange(forgotten);
  }

  /** A snapshot may bring a reading that came before, which says nothing new. */
  #isKnown(topic: Topic, section: Section<unknown>): boolean {
    const kept = this.#kept.get(topic);
    return (
      section.status === 'ok' &&
      kept?.lastOk?.status === 'ok' &&
      section.readMs === kept.lastOk.readMs &&
      kept.state.status === 'ok'
    );
  }

  #take<T extends Topic>(topic: T, next: Section<RawOf<T>>, x: number, sample: Sample): void {
    const kept = this.#kept.get(topic);
    const lastOk = kept?.lastOk;
    const isOk = next.status === 'ok';
    const lastOkX = isOk ? x : (kept?.lastOkX ?? x);
    if (isOk && kept?.seam) this.#unseen.note(kept.lastOkX, x, kept.seam);
    const state = deriveTopicState(topic, this.topic(topic), lastOk, next, {
      ageMs: x - lastOkX,
      discontinuity: sample.discontinuity,
    });
    this.#kept.set(topic, {
      state,
      lastOk: isOk ? next : lastOk,
      lastOkX,
      seam: isOk ? undefined : kept?.seam,
    });
    drawings[topic]?.draw(isOk ? state : { ...state, rates: null }, this.#rings.at(x));
  }
}
