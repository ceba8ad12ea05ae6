import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder } from './project.mjs';
import { readTitle, renderPage } from './docs-page.mjs';

const docsFolder = join(projectFolder, 'docs');
const outputFolder = join(projectFolder, 'out', 'docs');
/** What is served of docs/, besides docs/protocol. */
const otherPages = ['client.md'];
const served = /\.(md|json|py)$/;

/**
 * Makes the pages that a host serves under /docs: the text of docs/protocol and docs/client.md as HTML, and the schemas
 * as they are. `manifest.json` names each by its address; the host serves what stands there and nothing else.
 */
export async function buildDocs() {
  const inProtocol = await readdir(join(docsFolder, 'protocol'), { recursive: true });
  const sources = [
    ...inProtocol.map((name) => `protocol/${name.replaceAll('\\', '/')}`).sort(),
    ...otherPages,
  ].filter((name) => served.test(name));
  const addresses = new Map(sources.map((source) => [source, deriveDocsAddress(source)]));
  const texts = new Map(
    await Promise.all(
      sources.map(
        async (source) => /** @type {const} */ ([source, await readFile(join(docsFolder, source), 'utf8')]),
      ),
    ),
  );
  const pages = sources
    .filter((source) => source.endsWith('.md'))
    .map((source) => ({
      source,
      address: addresses.get(source) ?? '',
      title: readTitle(texts.get(source) ?? ''),
    }))
    .sort((a, b) => a.address.localeCompare(b.address));
  /** @type {Map<string, string>} */
  const files = new Map([
    ['/docs/docs.css', await readFile(join(projectFolder, 'scripts', 'docs', 'docs.css'), 'utf8')],
  ]);
  for (const [source, text] of texts) {
    const page = pages.find((candidate) => candidate.source === source);
    files.set(addresses.get(source) ?? '', page ? renderPage(page, text, addresses, pages) : text);
  }
  await rm(outputFolder, { recursive: true, force: true });
  /** @type {Record<string, string>} */
  const manifest = {};
  for (const [address, text] of files) {
    const name = address.endsWith('/') ? 'index.html' : address.slice('/docs/'.length);
    manifest[address] = name;
    await mkdir(dirname(join(outputFolder, name)), { recursive: true });
    await writeFile(join(outputFolder, name), text);
  }
  // Not served: a copy goes beside each settings file that a host makes.
  await copyFile(join(docsFolder, 'settings.schema.json'), join(outputFolder, '..', 'settings.schema.json'));
  await writeFile(join(outputFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Where a file of docs/ is served. @param {string} source */
function deriveDocsAddress(source) {
  const path = source.replace(/^protocol\//, '').replace(/\.md$/, '.html');
  return path === 'README.html' ? '/docs/' : `/docs/${path}`;
}
