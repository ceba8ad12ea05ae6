import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { StaticFile } from './static-files.ts';

/** Where the build keeps what makes the page an app that can be installed. Source: W3C Web Application Manifest. */
const manifestName = 'manifest.webmanifest';

const manifestSchema = v.object({
  icons: v.array(v.object({ src: v.pipe(v.string(), v.regex(/^[\w./@-]+$/)) })),
});

/**
 * The page's web app manifest and the icons that it names, by URL path; nothing where the build has none. `load` reads one
 * file of the build. Throws what it throws, what the file system throws, and where the manifest makes no sense.
 */
export async function loadWebAppFiles(
  folder: string,
  load: (name: string) => Promise<StaticFile>,
): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return files;
    throw thrown;
  }
  const { icons } = v.parse(manifestSchema, JSON.parse(text));
  files.set(`/${manifestName}`, await load(manifestName));
  for (const { src } of icons) files.set(`/${src}`, await load(src));
  return files;
}
