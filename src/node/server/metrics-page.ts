import { deriveCapabilities } from '../../core/grant.ts';
import type { Monitor } from '../../core/monitor.ts';
import { deriveProjection, projectSections } from '../../core/projection.ts';
import { createSubscriber, type Subscription } from '../../core/subscription.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { GrantScope } from '../../shared/protocol/index.ts';
import { catalogue } from '../../shared/series/catalogue.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { Sections } from '../../shared/series/sample.ts';
import { Exposition } from './exposition.ts';

/**
 * How fresh a page is: readings younger than twice this are taken as they are, so that scrapes at once, and viewers
 * beside them, share one. Older ones are taken anew.
 */
const freshMs = 1_000;
/** For how long a page waits for slow readings: less than Prometheus waits for the page (10 s). */
const deadlineMs = 5_000;
/** How long putting a page together may hold the event loop before others get their turn. */
const sliceMs = 3;

const exported = Object.values(catalogue)
  .filter(({ metrics }) => metrics.some(({ prometheus }) => prometheus))
  .map(({ topic }) => topic);

/** The Prometheus page of a monitor. What it starts belongs to `scope`. */
export class MetricsPage {
  readonly #monitor: Pick<Monitor, 'hub' | 'topics' | 'hasMethod'>;
  readonly #clock: Clock;
  readonly #scope: TaskScope;
  readonly #underWay = new Map<GrantScope, Promise<string>>();

  constructor(monitor: Pick<Monitor, 'hub' | 'topics' | 'hasMethod'>, clock: Clock, scope: TaskScope) {
    this.#monitor = monitor;
    this.#clock = clock;
    this.#scope = scope;
  }

  /**
   * The page for who has that grant, as text; the same one for all who ask while it is being made. Every topic on it is
   * read once, unless somebody else has just had it read; one that does not answer in time is `late` on the page. Once
   * it resolves it demands nothing any more. Rejects with `closed` where the host closes meanwhile.
   */
  render(grantScope: GrantScope): Promise<string> {
    const underWay = this.#underWay.get(grantScope);
    if (underWay) return underWay;
    const page = this.#render(grantScope).finally(() => this.#underWay.delete(grantScope));
    this.#underWay.set(grantScope, page);
    return page;
  }

  async #render(grantScope: GrantScope): Promise<string> {
    const granted = deriveCapabilities(grantScope, this.#monitor).topics;
    const topics = exported.filter((topic) => granted.includes(topic));
    let page = '';
    const outcome = await this.#scope.spawn('metrics page', async (signal) => {
      const sections = await this.#read(topics, signal);
      page = await this.#format(topics, projectSections(sections, deriveProjection(grantScope)));
    }).done;
    if (outcome.status === 'failed') throw outcome.error;
    if (outcome.status === 'aborted') throw new MonitorError('closed', 'The host closes.');
    return page;
  }

  /**
   * One subscription a topic, each let go of as soon as it has brought a reading: what is slow is waited for without
   * reading the rest again.
   */
  async #read(topics: readonly Topic[], signal: AbortSignal): Promise<Sections> {
    const { hub } = this.#monitor;
    const sections: Record<string, unknown> = {};
    const subscriptions: Subscription[] = [];
    const missing = new Set(topics);
    const complete = new AbortController();
    try {
      for (const topic of topics) {
        const request = {
          id: 'metrics',
          topics: [topic],
          intervalMs: freshMs,
          encoding: 'json',
          projection: 'whole',
        } as const;
        const take = (ready: Subscription): void => {
          sections[topic] = hub.latest(request).sections[topic];
          ready[Symbol.dispose]();
          missing.delete(topic);
          if (missing.size === 0) complete.abort();
        };
        subscriptions.push(hub.subscribe(request, createSubscriber(take)).subscription);
      }
      if (missing.size > 0) {
        await this.#clock
          .sleep(deadlineMs, AbortSignal.any([signal, complete.signal]))
          .catch(() => undefined);
      }
    } finally {
      for (const subscription of subscriptions) subscription[Symbol.dispose]();
    }
    signal.throwIfAborted();
    return sections;
  }

  async #format(topics: readonly Topic[], sections: Sections): Promise<string> {
    const page = new Exposition();
    const help = 'Time of the host, since 1970 UTC.';
    page.add('node_time_seconds', 'gauge', help, {}, this.#clock.wall() / 1_000);
    let sliceStartMs = this.#clock.monotonic();
    for (const topic of topics) {
      page.addSection(topic, sections[topic]);
      if (this.#clock.monotonic() - sliceStartMs < sliceMs) continue;
      await this.#clock.sleep(0);
      sliceStartMs = this.#clock.monotonic();
    }
    return page.toString();
  }
}
