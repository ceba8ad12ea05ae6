import type { Discontinuity } from '../sample.ts';

interface Stamp {
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly discontinuity?: Discontinuity;
}

/** Two samples that tell of the same sleep or step differ by less: the host calls nothing smaller a step. */
const sameStepMs = 500;

/**
 * Where a sample stands on the charts' time axis: the host's wall clock as it was at the first sample, carried on
 * by its monotonic one, so that a stepped clock does not fold the chart. It is laid anew, never earlier than
 * what is drawn already, after a sleep, a step, or a restart of the host: once, though each subscription tells of it,
 * and though a viewer that comes back hears of one from the second when it has the first's newest already.
 */
export class Timeline {
  #offsetMs: number | null = null;
  /** How far the wall clock was before the monotonic one when the axis was laid. */
  #laidMs = 0;
  #lastX = -Infinity;

  /** x in milliseconds; of one subscription always higher than the one before, but for the same sample twice. */
  place({ wallMs, monotonicMs, discontinuity }: Stamp): number {
    const aheadMs = wallMs - monotonicMs;
    const isMoved = discontinuity !== undefined && Math.abs(aheadMs - this.#laidMs) > sameStepMs;
    if (this.#offsetMs === null || isMoved) {
      this.#offsetMs = Math.max(aheadMs, this.#lastX + 1 - monotonicMs);
      this.#laidMs = aheadMs;
    }
    const x = monotonicMs + this.#offsetMs;
    this.#lastX = Math.max(this.#lastX, x);
    return x;
  }

  /** Where a monotonic time of the host stands, as the axis was laid last; NaN before the first sample. */
  at(monotonicMs: number): number {
    return this.#offsetMs === null ? NaN : monotonicMs + this.#offsetMs;
  }

  /** The host's monotonic time at `x`, likewise. */
  monotonicAt(x: number): number {
    return this.#offsetMs === null ? NaN : x - this.#offsetMs;
  }

  /** The next sample may be of another host. */
  relay(): void {
    this.#offsetMs = null;
  }

  get lastX(): number {
    return this.#lastX;
  }
}
