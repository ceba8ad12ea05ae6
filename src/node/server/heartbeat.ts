import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Limits } from '../../shared/protocol/index.ts';

/** What can be asked whether it still lives. */
export interface Pulse {
  /** The heartbeat's own note; whoever makes a pulse gives it `createBeat()`. */
  readonly beat: Beat;
  /** Asks at once. */
  ping(): void;
  /** Called once the peer has not answered too often. */
  lost(): void;
}

/** Where a peer is in its interval. */
export interface Beat {
  /** Turns left until it is asked. */
  turns: number;
  awaiting: boolean;
  missed: number;
  /** Set by the pulse whenever it sends something that a ping could have gone with. */
  lively: boolean;
  /** Whether a ping is to go with what is sent next; unset by the pulse once it has. */
  due: boolean;
}

export function createBeat(): Beat {
  return { turns: 0, awaiting: false, missed: 0, lively: false, due: false };
}

/** Turns of the loop in one ping interval, and in a third of it. */
const turnsAnInterval = 15;
const turnsToAskAgain = 5;

/**
 * One loop that pings every connection, instead of a timer each. A peer that answers is pinged once an
 * interval; one that does not is asked again after a third of it, and is lost after so many missed: with 15 s
 * and two, 25 s after its last answer at the latest. Connections that came together are not asked together: thousands
 * of pings and their answers at once would hold up what is due then. Where samples go out anyway a ping goes with the
 * next of them, which saves a write; within a turn, or else alone.
 */
export class Heartbeat {
  readonly #pulses = new Set<Pulse>();
  readonly #missedPings: number;
  #added = 0;

  constructor(scope: TaskScope, limits: Pick<Limits, 'pingIntervalMs' | 'missedPings'>) {
    this.#missedPings = limits.missedPings;
    scope.loop('heartbeat', limits.pingIntervalMs / turnsAnInterval, () => this.#turn());
  }

  /** Connections under watch. */
  get size(): number {
    return this.#pulses.size;
  }

  add(pulse: Pulse): void {
    pulse.beat.turns = turnsAnInterval - (this.#added++ % turnsAnInterval);
    this.#pulses.add(pulse);
  }

  remove(pulse: Pulse): void {
    this.#pulses.delete(pulse);
  }

  /** The peer answered. */
  noteAnswer({ beat }: Pulse): void {
    if (!beat.awaiting || beat.due) return;
    // The next ping is one interval after the last, whenever it was answered.
    beat.turns += turnsAnInterval - turnsToAskAgain;
    beat.awaiting = false;
    beat.missed = 0;
  }

  #turn(): void {
    for (const pulse of this.#pulses) {
      const { beat } = pulse;
      const { due, lively } = beat;
      beat.lively = false;
      if (due) {
        beat.due = false;
        pulse.ping();
      }
      if (--beat.turns > 0) continue;
      if (beat.awaiting && ++beat.missed >= this.#missedPings) {
        this.#pulses.delete(pulse);
        pulse.lost();
        continue;
      }
      beat.turns = turnsToAskAgain;
      beat.awaiting = true;
      if (lively) beat.due = true;
      else pulse.ping();
    }
  }
}
