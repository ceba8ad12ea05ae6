import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { loadFile, type StaticFile } from './static-files.ts';

/** Addresses of the pages, and the file of each. Written by the build. */
const manifestSchema = v.record(v.pipe(v.string(), v.startsWith('/docs/')), v.string());

/** The pages are text: no script of anybody, no connection, nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Loads the built pages on the protocol, by URL path. They are the same for every host and say nothing of this one, so
 * that they need no token: whoever writes a client reads them before there is one. What is served is looked up here and
 * not on disk. Null where they were not built; throws `io` where they cannot be read.
 */
export async function loadDocsFiles(folder: string): Promise<ReadonlyMap<string, StaticFile> | null> {
  let text: string;
  try {
    text = await readFile(join(folder, 'manifest.json'), 'utf8');
  } catch {
    // Not built: there is no such page.
    return null;
  }
  try {
    const manifest = v.parse(manifestSchema, JSON.parse(text));
    const files = new Map<string, StaticFile>();
    for (const [address, name] of Object.entries(manifest))
      files.set(address, { ...(await loadFile(folder, name, false)), policy });
    const index = files.get('/docs/');
    if (index) files.set('/docs', index);
    return files;
  } catch (cause) {
    throw new MonitorError(
      'io',
      `The pages in ${folder} cannot be read: ${MonitorError.from(cause).message}`,
      {
        cause,
      },
    );
  }
}
