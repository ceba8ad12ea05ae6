import type { MetricsHub } from '../../core/metrics-hub.ts';
import { createSubscriber } from '../../core/subscription.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { RecordingFrame } from './recording.ts';

export interface RecordHubOptions {
  readonly hub: Pick<MetricsHub, 'subscribe' | 'latest'>;
  readonly clock: Clock;
  readonly topics: readonly Topic[];
  readonly durationMs: number;
  /** Ends the recording early. */
  readonly signal: AbortSignal;
}

/** What is read of all topics for a while, once a second. Resolves with fewer frames where the signal aborts. */
export async function recordHub(options: RecordHubOptions): Promise<RecordingFrame[]> {
  const { hub, clock, topics, durationMs, signal } = options;
  const request = {
    id: 'recording',
    topics,
    intervalMs: 1_000,
    encoding: 'json',
    projection: 'whole',
  } as const;
  const frames: RecordingFrame[] = [];
  const last = new Map<string, unknown>();
  const startMs = clock.monotonic();
  const take = (): void => {
    const { monotonicMs, sections } = hub.latest(request);
    const fresh = Object.entries(sections).filter(([topic, section]) => last.get(topic) !== section);
    if (fresh.length === 0) return;
    for (const [topic, section] of fresh) last.set(topic, section);
    frames.push({ ms: Math.max(0, Math.round(monotonicMs - startMs)), sections: Object.fromEntries(fresh) });
  };
  const { subscription } = hub.subscribe(request, createSubscriber(take));
  try {
    await clock.sleep(durationMs, signal).catch(() => undefined);
  } finally {
    subscription[Symbol.dispose]();
  }
  return frames;
}
