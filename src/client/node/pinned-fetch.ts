import { request as requestHttp, type IncomingMessage } from 'node:http';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { connectPinned, type Fingerprint } from './certificate-pin.ts';

/** More than any answer to pairing has. */
const maxAnswerBytes = 64 * 1024;

/**
 * `fetch` for what pairing needs, from who shows that very certificate: text bodies, no redirects, no cookies. Rejects
 * like `connectPinned`, before anything is sent.
 */
export function createPinnedFetch(fingerprint: Fingerprint): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:') {
      throw new MonitorError('forbidden', 'A certificate is pinned, and the address is without encryption.');
    }
    const signal = init.signal ?? undefined;
    const socket = await connectPinned(url, fingerprint, signal);
    const body = typeof init.body === 'string' ? init.body : '';
    const headers = Object.fromEntries(new Headers(init.headers));
    return new Promise((resolve, reject) => {
      const request = requestHttp(
        {
          createConnection: () => socket,
          host: url.hostname,
          path: url.pathname,
          method: init.method ?? 'GET',
          headers: {
            ...headers,
            host: url.host,
            connection: 'close',
            'content-length': Buffer.byteLength(body),
          },
          ...(signal && { signal }),
        },
        (response) => {
          readAnswer(response).then(resolve, reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  };
}

async function readAnswer(response: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new MonitorError('invalidMessage', 'The answer is too long.');
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
  return new Response(Buffer.concat(chunks), { status: response.statusCode ?? 500, headers });
}
