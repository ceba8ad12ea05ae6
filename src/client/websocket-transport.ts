import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import {
  parseSubprotocol,
  subprotocols,
  type Encoding,
  type Frame,
  type ReasonCode,
} from '../shared/protocol/index.ts';
import type { ClientTransport, Connect, TransportClose } from './client-transport.ts';

/** Close codes after which the host will not have this client again, should its `bye` have been lost. */
const finalCodes: ReadonlyMap<number, ReasonCode> = new Map([
  [4401, 'unauthorized'],
  [4403, 'forbidden'],
  [4409, 'replaced'],
]);

/**
 * Begins to open a WebSocket: this host's own, or one that does more (see `node/open-socket.ts`). May resolve before it
 * is open. Rejects with a MonitorError, and leaves nothing open, when that fails or the signal aborts.
 */
export type OpenSocket = (
  url: string,
  protocols: readonly string[],
  signal: AbortSignal,
) => WebSocket | Promise<WebSocket>;

const openSocketHere: OpenSocket = (url, protocols) => new WebSocket(url, [...protocols]);

/** A connection over a WebSocket that is open already. */
class WebSocketTransport implements ClientTransport {
  readonly encoding: Encoding;
  readonly closed: Promise<TransportClose>;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.encoding = parseSubprotocol(socket.protocol) ?? 'json';
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      // What breaks a socket closes it too. Node's would throw where nobody hears of it.
      socket.addEventListener('error', () => undefined);
      socket.addEventListener(
        'close',
        (event) =>
          resolve({ code: finalCodes.get(event.code) ?? 'disconnected', message: describeClose(event) }),
        { once: true },
      );
    });
  }

  send(frame: Frame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  onMessage(listener: (frame: unknown) => void): () => void {
    const hear = (event: MessageEvent<unknown>): void => listener(event.data);
    this.#socket.addEventListener('message', hear);
    return () => this.#socket.removeEventListener('message', hear);
  }

  close(): void {
    this.#socket.close(1000);
  }
}

/** What is asked for where nothing else is wanted, best first: an older host speaks JSON only. */
const anyEncoding: readonly Encoding[] = ['compact', 'json'];

export interface ConnectByWebSocketOptions {
  readonly openSocket?: OpenSocket | undefined;
  /** The only one to be spoken. Without it the best that the host has. */
  readonly encoding?: Encoding | undefined;
}

/**
 * Connects to `/v1/stream` of a host. The token goes into the hello, or into a header that `openSocket` sends, never
 * into the URL.
 */
export function connectByWebSocket(url: string, options: ConnectByWebSocketOptions = {}): Connect {
  const { openSocket = openSocketHere, encoding } = options;
  const names = (encoding ? [encoding] : anyEncoding).map((one) => subprotocols[one]);
  return async (signal) => {
    signal.throwIfAborted();
    const socket = await openSocket(url, names, signal);
    socket.binaryType = 'arraybuffer';
    await untilOpen(socket, signal);
    return new WebSocketTransport(socket);
  };
}

function untilOpen(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.removeEventListener('open', onOpen);
      socket.removeEventListener('close', onClose);
    };
    const onAbort = (): void => {
      settle();
      socket.close();
      reject(signal.reason);
    };
    const onOpen = (): void => {
      settle();
      resolve();
    };
    const onClose = (event: CloseEvent): void => {
      settle();
      reject(new MonitorError('unavailable', describeClose(event)));
    };
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('open', onOpen);
    socket.addEventListener('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else if (socket.readyState === socket.OPEN) onOpen();
  });
}

/** Where the host's stream is, for a page that the host served. */
export function streamUrl(page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/v1/stream`;
}

function describeClose(event: CloseEvent): string {
  if (event.reason !== '') return event.reason;
  return event.code === 1006
    ? 'The host cannot be reached.'
    : `The host closed the connection (${event.code}).`;
}
