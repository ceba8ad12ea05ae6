import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { TokenBucket } from '../../core/token-bucket.ts';
import type { CloseReason, SharedFrame, Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { parseSubprotocol, type Encoding, type Frame, type Limits } from '../../shared/protocol/index.ts';
import { deriveCloseCode, deriveCloseReason, trimCloseMessage } from './close-codes.ts';
import { createBeat, type Heartbeat, type Pulse } from './heartbeat.ts';
import { encodeSharedWire, encodeWireFrame, type SharedWire } from './wire-frame.ts';

export interface WebSocketTransportOptions {
  readonly clock: Clock;
  readonly heartbeat: Heartbeat;
  readonly limits: Pick<Limits, 'messagesPerSecond' | 'messageBurst'>;
}

/** Whose socket it is: what a socket's events are told to without a function for each of thousands. */
const owner = Symbol('transport');
type OwnedSocket = WebSocket & { [owner]?: WebSocketTransport };

/**
 * A client on a WebSocket; the only user of `ws` sockets once they are open.
 *
 * Frames are written to the stream below by ourselves, whole and in one piece: `ws` makes a header for each client
 * and hands header and payload over apart, which costs as much again as the write. What `ws` writes (pings, pongs,
 * the close) it writes at once too, since nothing is compressed, so that the order is kept.
 */
export class WebSocketTransport implements Transport, Pulse {
  readonly kind = 'websocket';
  readonly encoding: Encoding;
  readonly requiresAck = false;
  readonly closed: Promise<CloseReason>;
  readonly beat = createBeat();
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #options: WebSocketTransportOptions;
  #listeners: readonly ((frame: Frame) => void)[] = [];
  #settle: (reason: CloseReason) => void = () => undefined;
  /** Few clients ping. */
  #control: TokenBucket | null = null;
  #reason: CloseReason | null = null;
  #pingedMs = 0;
  #roundTripMs: number | null = null;

  /** `stream` is what `socket` was made on. `options` may be shared. */
  constructor(socket: WebSocket, stream: Duplex, options: WebSocketTransportOptions) {
    this.encoding = parseSubprotocol(socket.protocol) ?? 'json';
    this.#socket = socket;
    this.#stream = stream;
    this.#options = options;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
    (socket as OwnedSocket)[owner] = this;
    socket.on('close', onClose);
    socket.on('error', onError);
    socket.on('ping', onPing);
    socket.on('pong', onPong);
    socket.on('message', onMessage);
    options.heartbeat.add(this);
  }

  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  get expectsAnswer(): boolean {
    return this.beat.due;
  }

  get queuedBytes(): number {
    return this.#stream.writableLength;
  }

  send(frame: Frame): void {
    if (this.#isOpen) this.#stream.write(encodeWireFrame(frame));
  }

  sendShared(shared: SharedFrame): void {
    if (!this.#isOpen) return;
    const wire = (shared.wire ??= encodeSharedWire(shared.frame)) as SharedWire;
    const { beat } = this;
    beat.lively = true;
    if (beat.due) {
      beat.due = false;
      this.#pingedMs = this.#options.clock.monotonic();
      this.#stream.write(wire.withPing);
    } else {
      this.#stream.write(wire.alone);
    }
  }

  cork(): void {
    this.#stream.cork();
  }

  uncork(): void {
    this.#stream.uncork();
  }

  onMessage(listener: (frame: Frame) => void): () => void {
    this.#listeners = this.#listeners.concat(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  close(reason: CloseReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#socket.close(deriveCloseCode(reason.code), trimCloseMessage(reason.message));
  }

  terminate(): void {
    this.#reason ??= { code: 'disconnected', message: 'The connection was cut.' };
    this.#socket.terminate();
  }

  ping(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#pingedMs = this.#options.clock.monotonic();
    this.#socket.ping();
  }

  lost(): void {
    this.#reason ??= { code: 'pingTimeout', message: 'The client does not answer any more.' };
    this.terminate();
  }

  noteAnswer(): void {
    if (!this.beat.awaiting || this.beat.due) return this.noteControl();
    this.#roundTripMs = this.#options.clock.monotonic() - this.#pingedMs;
    this.#options.heartbeat.noteAnswer(this);
  }

  /** Pings, and pongs that nobody asked for, cost the host as messages do, and no session sees them. */
  noteControl(): void {
    const { clock, limits } = this.#options;
    this.#control ??= new TokenBucket(clock, limits.messagesPerSecond, limits.messageBurst);
    if (this.#control.take()) return;
    const message = `More than ${limits.messagesPerSecond} pings or pongs a second.`;
    this.close({ code: 'rateLimited', message });
  }

  noteMessage(frame: Frame): void {
    if (this.#reason) return;
    for (const listener of this.#listeners) listener(frame);
  }

  /** Whatever breaks a socket closes it too, with a code that says what it was; `ws` has answered the peer. */
  noteError(error: Error & { code?: string }): void {
    this.#reason ??= deriveErrorReason(error);
  }

  noteClosed(code: number, message: string): void {
    this.#reason ??= deriveCloseReason(code, message);
    this.#options.heartbeat.remove(this);
    this.#listeners = [];
    this.#settle(this.#reason);
  }

  /** Nothing may follow a close frame, whichever side has sent it. */
  get #isOpen(): boolean {
    return this.#reason === null && this.#socket.readyState === this.#socket.OPEN;
  }
}

function onClose(this: OwnedSocket, code: number, message: Buffer): void {
  this[owner]?.noteClosed(code, message.toString());
}

function onError(this: OwnedSocket, error: Error & { code?: string }): void {
  this[owner]?.noteError(error);
}

function onPing(this: OwnedSocket): void {
  this[owner]?.noteControl();
}

function onPong(this: OwnedSocket): void {
  this[owner]?.noteAnswer();
}

function onMessage(this: OwnedSocket, data: Buffer, isBinary: boolean): void {
  this[owner]?.noteMessage(isBinary ? new Uint8Array(data) : data.toString());
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
