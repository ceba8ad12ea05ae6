import type { Discontinuity } from '../../shared/series/sample.ts';

interface Stamp {
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly discontinuity?: Discontinuity;
}

/**
 * Where a sample stands on the charts' time axis: the host's wall clock as it was at the first sample, carried on
 * by its monotonic one, so that a stepped clock does not fold the chart. It is laid anew, never earlier than
 * what is drawn already, after a sleep, a step, or a restart of the host.
 */
export class Timeline {
  #offsetMs: number | null = null;
  #lastX = -Infinity;

  /** x in milliseconds; always higher than the one before, but for the same sample twice. */
  place({ wallMs, monotonicMs, discontinuity }: Stamp): number {
    if (this.#offsetMs === null || discontinuity) {
      this.#offsetMs = Math.max(wallMs - monotonicMs, this.#lastX + 1 - monotonicMs);
    }
    const x = monotonicMs + this.#offsetMs;
    this.#lastX = Math.max(this.#lastX, x);
    return x;
  }

  /** The next sample may be of another host. */
  relay(): void {
    this.#offsetMs = null;
  }

  get lastX(): number {
    return this.#lastX;
  }
}
