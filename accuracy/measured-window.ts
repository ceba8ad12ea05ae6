import type { StreamClient } from '../e2e/fixtures/stream-client.ts';
import type { RawOf, Topic } from '../src/shared/series/raw.ts';
import type { Section } from '../src/shared/series/sample.ts';

type OkSection<T extends Topic> = Extract<Section<RawOf<T>>, { status: 'ok' }>;

/** Two readings of a topic with the time that was measured between them. */
export interface Ends<T extends Topic> {
  readonly first: OkSection<T>;
  readonly last: OkSection<T>;
}

/** What a host has sent since a moment: the readings nearest to the two ends of a measured time. */
export class MeasuredWindow {
  readonly #client: StreamClient;
  readonly #startMs: number;

  private constructor(client: StreamClient, startMs: number) {
    this.#client = client;
    this.#startMs = startMs;
  }

  /** Begins with the next sample, so that what is started when this resolves begins with a reading. */
  static async begin(client: StreamClient): Promise<MeasuredWindow> {
    const before = client.of('sample').length;
    await client.until(() =>
      client
        .of('sample')
        .slice(before)
        .some(({ sections }) => sections.cpu),
    );
    const sample = client.of('sample').findLast(({ sections }) => sections.cpu)!;
    return new MeasuredWindow(client, sample.monotonicMs);
  }

  /** Resolves once the host has sent what it read `seconds` after the start. */
  async end(seconds: number): Promise<void> {
    const endMs = this.#startMs + seconds * 1_000 - 100;
    await this.#client.until(() => (this.#client.of('sample').at(-1)?.monotonicMs ?? 0) >= endMs, 20_000);
  }

  /** The reading nearest to the start and the one nearest to `seconds` after it; null where there are not two. */
  ends<T extends Topic>(topic: T, seconds: number): Ends<T> | null {
    const readings = this.readings(topic);
    const nearest = (atMs: number): OkSection<T> | undefined =>
      [...readings].sort((a, b) => Math.abs(a.readMs - atMs) - Math.abs(b.readMs - atMs))[0];
    const first = nearest(this.#startMs);
    const last = nearest(this.#startMs + seconds * 1_000);
    return first && last && first !== last ? { first, last } : null;
  }

  /** Size of the largest frame that brought a reading. */
  frameBytes(): number {
    return Math.max(...this.#client.of('sample').map((message) => JSON.stringify(message).length));
  }

  /** Every reading of a topic that was sent so far, in order. */
  readings<T extends Topic>(topic: T): OkSection<T>[] {
    const found: OkSection<T>[] = [];
    for (const message of this.#client.heard) {
      if (message.type !== 'sample' && message.type !== 'snapshot') continue;
      const section = message.sections[topic];
      if (section?.status === 'ok' && section.readMs !== found.at(-1)?.readMs) found.push(section);
    }
    return found;
  }
}
