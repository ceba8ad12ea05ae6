import * as v from 'valibot';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { historyParamsSchema, type History } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import { MetricsStore } from '../shared/series/rings/metrics-store.ts';
import { RingSet } from '../shared/series/rings/ring-set.ts';
import type { Sample, Sections } from '../shared/series/sample.ts';

/** Topics that every viewer may see and whose series charts show. */
const keptTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'disk', 'sensor', 'gpu'];
/** Of the many (cores, interfaces, disks) so many each: with all of them some 10 MB after an hour. */
const mostOfKind = 64;
/** Closer readings say no more on a chart of an hour. */
const spacingMs = 950;
/** After so long without a reading of a topic nobody had it read: what comes does not continue what was. */
const unwatchedMs = 15_000;
const hourMs = 3_600_000;

/**
 * What was read in the last hour, kept by the host as the rows that charts draw, so that a viewer that comes sees more than
 * what comes after it. Asks for nothing: it keeps what somebody has read anyway, at most a row a second.
 */
export class SeriesHistory {
  readonly #store = new MetricsStore(() => undefined, new RingSet(mostOfKind));
  readonly #takenX = new Map<Topic, number>();

  /** Takes a published sample in. */
  observe(sample: Sample): void {
    const sections: Sections = {};
    for (const topic of keptTopics) {
      const section = sample.sections[topic];
      if (!section) continue;
      const sinceMs = sample.monotonicMs - (this.#takenX.get(topic) ?? -Infinity);
      if (sinceMs < spacingMs && !sample.discontinuity) continue;
      if (sinceMs > unwatchedMs && !sample.discontinuity) this.#store.breakSeries('paused', [topic]);
      this.#takenX.set(topic, sample.monotonicMs);
      Object.assign(sections, { [topic]: section });
    }
    this.#store.apply({ ...sample, sections });
  }

  /**
   * Answers the request method `history.read` to a client that sees `granted`. Throws MonitorError `invalidArgument` and
   * `forbidden`.
   */
  answer(params: Readonly<Record<string, unknown>>, granted: readonly Topic[]): History {
    const parsed = v.safeParse(historyParamsSchema, params);
    if (!parsed.success) throw new MonitorError('invalidArgument', parsed.issues[0].message);
    const { topics, sinceMs = hourMs } = parsed.output;
    const refused = topics.find((topic) => !granted.includes(topic));
    if (refused) throw new MonitorError('forbidden', `Not granted: ${refused}.`);
    return this.#store.tellHistory(topics, sinceMs);
  }
}
