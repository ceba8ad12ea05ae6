import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Limits } from '../shared/protocol/index.ts';
import type { Transport } from './transport.ts';

/** Whether a client keeps up. `hold`: it gets only the newest, later. `close`: it has had its chance. */
export type SendVerdict = 'send' | 'hold' | 'close';

/**
 * What is on its way to one client, bounded in bytes and in samples not acknowledged. Acknowledgements count
 * where the transport demands them, and from the first that a client sends.
 */
export class SendWindow {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #transport: Transport;
  readonly #unacknowledged: number[] = [];
  #counting: boolean;
  #aboveSinceMs: number | null = null;

  constructor(clock: Clock, limits: Limits, transport: Transport) {
    this.#clock = clock;
    this.#limits = limits;
    this.#transport = transport;
    this.#counting = transport.requiresAck;
  }

  get unacknowledged(): number {
    return this.#unacknowledged.length;
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
    const nowMs = this.#clock.monotonic();
    this.#aboveSinceMs ??= nowMs;
    // A frame that is big by itself (a table of thousands of processes) waits for its turn; it is no sign of a stall.
    const tooMuch = queuedBytes + Math.min(bytes, this.#limits.queueMarkBytes) > this.#limits.queueCloseBytes;
    return tooMuch || nowMs - this.#aboveSinceMs >= this.#limits.queueCloseAfterMs ? 'close' : 'hold';
  }

  noteSent(seq: number): void {
    if (this.#counting) this.#unacknowledged.push(seq);
  }

  noteAck(seq: number): void {
    this.#counting = true;
    while (this.#unacknowledged.length > 0 && this.#unacknowledged[0]! <= seq) this.#unacknowledged.shift();
  }

  #isUnacknowledgedFull(): boolean {
    return this.#unacknowledged.length >= this.#limits.maxUnacknowledged;
  }
}
