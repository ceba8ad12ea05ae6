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
export function connectPinned(url: URL, fingerprint: Fingerprint, signal?: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      // Nobody vouches for a certificate of the host's own; the pin below does.
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
      const shown = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase();
      if (shown === fingerprint) {
        settle();
        resolve(socket);
        return;
      }
      const message =
        'The host shows another certificate than the one that is pinned; nothing was sent to it.';
      fail(new MonitorError('forbidden', message));
    };
    socket.on('secureConnect', onSecure);
    socket.on('close', onClose);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}
