import type { Topic } from '../../series/raw.ts';
import type { Sample, Sections } from '../../series/sample.ts';
import type { SampleMessage, SnapshotMessage } from '../server-messages.ts';
import { deriveFullPatch } from './derive-patch.ts';
import { derivePlain, encodeValue } from './message-pack.ts';
import { deriveScaled } from './scaled.ts';

/** A run of samples of which each is told as what changed since the one before. */
export interface Chain {
  /** Unique among the chains that one client may hear. */
  readonly number: number;
  /** The subscription's. */
  readonly id: string;
  /** Its topics, each of which stands for itself by its place here. */
  readonly topics: readonly Topic[];
}

/** What everybody knows who has followed a chain up to here: the last section of each topic. Never changed. */
export interface ChainState {
  readonly seq: number;
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly sections: Sections;
}

/** Where a chain stands after a sample. */
export function advanceChain(state: ChainState | null, sample: Sample): ChainState {
  const { seq, wallMs, monotonicMs, sections } = sample;
  return { seq, wallMs, monotonicMs, sections: state ? { ...state.sections, ...sections } : sections };
}

/**
 * All that one needs to follow the chain from here, with the message that is to be shown now, if any. Sections that
 * the message has are not told twice.
 */
export function encodeKeyframe(
  { number, id, topics }: Chain,
  state: ChainState,
  message: SnapshotMessage | SampleMessage | null,
): Uint8Array<ArrayBuffer> {
  const { seq, wallMs, monotonicMs } = state;
  const others = Object.entries(state.sections).filter(
    ([topic, section]) => message?.sections[topic as Topic] !== section,
  );
  return encodeValue(
    derivePlain({
      type: 'keyframe',
      id,
      chain: number,
      seq,
      wallMs,
      monotonicMs,
      topics,
      sections: Object.fromEntries(others),
      message,
    }),
  );
}

/**
 * A sample to those who know `base`: `[chain, seq of the base, rise of seq, patch of wallMs, patch of monotonicMs,
 * sections]`, and last the discontinuity where there is one. Sections are pairs: the topic's place, and
 * `[lag, patch of data]` where the base has it with status `ok` and it still is; else a patch of the section. `lag` is
 * from the sample's `monotonicMs` to `readMs` in thousandths, or `[readMs]`.
 */
export function encodeDelta(
  { number, topics }: Chain,
  base: ChainState,
  sample: Sample,
): Uint8Array<ArrayBuffer> {
  const sections: unknown[] = [];
  topics.forEach((topic, place) => {
    const section = sample.sections[topic];
    if (section) sections.push(place, deriveSectionPatch(base.sections[topic], section, sample.monotonicMs));
  });
  return encodeValue([
    number,
    base.seq,
    sample.seq - base.seq,
    deriveFullPatch(base.wallMs, sample.wallMs),
    deriveFullPatch(base.monotonicMs, sample.monotonicMs),
    sections,
    ...(sample.discontinuity ? [sample.discontinuity] : []),
  ]);
}

type AnySection = Sections[Topic];

function deriveSectionPatch(base: AnySection, next: AnySection, monotonicMs: number): unknown {
  if (base?.status !== 'ok') return deriveFullPatch(base, next);
  if (next?.status !== 'ok') return [derivePlain(next)];
  const lag = deriveScaled(monotonicMs, next.readMs, 3) ?? [derivePlain(next.readMs)];
  return [lag, deriveFullPatch(base.data, next.data)];
}
