import type { RawOf, Topic } from '../shared/series/raw.ts';

/** Whether this machine can serve a topic at all, asked once before the first read. */
export type Probe =
  | { readonly status: 'ok' }
  | { readonly status: 'unsupported'; readonly message: string }
  | { readonly status: 'needsPermission'; readonly message: string; readonly remedy: string };

/**
 * Reads one subject of the machine. Returns raw counters, never rates. The sampler is its sole caller: reads
 * of one collector never overlap. Throws MonitorError; `unsupported` and `needsPermission` are passed on as such.
 */
export interface Collector<T extends Topic = Topic> extends Partial<AsyncDisposable> {
  readonly id: T;
  /** No demand makes it be read more often than this. */
  readonly minIntervalMs: number;
  /** After this long a read counts as late and the sample goes out without it. */
  readonly deadlineMs: number;
  probe(): Promise<Probe> | Probe;
  /**
   * A read that is done at once keeps nothing of its signal, which the next may get too.
   * Work on the host's own thread after the first turn of a read is told by `noteBusy`, so that it is counted.
   */
  read(signal: AbortSignal, noteBusy?: (ms: number) => void): Promise<RawOf<T>> | RawOf<T>;
  /** Told when nobody wants it any more, never during a read: what is kept between readings may be let go. */
  rest?(): void;
}

/** A collector of any topic. */
export type AnyCollector = { [T in Topic]: Collector<T> }[Topic];
