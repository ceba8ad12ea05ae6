import type { CloseReason, SharedFrame, Transport } from '../core/transport.ts';
import type { Frame } from '../shared/protocol/index.ts';

/** The way to one page. Neither may throw: a page that has gone is no error. */
export interface IpcPipe {
  sendFrame(frame: Frame): void;
  sendClose(reason: CloseReason): void;
}

/**
 * One connection with a page of ours. Electron's IPC tells nothing of what it still holds, so acknowledgements
 * are required. There is no wire that could break: whoever knows the page says that it has gone.
 */
export class IpcTransport implements Transport {
  readonly kind = 'ipc';
  readonly encoding = 'json';
  readonly roundTripMs = null;
  readonly requiresAck = true;
  readonly expectsAnswer = false;
  readonly queuedBytes = 0;
  readonly closed: Promise<CloseReason>;
  readonly #pipe: IpcPipe;
  readonly #listeners = new Set<(frame: Frame) => void>();
  #settle: ((reason: CloseReason) => void) | null = null;

  constructor(pipe: IpcPipe) {
    this.#pipe = pipe;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  send(frame: Frame): void {
    if (this.#settle) this.#pipe.sendFrame(frame);
  }

  sendShared({ frame }: SharedFrame): void {
    this.send(frame);
  }

  /** There is nothing to save: each frame is a message of its own. */
  cork(): void {}

  uncork(): void {}

  onMessage(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(reason: CloseReason): void {
    if (this.#end(reason)) this.#pipe.sendClose(reason);
  }

  terminate(): void {
    this.close({ code: 'disconnected', message: 'The connection was cut.' });
  }

  /** What the page sent. */
  receive(frame: Frame): void {
    if (!this.#settle) return;
    for (const listener of [...this.#listeners]) listener(frame);
  }

  /** Ends it without a word: the page has left, has gone, or has begun another connection on the same channel. */
  abandon(reason: CloseReason): void {
    this.#end(reason);
  }

  #end(reason: CloseReason): boolean {
    const settle = this.#settle;
    if (!settle) return false;
    this.#settle = null;
    this.#listeners.clear();
    settle(reason);
    return true;
  }
}
