import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { securityHeaders } from './json-response.ts';
import { loadWebAppFiles } from './web-app-files.ts';

/** One file of the viewer page, whole and in memory. */
export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Its name changes with its content, so that nobody need ask again. */
  readonly immutable: boolean;
  /** What it may do, where that is not what the viewer page may. */
  readonly policy?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.py': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What matters here of Vite's manifest. Source: vite.dev/guide/backend-integration. */
const manifestSchema = v.record(
  v.string(),
  v.object({
    file: v.string(),
    css: v.optional(v.array(v.string()), []),
    assets: v.optional(v.array(v.string()), []),
  }),
);

/** Where the build may keep its manifest. */
const manifestNames = ['manifest.json', join('.vite', 'manifest.json')];

/**
 * Loads the viewer page as built: `/` and the files that the build's manifests name, by URL path. Nothing else
 * can be asked for, since what is served is looked up here and not on disk. Null where there is no build.
 * Throws `io` where there is one and it cannot be read.
 */
export async function loadStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile> | null> {
  const manifestText = await readFirst(manifestNames.map((name) => join(folder, name)));
  if (manifestText === null) return null;
  try {
    const manifest = v.parse(manifestSchema, JSON.parse(manifestText));
    const names = new Set<string>();
    for (const { file, css, assets } of Object.values(manifest)) {
      for (const name of [file, ...css, ...assets]) if (!name.endsWith('.html')) names.add(name);
    }
    const files = new Map<string, StaticFile>();
    files.set('/', await loadFile(folder, 'index.html', false));
    for (const name of names) files.set(`/${name}`, await loadFile(folder, name, true));
    const webApp = await loadWebAppFiles(folder, (name) => loadFile(folder, name, false));
    for (const [path, file] of webApp) files.set(path, file);
    return files;
  } catch (cause) {
    throw new MonitorError(
      'io',
      `The viewer page in ${folder} cannot be read: ${MonitorError.from(cause).message}`,
      {
        cause,
      },
    );
  }
}

/** What the viewer page may do. `host` is where its own socket goes, validated before. */
export function derivePagePolicy(host: string, encrypted = false): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self' ${encrypted ? 'wss' : 'ws'}://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Answers a GET or HEAD with a file, or with 304 where the browser has it already. */
export function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile,
  host: string,
  encrypted = false,
): void {
  const headers: Record<string, string> = {
    ...securityHeaders,
    'Content-Security-Policy': file.policy ?? derivePagePolicy(host, encrypted),
    'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: file.etag,
  };
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(file.etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** Reads one file of a build. Throws `io` where its name leads out of the folder. */
export async function loadFile(folder: string, name: string, immutable: boolean): Promise<StaticFile> {
  const path = normalize(join(folder, name));
  if (!path.startsWith(normalize(folder + sep))) {
    throw new MonitorError('io', `the manifest names "${name}", which lies outside of the build`);
  }
  const body = await readFile(path);
  return {
    body,
    type: types[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable,
  };
}

async function readFirst(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      return await readFile(path, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw new MonitorError('io', `${path} cannot be read: ${(thrown as Error).message}`, {
          cause: thrown,
        });
      }
    }
  }
  return null;
}
