import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from '../../../scripts/build.mjs';
import { loadDocsFiles } from './docs-files.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const output = join(import.meta.dirname, '..', '..', '..', 'out');

describe('the pages under /docs', () => {
  let server: TestServer;
  let manifest: Record<string, string>;
  beforeAll(async () => {
    await ensureBuild();
    manifest = JSON.parse(await readFile(join(output, 'docs', 'manifest.json'), 'utf8')) as typeof manifest;
    server = await startTestServer({}, { staticDir: join(output, 'renderer') });
  }, 180_000);
  afterAll(() => server[Symbol.asyncDispose]());

  it('are served without a token exactly as they were built, and may run nothing', async () => {
    expect(Object.keys(manifest)).toEqual(
      expect.arrayContaining([
        '/docs/',
        '/docs/metrics.html',
        '/docs/client.html',
        '/docs/schemas/openapi.json',
      ]),
    );
    for (const [address, name] of [...Object.entries(manifest), ['/docs', 'index.html'] as const]) {
      const response = await fetch(`${server.url}${address}`, { redirect: 'error' });
      expect([address, response.status]).toEqual([address, 200]);
      expect(await response.text()).toBe(await readFile(join(output, 'docs', name), 'utf8'));
      const policy = response.headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; style-src 'self'; /);
      expect(policy).not.toMatch(/script|unsafe|connect|https?:/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('have links that lead to pages that are served, and to places that are on them', async () => {
    for (const [address, name] of Object.entries(manifest).filter(([, file]) => file.endsWith('.html'))) {
      const text = await readFile(join(output, 'docs', name), 'utf8');
      expect(text).not.toMatch(/<script|<iframe|<img|\sstyle=|\son\w+=/i);
      for (const [, href] of text.matchAll(/href="([^"]+)"/g)) {
        if (href!.startsWith('https://')) continue;
        const [path, anchor] = href!.split('#', 2);
        const target = manifest[path === '' ? address : path!];
        expect({ address, href, target }).toEqual({ address, href, target: expect.any(String) });
        if (anchor === undefined) continue;
        expect(await readFile(join(output, 'docs', target!), 'utf8')).toContain(`id="${anchor}"`);
      }
    }
  });

  it('are the only files there: nothing else of the disk can be asked for', async () => {
    for (const path of [
      '/docs/manifest.json',
      '/docs/nothing',
      '/docs/../main/main.js',
      '/docs/%2e%2e/main/main.js',
    ])
      expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, 404]);
    expect((await fetch(`${server.url}/docs/`, { method: 'POST' })).status).toBe(405);
  });

  it('are not there where they were not built, and are not read from elsewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pulsewire-docs-'));
    try {
      expect(await loadDocsFiles(join(folder, 'none'))).toBeNull();
      await mkdir(join(folder, 'docs'));
      await writeFile(join(folder, 'secret'), 'x');
      await writeFile(join(folder, 'docs', 'manifest.json'), '{"/docs/x": "../secret"}');
      await expect(loadDocsFiles(join(folder, 'docs'))).rejects.toMatchObject({ code: 'io' });
      await writeFile(join(folder, 'docs', 'manifest.json'), '{"/metrics": "manifest.json"}');
      await expect(loadDocsFiles(join(folder, 'docs'))).rejects.toMatchObject({ code: 'io' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
