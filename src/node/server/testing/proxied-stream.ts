import type { Socket } from 'node:net';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';

/** What goes wrong with one direction of a link. */
export interface StreamFaults {
  /**
   * `pass`: nothing. `hold`: nothing is read any more, so that the sender's TCP window fills; what was under way
   * arrives once it passes again. `swallow`: everything is read and lost, and the end of the stream with it.
   */
  readonly flow: 'pass' | 'hold' | 'swallow';
  /** How much later everything arrives, the end of the stream too. */
  readonly delayMs: number;
  /** Null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
  /** After so many bytes both ends are reset. Null: never. */
  readonly cutAfterBytes: number | null;
  /** The end of the stream overtakes what was sent last before it, which is lost. */
  readonly endOvertakes: boolean;
  /** How much later the end of the stream arrives than what was sent before it. */
  readonly endDelayMs: number;
}

export const noFaults: StreamFaults = {
  flow: 'pass',
  delayMs: 0,
  bytesPerSecond: null,
  cutAfterBytes: null,
  endOvertakes: false,
  endDelayMs: 0,
};

/** What is read and not written yet is at most this and one chunk more; past it, nothing is read. */
const maxQueuedBytes = 256 * 1024;
/** A throttled stream is written in so many pieces a second. */
const piecesPerSecond = 20;

/**
 * One direction between two sockets, with faults. Memory is bounded; it ends with its target socket, whatever its
 * source does.
 */
export class ProxiedStream {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #reset: () => void;
  readonly #queue: { chunk: Buffer; readonly atMs: number }[] = [];
  #faults = noFaults;
  #queuedBytes = 0;
  #forwardedBytes = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  /** `reset` cuts both ends. */
  constructor(from: Socket, to: Socket, reset: () => void) {
    this.#from = from;
    this.#to = to;
    this.#reset = reset;
    from.on('data', (chunk: Buffer) => {
      if (this.#faults.flow === 'swallow') return;
      this.#queue.push({ chunk, atMs: systemClock.monotonic() });
      this.#queuedBytes += chunk.length;
      this.#adjust();
    });
    from.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    to.on('close', () => this.#wake());
    to.on('drain', () => this.#wake());
    void this.#pump();
  }

  get forwardedBytes(): number {
    return this.#forwardedBytes;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  set(faults: StreamFaults): void {
    this.#faults = faults;
    if (faults.flow === 'swallow') {
      this.#queue.length = 0;
      this.#queuedBytes = 0;
    }
    this.#adjust();
  }

  /** Ends this direction alone, as a peer does that will send no more. */
  end(): void {
    this.#to.end();
  }

  /** Reads or not, and lets the pump look again. */
  #adjust(): void {
    const isFull = this.#queuedBytes >= maxQueuedBytes;
    if (this.#faults.flow === 'hold' || isFull) this.#from.pause();
    else this.#from.resume();
    this.#wake();
  }

  async #pump(): Promise<void> {
    while (!this.#to.destroyed) {
      const next = this.#queue[0];
      const isLast = this.#queue.length === 1 && !this.#ended;
      const keepsBack = this.#faults.endOvertakes && isLast;
      if (
        this.#faults.flow !== 'pass' ||
        this.#to.writableNeedDrain ||
        keepsBack ||
        (!next && !this.#ended)
      ) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else if (!next || (this.#faults.endOvertakes && this.#queue.length === 1)) {
        await systemClock.sleep(this.#faults.delayMs + this.#faults.endDelayMs);
        if (this.#faults.flow !== 'pass') continue;
        this.#to.end();
        return;
      } else {
        const waitMs = next.atMs + this.#faults.delayMs - systemClock.monotonic();
        if (waitMs > 0) await systemClock.sleep(waitMs);
        else await this.#forward(next);
      }
    }
  }

  async #forward(next: { chunk: Buffer }): Promise<void> {
    const { bytesPerSecond, cutAfterBytes } = this.#faults;
    const most = Math.min(
      next.chunk.length,
      bytesPerSecond === null ? Infinity : Math.max(1, Math.round(bytesPerSecond / piecesPerSecond)),
      cutAfterBytes === null ? Infinity : Math.max(0, cutAfterBytes - this.#forwardedBytes),
    );
    const piece = next.chunk.subarray(0, most);
    next.chunk = next.chunk.subarray(most);
    if (next.chunk.length === 0) this.#queue.shift();
    this.#queuedBytes -= most;
    this.#forwardedBytes += most;
    if (most > 0) this.#to.write(piece);
    if (cutAfterBytes !== null && this.#forwardedBytes >= cutAfterBytes) this.#reset();
    else this.#adjust();
    if (bytesPerSecond !== null) await systemClock.sleep(1_000 / piecesPerSecond);
  }
}
