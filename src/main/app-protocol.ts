import { readFile } from 'node:fs/promises';
import { protocol, type Protocol, type ProtocolRequest, type ProtocolResponse } from 'electron';
import { appScheme, findRendererFile, listRendererFiles, type RendererFiles } from './renderer-files.ts';

/** What a page of the app may do: run its own files, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Makes `app://` an origin of its own. Must be called before the app is ready. */
export function registerAppScheme(): void {
  // The engine keeps what it has compiled: a window that is made for a click must be there at once.
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * What serves the built renderer in `folder` under `app://pulsewire/`, and nothing else: to be called once for each session, as it
 * begins.
 *
 * By the older of Electron's two calls: `protocol.handle` speaks in requests and responses of `fetch`, and has Node load
 * its whole HTTP client for them, a quarter of a second of this process before the first window has its page. Once
 * Electron takes it away this does not compile, and `protocol.handle` has to do.
 */
export function createAppProtocol(folder: string): (protocol: Protocol) => void {
  let files: Promise<RendererFiles> | null = null;
  const refuse = (statusCode: number, data: string): ProtocolResponse => ({
    statusCode,
    headers,
    mimeType: 'text/plain',
    data: Buffer.from(data),
  });
  const answer = async ({ method, url }: ProtocolRequest): Promise<ProtocolResponse> => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, '');
    const file = findRendererFile(await (files ??= listRendererFiles(folder)), url);
    if (!file) return refuse(404, 'There is no such file.');
    const data = method === 'GET' ? await readFile(file.path) : Buffer.alloc(0);
    return { headers: { ...headers, 'Content-Type': file.contentType }, data };
  };
  return (ofSession) => {
    ofSession.registerBufferProtocol(appScheme, (request, respond) => {
      // What cannot be read is not there: -6 is Chromium's ERR_FILE_NOT_FOUND.
      answer(request).then(respond, () => respond({ error: -6 }));
    });
  };
}
