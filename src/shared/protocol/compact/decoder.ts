import { MonitorError } from '../../lifecycle/monitor-error.ts';
import { applyPatch } from './apply-patch.ts';
import { decodeValue } from './message-pack.ts';
import { createRowBudget, type RowBudget } from './rows.ts';
import { addScaled } from './scaled.ts';

interface Followed {
  readonly id: string;
  readonly chain: number;
  readonly seq: number;
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly topics: readonly string[];
  readonly sections: Readonly<Record<string, unknown>>;
}
type Values = Readonly<Record<string, unknown>>;

/** A frame of which nothing can be made, nor of those that build on it: the connection is to be made anew. */
export class UndecodableError extends MonitorError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('invalidMessage', message, options);
    this.name = 'UndecodableError';
  }
}

/** More subscriptions than any host grants. */
const maxFollowed = 256;

/**
 * The reading end of one connection: follows the chain of each subscription. What comes out is a message as JSON
 * would have brought it, not checked against any schema yet. Of each connection's own.
 */
export class CompactDecoder {
  readonly #followed = new Map<string, Followed>();

  /**
   * The message of a frame, null where it only says where a chain stands. Throws UndecodableError where the frame is
   * malformed or changes something else than what is known here; nothing is followed any more then.
   */
  decode(bytes: Uint8Array): unknown {
    try {
      return this.#decode(bytes);
    } catch (thrown) {
      this.#followed.clear();
      throw new UndecodableError(MonitorError.from(thrown).message, { cause: thrown });
    }
  }

  #decode(bytes: Uint8Array): unknown {
    const value = decodeValue(bytes);
    if (Array.isArray(value)) return this.#decodeDelta(value, createRowBudget(bytes.length));
    if (!isValues(value)) throw malformed('a frame is a map or an array');
    if (value['type'] === 'keyframe') return this.#decodeKeyframe(value);
    if (value['type'] === 'done' && typeof value['id'] === 'string') this.#followed.delete(value['id']);
    return value;
  }

  #decodeKeyframe(frame: Values): unknown {
    const { id, chain, seq, wallMs, monotonicMs, topics, sections, message } = frame;
    if (typeof id !== 'string' || !isInteger(chain) || !isInteger(seq))
      throw malformed('a keyframe has no name');
    if (!isFinite(wallMs) || !isFinite(monotonicMs)) throw malformed('a keyframe has no time');
    if (!Array.isArray(topics) || !topics.every((topic) => typeof topic === 'string')) {
      throw malformed('a keyframe has no topics');
    }
    if (!isValues(sections) || (message !== null && !isValues(message)))
      throw malformed('a keyframe has no sections');
    const shown = message?.['sections'] ?? {};
    if (!isValues(shown)) throw malformed('a keyframe has no sections');
    for (const [other, known] of this.#followed) if (known.chain === chain) this.#followed.delete(other);
    if (!this.#followed.has(id) && this.#followed.size >= maxFollowed)
      throw malformed('there are too many chains');
    const known = { id, chain, seq, wallMs, monotonicMs, topics, sections: { ...shown, ...sections } };
    this.#followed.set(id, known);
    return message;
  }

  #decodeDelta(frame: readonly unknown[], budget: RowBudget): unknown {
    const [chain, baseSeq, rise, wall, monotonic, changes, discontinuity] = frame;
    const base = [...this.#followed.values()].find((known) => known.chain === chain);
    if (!base) throw malformed('it changes what is not known here');
    if (base.seq !== baseSeq) throw malformed('it changes another sample than the last');
    if (!isInteger(rise) || !Array.isArray(changes)) throw malformed('a sample has no sections');
    const wallMs = applyPatch(base.wallMs, wall, budget);
    const monotonicMs = applyPatch(base.monotonicMs, monotonic, budget);
    if (!isFinite(wallMs) || !isFinite(monotonicMs)) throw malformed('a sample has no time');
    const sections: Record<string, unknown> = {};
    for (let at = 0; at < changes.length; at += 2) {
      const topic = base.topics[changes[at] as number];
      if (topic === undefined) throw malformed('it has a topic that was not asked for');
      sections[topic] = applySection(base.sections[topic], changes[at + 1], monotonicMs, budget);
    }
    const seq = base.seq + rise;
    const next = { ...base, seq, wallMs, monotonicMs, sections: { ...base.sections, ...sections } };
    this.#followed.set(base.id, next);
    return {
      type: 'sample',
      id: base.id,
      seq,
      wallMs,
      monotonicMs,
      ...(discontinuity !== undefined && { discontinuity }),
      sections,
    };
  }
}

function applySection(base: unknown, patch: unknown, monotonicMs: number, budget: RowBudget): unknown {
  const isKnown = isValues(base) && base['status'] === 'ok';
  if (!isKnown || !Array.isArray(patch) || patch.length !== 2) return applyPatch(base, patch, budget);
  const [lag, data] = patch as [unknown, unknown];
  const readMs = isInteger(lag) ? addScaled(monotonicMs, lag, 3) : applyPatch(null, lag, budget);
  return { ...base, readMs, data: applyPatch(base['data'], data, budget) };
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function malformed(how: string): MonitorError {
  return new MonitorError('invalidMessage', `The message is malformed: ${how}.`);
}
