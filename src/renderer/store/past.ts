import * as v from 'valibot';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { historySchema, type Welcome } from '../../shared/protocol/index.ts';
import type { Topic } from '../../shared/series/raw.ts';
import { drawings } from '../../shared/series/rings/drawings.ts';
import type { MetricsStore } from '../../shared/series/rings/metrics-store.ts';

const method = 'history.read';

export interface PastOptions {
  /** Owns each request. */
  readonly scope: TaskScope;
  readonly store: Pick<MetricsStore, 'fill'>;
  readonly request: (method: string, params: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** How far back. Default an hour. */
  readonly sinceMs?: number | undefined;
}

/**
 * Asks the host, once for each topic that arrives, for what it has kept of it, so that charts begin full; and once more
 * after a seam. Charts without it are charts all the same: a host that does not answer is not asked again until then.
 */
export class Past {
  readonly #options: PastOptions;
  readonly #asked = new Set<Topic>();

  constructor(options: PastOptions) {
    this.#options = options;
  }

  /** Asks for those of the topics, just received, that were not asked for yet. */
  ask(topics: readonly Topic[], welcome: Welcome | null): void {
    const { scope, store, request, sinceMs } = this.#options;
    if (!welcome?.capabilities.methods.includes(method) || scope.state !== 'open') return;
    const wanted = topics.filter((topic) => drawings[topic] && !this.#asked.has(topic));
    if (wanted.length === 0) return;
    for (const topic of wanted) this.#asked.add(topic);
    scope.spawn('history', async (signal) => {
      const answer = await request(method, { topics: wanted, sinceMs }).catch(() => null);
      const parsed = v.safeParse(historySchema, answer);
      if (parsed.success && !signal.aborted) store.fill(wanted, parsed.output);
    });
  }

  /** What follows a seam may leave a gap that the host knows more of. Of all topics where none are named. */
  forget(topics: readonly Topic[] = [...this.#asked]): void {
    for (const topic of topics) this.#asked.delete(topic);
  }

  /** Of the others the series are dropped. */
  keepOnly(wanted: ReadonlySet<Topic>): void {
    this.forget([...this.#asked].filter((topic) => !wanted.has(topic)));
  }
}
