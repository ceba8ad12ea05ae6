import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { subprotocols, type ReasonCode } from '../shared/protocol/index.ts';
import type { ClientTransport, Connect, TransportClose } from './client-transport.ts';

/** Close codes after which the host will not have this client again, should its `bye` have been lost. */
const finalCodes: ReadonlyMap<number, ReasonCode> = new Map([
  [4401, 'unauthorized'],
  [4403, 'forbidden'],
  [4409, 'replaced'],
]);

/** A connection over a WebSocket that is open already. */
export class WebSocketTransport implements ClientTransport {
  readonly closed: Promise<TransportClose>;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.addEventListener(
        'close',
        (event) =>
          resolve({ code: finalCodes.get(event.code) ?? 'disconnected', message: describeClose(event) }),
        { once: true },
      );
    });
  }

  send(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
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

/** Connects to `/v1/stream` of the host that served the page. The token goes into the hello, never into the URL. */
export function connectByWebSocket(url: string): Connect {
  return (signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const socket = new WebSocket(url, [subprotocols.json]);
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
        resolve(new WebSocketTransport(socket));
      };
      const onClose = (event: CloseEvent): void => {
        settle();
        reject(new MonitorError('unavailable', describeClose(event)));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      socket.addEventListener('open', onOpen);
      socket.addEventListener('close', onClose);
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
