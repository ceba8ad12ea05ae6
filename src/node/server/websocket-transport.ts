import type { WebSocket } from 'ws';
import type { CloseReason, Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Frame, Limits } from '../../shared/protocol/index.ts';
import { deriveCloseCode, deriveCloseReason, trimCloseMessage } from './close-codes.ts';
import type { Heartbeat, Pulse } from './heartbeat.ts';

export interface WebSocketTransportOptions {
  readonly clock: Clock;
  readonly heartbeat: Heartbeat;
  readonly limits: Pick<Limits, 'closeGraceMs'>;
}

/**
 * A client on a WebSocket; the only user of `ws` sockets once they are open. Text frames both ways. Closing is
 * gentle for the grace, then by force, whatever the peer does.
 */
export class WebSocketTransport implements Transport {
  readonly kind = 'websocket';
  readonly encoding = 'json';
  readonly roundTripMs = null;
  readonly requiresAck = false;
  readonly closed: Promise<CloseReason>;
  readonly #socket: WebSocket;
  readonly #options: WebSocketTransportOptions;
  readonly #listeners = new Set<(frame: Frame) => void>();
  readonly #pulse: Pulse;
  #reason: CloseReason | null = null;
  #grace: AbortController | null = null;

  constructor(socket: WebSocket, options: WebSocketTransportOptions) {
    this.#socket = socket;
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
    socket.on('pong', () => options.heartbeat.noteAnswer(this.#pulse));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (this.#reason) return;
      const frame: Frame = isBinary ? new Uint8Array(data) : data.toString();
      for (const listener of this.#listeners) listener(frame);
    });
    options.heartbeat.add(this.#pulse);
  }

  get queuedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    const socket = this.#socket;
    if (this.#reason || socket.readyState !== socket.OPEN) return;
    if (typeof frame === 'string') socket.send(encodeOnce(frame), { binary: false });
    else socket.send(frame, { binary: true });
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

let lastText: string | null = null;
let lastBytes: Buffer = Buffer.alloc(0);

/** The bytes of a text. One frame goes to many clients in a row: they share one encoding. */
function encodeOnce(text: string): Buffer {
  if (text !== lastText) {
    lastText = text;
    lastBytes = Buffer.from(text);
  }
  return lastBytes;
}
