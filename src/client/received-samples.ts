import type { GapMessage, SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';

/**
 * What each subscription has got of one run of the host, so that after a loss each goes on where it was, and has nothing
 * twice.
 */
export class ReceivedSamples {
  /** The newest of each; null while its snapshot is still to come. */
  readonly #lastSeqs = new Map<string, number | null>();

  /** From where every subscription is whole, for hosts that take one number for all; null where there is none. */
  get oldestSeq(): number | null {
    const seqs = [...this.#lastSeqs.values()].filter((seq) => seq !== null);
    return seqs.length > 0 ? Math.min(...seqs) : null;
  }

  /** Subscription `id` is about to be asked for: after which sample; null: from now on, which a snapshot begins. */
  begin(id: string): number | null {
    const seq = this.#lastSeqs.get(id) ?? null;
    this.#lastSeqs.set(id, seq);
    return seq;
  }

  /** What follows under this id is another subscription, or none. */
  forget(id: string): void {
    this.#lastSeqs.delete(id);
  }

  /** What follows is another run of the host, or was not asked for in between. */
  forgetAll(): void {
    this.#lastSeqs.clear();
  }

  /** Takes a sample in. False where it is no news to its subscription: it has had it, or never asked for it. */
  take({ type, id, seq }: SampleMessage | SnapshotMessage): boolean {
    const lastSeq = this.#lastSeqs.get(id);
    if (lastSeq === undefined) return false;
    // Each begins with a snapshot: a sample before it is one of the subscription that was replaced, and as true as any,
    // but says nothing of what this one has got.
    if (lastSeq === null && type === 'sample') return true;
    if (lastSeq !== null && (seq < lastSeq || (seq === lastSeq && type === 'sample'))) return false;
    this.#lastSeqs.set(id, seq);
    return true;
  }

  /** Takes in that samples will not come. False where that is no news. */
  takeGap({ id, toSeq }: GapMessage): boolean {
    const lastSeq = this.#lastSeqs.get(id) ?? null;
    if (lastSeq === null || toSeq <= lastSeq) return false;
    this.#lastSeqs.set(id, toSeq);
    return true;
  }
}
