import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite } from '../scripts/lib/site/build-site.mjs';
import { deriveSiteAddress } from '../scripts/lib/site/site-plan.mjs';
import { guidePages } from './pages.ts';
import { createIndex, type Section } from './site/search-index.ts';

describe('the site of the guides', () => {
  let folder: string;
  let files: ReadonlySet<string>;
  let pages: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-site-'));
    await buildSite(folder);
    files = new Set((await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/')));
    const names = [...files].filter((name) => name.endsWith('.html'));
    pages = new Map(
      await Promise.all(
        names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
      ),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has every guide', () => {
    for (const { path } of guidePages) expect([...pages.keys()]).toContain(deriveSiteAddress(path));
  });

  it('has no link, picture or script that leads nowhere, and no anchor that is not there', () => {
    let count = 0;
    for (const [name, html] of pages) {
      for (const [, address] of html.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)) {
        if (address!.startsWith('https://')) continue;
        const [path = '', anchor] = address!.split('#', 2);
        const target = path === '' ? name : posix.normalize(posix.join(posix.dirname(name), path));
        expect({ name, address, isThere: files.has(target) }).toEqual({ name, address, isThere: true });
        if (anchor !== undefined)
          expect({ name, address, has: pages.get(target)?.includes(`id="${anchor}"`) }).toEqual({
            name,
            address,
            has: true,
          });
        count++;
      }
    }
    expect(count).toBeGreaterThan(1_000);
  });

  it('loads nothing from elsewhere, and runs no script but its own', () => {
    for (const html of pages.values()) {
      expect(html).toContain(`content="default-src 'none'; `);
      expect(html).not.toMatch(/<(?:img|script|link|source)[^>]*"(?:https?:)?\/\//);
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html).not.toMatch(/<[^>]*\s(?:style=|on[a-z]+=)/);
    }
  });

  it.each([
    ['pairing code', 'security.html#limits'],
    ['reverse proxy', 'deployment.html#behind-a-reverse-proxy'],
    ['node_memory', 'protocol/metrics.html'],
    ['healthz', 'monitoring.html'],
    ['subscibe', 'protocol/index.html'],
  ])('finds %s', async (words, wanted) => {
    const sections = JSON.parse(await readFile(join(folder, 'search.json'), 'utf8')) as Section[];
    const found = createIndex(sections)
      .search(words)
      .slice(0, 8)
      .map(({ id }) => String(id));
    expect(found.some((id) => id.startsWith(wanted))).toBe(true);
  });
});
