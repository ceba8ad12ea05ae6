import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import type { Transport } from './transport.ts';

/** Whether a client keeps up. `hold`: it gets only the newest, later. `close`: it has had its chance. */
export type SendVerdict = 'send' | 'hold' | 'close';

/** A client is closed within its time, not just after it: timers are late by some milliseconds. */
const timerLateMs = 100;

/**
 * What is on its way to one client, bounded in bytes and in samples not acknowledged. Acknowledgements count
 * where the transport demands them, and from the first that a client sends.
 */
export class SendWindow {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #transport: Transport;
  /** Numbers of the samples that were sent and not acknowledged, oldest first; null until they count. */
  #unacknowledged: number[] | null;
  #aboveSinceMs: number | null = null;

  constructor(clock: Clock, limits: Limits, transport: Transport) {
    this.#clock = clock;
    this.#limits = limits;
    this.#transport = transport;
    this.#unacknowledged = transport.requiresAck ? [] : null;
  }

  get unacknowledged(): number {
    return this.#unacknowledged?.length ?? 0;
  }

  /** How long the client may stay above the mark from now on; null where it is not above it. */
  get patienceMs(): number | null {
    if (this.#aboveSinceMs === null) return null;
    const aboveMs = this.#clock.monotonic() - this.#aboveSinceMs;
    return Math.max(0, this.#limits.queueCloseAfterMs - timerLateMs - aboveMs);
  }

  /** What to do with a frame of `bytes`. */
  judge(bytes: number): SendVerdict {
    const { queuedBytes } = this.#transport;
    const above =
      queuedBytes + bytes > this.#limits.queueMarkBytes ? queuedBytes > 0 : this.#isUnacknowledgedFull();
    if (!above) {
      this.#aboveSinceMs = null;
      return 'send';
    }
    this.#aboveSinceMs ??= this.#clock.monotonic();
    // A frame that is big by itself (a table of thousands of processes) waits for its turn; it is no sign of a stall.
    const tooMuch = queuedBytes + Math.min(bytes, this.#limits.queueMarkBytes) > this.#limits.queueCloseBytes;
    return tooMuch || this.patienceMs === 0 ? 'close' : 'hold';
  }

  noteSent(seq: number): void {
    this.#unacknowledged?.push(seq);
  }

  noteAck(seq: number): void {
    this.#unacknowledged ??= [];
    const list = this.#unacknowledged;
    while (list.length > 0 && list[0]! <= seq) list.shift();
  }

  #isUnacknowledgedFull(): boolean {
    return this.#unacknowledged !== null && this.#unacknowledged.length >= this.#limits.maxUnacknowledged;
  }
}
