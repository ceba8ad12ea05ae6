import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Limits } from '../../shared/protocol/index.ts';

/** What can be asked whether it still lives. */
export interface Pulse {
  ping(): void;
  /** Called once the peer has not answered too often. */
  lost(): void;
}

interface Beat {
  ticks: number;
  awaiting: boolean;
  missed: number;
}

/** Turns of the loop in one ping interval. */
const ticksAnInterval = 3;

/**
 * One loop that pings every connection, instead of a timer each. A peer that answers is pinged once an
 * interval; one that does not is asked again after a third of it, and is lost after so many missed: with 15 s
 * and two, 25 s after its last answer at the latest.
 */
export class Heartbeat {
  readonly #beats = new Map<Pulse, Beat>();
  readonly #missedPings: number;

  constructor(scope: TaskScope, limits: Pick<Limits, 'pingIntervalMs' | 'missedPings'>) {
    this.#missedPings = limits.missedPings;
    scope.loop('heartbeat', limits.pingIntervalMs / ticksAnInterval, () => this.#turn());
  }

  /** Connections under watch. */
  get size(): number {
    return this.#beats.size;
  }

  add(pulse: Pulse): void {
    this.#beats.set(pulse, { ticks: 0, awaiting: false, missed: 0 });
  }

  remove(pulse: Pulse): void {
    this.#beats.delete(pulse);
  }

  /** The peer answered. */
  noteAnswer(pulse: Pulse): void {
    const beat = this.#beats.get(pulse);
    if (!beat) return;
    beat.awaiting = false;
    beat.missed = 0;
  }

  #turn(): void {
    for (const [pulse, beat] of this.#beats) {
      beat.ticks++;
      if (beat.awaiting) {
        beat.missed++;
        if (beat.missed >= this.#missedPings) {
          this.#beats.delete(pulse);
          pulse.lost();
          continue;
        }
      } else if (beat.ticks < ticksAnInterval) {
        continue;
      }
      beat.ticks = 0;
      beat.awaiting = true;
      pulse.ping();
    }
  }
}
