import { request as requestPlain, type IncomingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import type { NetworkFacts } from '../server.ts';

/** What takes the part of an address on the LAN in tests: loopback too, but not the one that hosts listen on. */
export const lanAddress = '127.0.0.2';

/** A network on which `lanAddress` is a real one, and whoever comes through it is not of this machine. */
export const fakeLan: NetworkFacts = {
  isLocal: ({ localAddress }) => !localAddress?.endsWith(lanAddress),
  addresses: () => [
    { address: '127.0.0.1', interfaceName: 'lo', internal: true },
    { address: lanAddress, interfaceName: 'eth0', internal: false },
  ],
  sharedOn: lanAddress,
};

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The certificate's, where there is one. */
  readonly fingerprint: string | null;
}

/** Asks a host over HTTP or HTTPS, whoever signed its certificate. Rejects where there is no answer. */
export function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { body, ...rest } = options;
  const send = url.startsWith('https:') ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const request = send(url, { ...rest, agent: false, rejectUnauthorized: false }, (response) => {
      const { socket } = response;
      const fingerprint =
        'getPeerCertificate' in socket
          ? (socket as unknown as { getPeerCertificate(): { fingerprint256: string } }).getPeerCertificate()
              .fingerprint256
          : null;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, fingerprint }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
