import type { SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';

/** No host reads less often than this, whatever it is held to. */
const longestMs = 60_000;

/** How far apart a host's samples are now. By its settings or its budget it may read less often than it is asked. */
export class HostInterval {
  #sampledMs: number | null = null;
  #ms = 0;

  /** By the host's own clock, between its last two readings; 0 while that is not known. */
  get ms(): number {
    return this.#ms;
  }

  note({ type, monotonicMs, discontinuity }: SampleMessage | SnapshotMessage): void {
    const sampledMs = this.#sampledMs;
    // Another subscription's part of the same reading.
    if (monotonicMs === sampledMs) return;
    this.#sampledMs = monotonicMs;
    const isNext = type === 'sample' && discontinuity === undefined && sampledMs !== null;
    this.#ms = isNext ? Math.min(longestMs, Math.max(0, monotonicMs - sampledMs)) : 0;
  }

  /** What is heard next is of another host, or of another run of it. */
  forget(): void {
    this.#sampledMs = null;
    this.#ms = 0;
  }
}
