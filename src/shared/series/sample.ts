import type { RawOf, Topic } from './raw.ts';

/**
 * What one collector had to say at one tick, and how true it is. `readMs` is the monotonic time of the reading
 * itself, to which rates are taken; it is not the time of the sample that carries it.
 */
export type Section<Raw> =
  | { readonly status: 'ok'; readonly readMs: number; readonly data: Raw }
  | { readonly status: 'unsupported'; readonly message: string }
  /** `remedy` is what to do about it: a command, or a setting, in words. */
  | { readonly status: 'needsPermission'; readonly message: string; readonly remedy: string }
  /** No answer within the collector's deadline yet. */
  | { readonly status: 'late'; readonly message: string }
  /** No answer for so long that what was known must not be taken for how things are. */
  | { readonly status: 'stale'; readonly message: string }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** Sections by topic. A topic that is absent was not read at this tick: what was known of it still holds. */
export type Sections = { readonly [T in Topic]?: Section<RawOf<T>> };

/** Why no rate may be taken across the time before a sample. */
export type Discontinuity = 'slept' | 'clockStepped' | 'paused';

/** One published reading of a host. */
export interface Sample {
  /** Rises by one with each sample that the host publishes. */
  readonly seq: number;
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** Present where time passed unseen before this sample. */
  readonly discontinuity?: Discontinuity;
  readonly sections: Sections;
}

/** Why what a client gets does not continue what it got before. `lost` comes with the host's `gap`. */
export type SeamReason = 'restarted' | 'lost' | 'paused';
