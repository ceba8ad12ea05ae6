import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** SHA-256 of a certificate (DER) as 64 lower-case hexadecimal digits. */
export type Fingerprint = string & { readonly fingerprint: unique symbol };

/** Reads a fingerprint as people copy it, with or without colons. Null for none. Throws `invalidArgument` for another shape. */
export function parseFingerprint(text: string | undefined): Fingerprint | null {
  if (text === undefined) return null;
  const digits = text.replace(/[:\s]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits as Fingerprint;
  throw new MonitorError(
    'invalidArgument',
    'A fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits.',
  );
}

/**
 * Connects by TLS to who shows that very certificate. Nothing is sent on it but the handshake until this resolves.
 * Rejects with MonitorError `forbidden` where the certificate is another, `unavailable` where there is no connection,
 * and with the signal's reason; the connection is closed then.
 */
export async function connectPinned(
  url: URL,
  fingerprint: Fingerprint,
  signal?: AbortSignal,
): Promise<TLSSocket> {
  const socket = await connectToAnybody(url, signal);
  if (fingerprintOf(socket) === fingerprint) return socket;
  socket.destroy();
  throw new MonitorError(
    'forbidden',
    'The host shows another certificate than the one that is pinned; nothing was sent to it.',
  );
}

/**
 * Looks at the certificate that a host shows, to pin it from then on: whoever answers this first time is believed. Nothing
 * is sent but the handshake. Rejects with MonitorError `unavailable`, and with the signal's reason.
 */
export async function readFingerprint(url: URL, signal?: AbortSignal): Promise<Fingerprint> {
  const socket = await connectToAnybody(url, signal);
  const shown = fingerprintOf(socket);
  socket.destroy();
  if (shown !== null) return shown;
  throw new MonitorError('unavailable', 'The host shows no certificate.');
}

function fingerprintOf(socket: TLSSocket): Fingerprint | null {
  return parseFingerprint(socket.getPeerX509Certificate()?.fingerprint256);
}

function connectToAnybody(url: URL, signal?: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      // Nobody vouches for a certificate of the host's own; the pin does.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
    const settle = (): void => {
      signal?.removeEventListener('abort', onAbort);
      socket.off('secureConnect', onSecure);
      socket.off('close', onClose);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(signal?.reason);
    let problem = 'it closed the connection';
    socket.on('error', (error: Error) => (problem = error.message));
    const onClose = (): void =>
      fail(new MonitorError('unavailable', `The host cannot be reached: ${problem}.`));
    const onSecure = (): void => {
      settle();
      resolve(socket);
    };
    socket.on('secureConnect', onSecure);
    socket.on('close', onClose);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}
