import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Where the app's own pages live. */
export const appScheme = 'app';
export const appOrigin = 'app://pulsewire';

/** What a page may load. A file of any other kind is not part of a page and is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
}

/** The files of the built renderer, by the path of their address (`/index.html`). */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/**
 * Lists what may be served. Addresses are looked up among these and never joined to a folder, so that no
 * spelling of `..` leads out of it.
 */
export async function listRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  await collect(folder, '', files);
  return files;
}

/** The file of an address; null for another origin, for what is not listed, and for what does not parse. */
export function findRendererFile(files: RendererFiles, address: string): RendererFile | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (`${url.protocol}//${url.host}` !== appOrigin || url.username !== '' || url.password !== '') return null;
  return files.get(url.pathname) ?? null;
}

async function collect(folder: string, prefix: string, files: Map<string, RendererFile>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const address = `${prefix}/${encodeURIComponent(entry.name)}`;
    if (entry.isDirectory()) await collect(path, address, files);
    const contentType = contentTypes[extname(entry.name)];
    if (entry.isFile() && contentType !== undefined) files.set(address, { path, contentType });
  }
}
