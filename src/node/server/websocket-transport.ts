import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { TokenBucket } from '../../core/token-bucket.ts';
import type { CloseReason, SharedFrame, Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Frame, Limits } from '../../shared/protocol/index.ts';
import { deriveCloseCode, deriveCloseReason, trimCloseMessage } from './close-codes.ts';
import type { Heartbeat, Pulse } from './heartbeat.ts';
import { encodeWireFrame } from './wire-frame.ts';

export interface WebSocketTransportOptions {
  readonly clock: Clock;
  readonly heartbeat: Heartbeat;
  readonly limits: Pick<Limits, 'closeGraceMs' | 'messagesPerSecond' | 'messageBurst'>;
}

/**
 * A client on a WebSocket; the only user of `ws` sockets once they are open. Closing is gentle for the grace, then by
 * force, whatever the peer does.
 *
 * Frames are written to the stream below by ourselves, whole and in one piece: `ws` makes a header for each client and hands
 * header and payload over apart, which costs as much again as the write. What `ws` writes (pings, pongs, the close) it
 * writes at once too, since nothing is compressed, so that the order is kept.
 */
export class WebSocketTransport implements Transport {
  readonly kind = 'websocket';
  readonly encoding = 'json';
  readonly requiresAck = false;
  readonly closed: Promise<CloseReason>;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #options: WebSocketTransportOptions;
  readonly #listeners = new Set<(frame: Frame) => void>();
  readonly #pulse: Pulse;
  #reason: CloseReason | null = null;
  #grace: AbortController | null = null;

  /** `stream` is what `socket` was made on. */
  constructor(socket: WebSocket, stream: Duplex, options: WebSocketTransportOptions) {
    this.#socket = socket;
    this.#stream = stream;
    this.#options = options;
    this.#pulse = {
      ping: () => {
        if (socket.readyState === socket.OPEN) socket.ping();
      },
      lost: () => {
        this.#reason ??= { code: 'pingTimeout', message: 'The client does not answer any more.' };
        this.terminate();
      },
    };
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, message) => {
        this.#reason ??= deriveCloseReason(code, message.toString());
        options.heartbeat.remove(this.#pulse);
        this.#grace?.abort();
        this.#listeners.clear();
        resolve(this.#reason);
      });
    });
    // Whatever breaks a socket closes it too, with a code that says what it was; `ws` has answered the peer.
    socket.on('error', (error: Error & { code?: string }) => {
      this.#reason ??= deriveErrorReason(error);
    });
    const { messagesPerSecond, messageBurst } = options.limits;
    // Pings and pongs cost the host as messages do, and no session sees them.
    const control = new TokenBucket(options.clock, messagesPerSecond, messageBurst);
    const noteControl = (): void => {
      if (control.take()) return;
      this.close({ code: 'rateLimited', message: `More than ${messagesPerSecond} pings or pongs a second.` });
    };
    socket.on('ping', noteControl);
    socket.on('pong', () => {
      options.heartbeat.noteAnswer(this.#pulse);
      noteControl();
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (this.#reason) return;
      const frame: Frame = isBinary ? new Uint8Array(data) : data.toString();
      for (const listener of this.#listeners) listener(frame);
    });
    options.heartbeat.add(this.#pulse);
  }

  get roundTripMs(): number | null {
    return null;
  }

  get queuedBytes(): number {
    return this.#stream.writableLength;
  }

  send(frame: Frame): void {
    if (this.#isOpen) this.#stream.write(encodeWireFrame(frame));
  }

  sendShared(shared: SharedFrame): void {
    if (this.#isOpen) this.#stream.write((shared.wire ??= encodeWireFrame(shared.frame)));
  }

  cork(): void {
    this.#stream.cork();
  }

  uncork(): void {
    this.#stream.uncork();
  }

  onMessage(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(reason: CloseReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#socket.close(deriveCloseCode(reason.code), trimCloseMessage(reason.message));
    this.#grace = new AbortController();
    this.#options.clock.sleep(this.#options.limits.closeGraceMs, this.#grace.signal).then(
      () => this.#socket.terminate(),
      () => undefined,
    );
  }

  terminate(): void {
    this.#reason ??= { code: 'disconnected', message: 'The connection was cut.' };
    this.#socket.terminate();
  }

  /** Nothing may follow a close frame, whichever side has sent it. */
  get #isOpen(): boolean {
    return this.#reason === null && this.#socket.readyState === this.#socket.OPEN;
  }
}

function deriveErrorReason(error: Error & { code?: string }): CloseReason {
  switch (error.code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return { code: 'limitExceeded', message: 'A message was too big or came in too many pieces.' };
    case undefined:
      return { code: 'disconnected', message: error.message };
    default:
      return error.code.startsWith('WS_ERR_')
        ? { code: 'invalidMessage', message: error.message }
        : { code: 'disconnected', message: error.message };
  }
}
