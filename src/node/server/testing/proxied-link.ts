import type { Socket } from 'node:net';
import { noFaults, ProxiedStream, type StreamFaults } from './proxied-stream.ts';

/** What goes wrong with each direction: `up` from the client to the host, `down` back. */
export interface LinkFaults {
  readonly up?: Partial<StreamFaults>;
  readonly down?: Partial<StreamFaults>;
}

/** One connection through the proxy, of two sockets. Gone when both are closed. */
export class ProxiedLink {
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #host: Socket;
  readonly #up: ProxiedStream;
  readonly #down: ProxiedStream;
  #faults: { up: StreamFaults; down: StreamFaults } = { up: noFaults, down: noFaults };

  constructor(client: Socket, host: Socket) {
    this.#client = client;
    this.#host = host;
    const reset = (): void => this.reset();
    this.#up = new ProxiedStream(client, host, reset);
    this.#down = new ProxiedStream(host, client, reset);
    this.#passCloseOn(client, host, 'up');
    this.#passCloseOn(host, client, 'down');
    this.closed = Promise.all(
      [client, host].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
    ).then(() => undefined);
  }

  /** Bytes that have reached the client and the host. */
  get forwarded(): { readonly up: number; readonly down: number } {
    return { up: this.#up.forwardedBytes, down: this.#down.forwardedBytes };
  }

  /** Bytes that are held here. */
  get queuedBytes(): number {
    return this.#up.queuedBytes + this.#down.queuedBytes;
  }

  /** Changes what goes wrong from now on; what is not named stays as it is. */
  set({ up, down }: LinkFaults): void {
    this.#faults = { up: { ...this.#faults.up, ...up }, down: { ...this.#faults.down, ...down } };
    this.#up.set(this.#faults.up);
    this.#down.set(this.#faults.down);
  }

  /** Ends one direction alone: the far side of it reads the end, and the other direction goes on. */
  halfClose(direction: 'up' | 'down'): void {
    (direction === 'up' ? this.#up : this.#down).end();
  }

  /** Cuts both sides with a reset. */
  reset(): void {
    for (const socket of [this.#client, this.#host]) cutSocket(socket);
  }

  /**
   * A socket that broke breaks the other, unless that direction lets nothing through. The end of a stream is the
   * streams' to carry; where nobody is left who could hear it, the socket is given up.
   */
  #passCloseOn(from: Socket, to: Socket, direction: 'up' | 'down'): void {
    const isOver = (socket: Socket): boolean => socket.destroyed || socket.readableEnded;
    const giveUp = (): void => {
      const isLost = this.#faults.up.flow === 'swallow' && this.#faults.down.flow === 'swallow';
      if ((to.destroyed && from.readableEnded) || (isLost && isOver(from) && isOver(to))) this.#destroy();
    };
    from.on('error', () => {
      if (this.#faults[direction].flow === 'pass') cutSocket(to);
    });
    from.on('end', giveUp);
    from.on('close', () => {
      if (this.#faults[direction].flow === 'pass' && !from.readableEnded) to.destroy();
      giveUp();
    });
  }

  #destroy(): void {
    this.#client.destroy();
    this.#host.destroy();
  }
}

/**
 * Sends a reset and nothing else. `resetAndDestroy` would say a proper end first. Where the end is being said already there is no reset:
 * Node would ask for one that the system refuses, and never say that the socket is closed.
 */
export function cutSocket(socket: Socket): void {
  if (!socket.writableEnded) (socket as { resetAndClosing?: boolean }).resetAndClosing = true;
  socket.destroy();
}
