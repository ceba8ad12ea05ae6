import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { Section } from '../../shared/series/sample.ts';
import type { Recording } from './recording.ts';

/** By how much a reading may have come after its second and still be that of it. */
const lateMs = 250;

/** A recorded machine: what it said at any time after the start of its recording, which begins anew where it ends. */
export class ReplayedMachine {
  /** After which the recording begins anew: a whole number of seconds. */
  readonly durationMs: number;
  readonly topics: readonly Topic[];
  readonly #readings = new Map<Topic, { readonly ms: number; readonly section: Section<unknown> }[]>();

  constructor({ frames }: Recording) {
    for (const { ms, sections } of frames) {
      for (const [topic, section] of Object.entries(sections) as [Topic, Section<unknown>][]) {
        const readings = this.#readings.get(topic) ?? [];
        readings.push({ ms, section });
        this.#readings.set(topic, readings);
      }
    }
    const lastMs = frames.at(-1)?.ms ?? 0;
    this.durationMs = Math.max(1, Math.round(lastMs / 1_000)) * 1_000;
    this.topics = [...this.#readings.keys()];
  }

  /** What stood at `ms`: the newest reading until then, or the first. Undefined for a topic that was never read. */
  at<T extends Topic>(topic: T, ms: number): Section<RawOf<T>> | undefined {
    const readings = this.#readings.get(topic);
    if (!readings) return undefined;
    const untilMs = (ms % this.durationMs) + lateMs;
    let low = 0;
    let high = readings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (readings[middle]!.ms <= untilMs) low = middle + 1;
      else high = middle;
    }
    return readings[Math.max(0, low - 1)]?.section as Section<RawOf<T>> | undefined;
  }
}
