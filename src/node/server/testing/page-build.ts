import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A viewer page as the build makes it, small, with a file beside it that its manifest does not name. */
export interface PageBuild extends AsyncDisposable {
  readonly folder: string;
  /** URL paths of what may be served. */
  readonly paths: readonly string[];
  /** What the file says that may not. */
  readonly secret: string;
}

/** Makes one. Dispose of it. */
export async function createPageBuild(): Promise<PageBuild> {
  const root = await mkdtemp(join(tmpdir(), 'pulsewire-build-'));
  const folder = join(root, 'renderer');
  const secret = 'not-in-the-manifest-zv';
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(root, 'outside.txt'), secret);
  await writeFile(join(folder, 'secret.txt'), secret);
  await writeFile(join(folder, 'assets', 'secret.js'), secret);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Pulsewire</title>');
  await writeFile(join(folder, 'assets', 'app-abc123.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'app-def456.css'), ':root{}');
  const manifest = {
    'index.html': { file: 'assets/app-abc123.js', css: ['assets/app-def456.css'], isEntry: true },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  // The pages on the protocol lie beside.
  const docs = join(root, 'docs');
  await mkdir(docs);
  await writeFile(join(docs, 'index.html'), '<!doctype html><title>The wire</title>');
  await writeFile(join(docs, 'secret.html'), secret);
  await writeFile(join(docs, 'manifest.json'), JSON.stringify({ '/docs/': 'index.html' }));
  return {
    folder,
    paths: ['/', '/docs', '/docs/', '/assets/app-abc123.js', '/assets/app-def456.css'],
    secret,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
