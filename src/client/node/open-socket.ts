import { WebSocket as NodeWebSocket } from 'ws';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { OpenSocket } from '../websocket-transport.ts';
import { connectPinned, type Fingerprint } from './certificate-pin.ts';

export interface SocketOpenerOptions {
  /** Sent as a bearer token with the request to upgrade. */
  readonly token: string;
  /** Without one, whoever an authority vouches for is trusted; over plain HTTP there is nothing to pin. */
  readonly fingerprint: Fingerprint | null;
}

/**
 * Opens WebSockets in Node. Resolves once one is open. A host that refuses is told apart from one that is not there:
 * `unauthorized` for 401, `forbidden` for 403 and for another certificate, `limitExceeded` where it is full, else
 * `unavailable`.
 */
export function createSocketOpener({ token, fingerprint }: SocketOpenerOptions): OpenSocket {
  return async (url, protocols, signal) => {
    const target = new URL(url);
    if (fingerprint !== null && target.protocol !== 'wss:') {
      throw new MonitorError('forbidden', 'A certificate is pinned, and the address is without encryption.');
    }
    const pinned = fingerprint === null ? null : await connectPinned(target, fingerprint, signal);
    const socket = new NodeWebSocket(target, [...protocols], {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      ...(pinned && { createConnection: () => pinned }),
    });
    socket.binaryType = 'arraybuffer';
    await untilOpen(socket, signal);
    return socket as unknown as WebSocket;
  };
}

function untilOpen(socket: NodeWebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: MonitorError | null = null;
    const onAbort = (): void => socket.terminate();
    socket.once('unexpected-response', (request, response) => {
      failure = deriveRefusal(response.statusCode ?? 0);
      response.resume();
      request.destroy();
      socket.terminate();
    });
    socket.on('error', (error) => {
      failure ??= new MonitorError('unavailable', `The host cannot be reached: ${error.message}.`);
    });
    const onClose = (): void => {
      signal.removeEventListener('abort', onAbort);
      reject(
        signal.aborted ? signal.reason : (failure ?? new MonitorError('unavailable', 'The host hung up.')),
      );
    };
    socket.once('close', onClose);
    socket.once('open', () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('close', onClose);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

function deriveRefusal(status: number): MonitorError {
  switch (status) {
    case 401:
      return new MonitorError(
        'unauthorized',
        'The host does not know this token, or does not take it any more.',
      );
    case 403:
      return new MonitorError(
        'forbidden',
        'The host does not answer to this address, or not to this client.',
      );
    case 429:
    case 503:
      return new MonitorError('limitExceeded', 'The host has as many clients as it takes.');
    default:
      return new MonitorError('unavailable', `The host refused the connection (${status}).`);
  }
}
