import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { appScheme, findRendererFile, listRendererFiles } from './renderer-files.ts';

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

/** Serves the built renderer in `folder` under `app://pulsewire/`, and nothing else. Once, when the app is ready. */
export async function serveAppProtocol(folder: string): Promise<void> {
  const files = await listRendererFiles(folder);
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers });
    const file = findRendererFile(files, request.url);
    if (!file) return new Response('There is no such file.', { status: 404, headers });
    const body = request.method === 'GET' ? new Uint8Array(await readFile(file.path)) : null;
    return new Response(body, { headers: { ...headers, 'Content-Type': file.contentType } });
  });
}
