import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from '../project.mjs';
import { renderSitePage } from './site-page.mjs';
import { planSite } from './site-plan.mjs';

/** Where the site's own style and script lie. */
const sourceFolder = join(projectFolder, 'guides', 'site');

/**
 * Makes a site of the guides: pages, pictures, one style, one script, and the texts that it searches. All of it is
 * static and refers to itself by relative addresses, so that it can lie anywhere. What was in the folder is gone.
 *
 * @param {string} outputFolder
 * @returns {Promise<number>} how many pages there are
 */
export async function buildSite(outputFolder) {
  const planned = await planSite();
  const pages = [...planned, listDecisions(planned)];
  await rm(outputFolder, { recursive: true, force: true });
  /** @type {import('./site-page.mjs').Section[]} */
  const sections = [];
  /** @type {Set<string>} */
  const files = new Set();
  for (const page of pages) {
    const rendered = renderSitePage(page, pages);
    await write(join(outputFolder, page.address), rendered.html);
    sections.push(...rendered.sections.filter(({ text }) => text !== ''));
    for (const file of rendered.files) files.add(file);
  }
  await write(join(outputFolder, 'search.json'), JSON.stringify(sections));
  for (const file of files) {
    const to = join(outputFolder, 'files', file);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(join(projectFolder, file), to);
  }
  await copyFile(join(sourceFolder, 'site.css'), join(outputFolder, 'site.css'));
  await copyFile(join(projectFolder, 'build', 'icons', 'app.svg'), join(outputFolder, 'icon.svg'));
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: outputFolder,
      emptyOutDir: false,
      target: 'chrome130',
      lib: { entry: join(sourceFolder, 'site.ts'), formats: ['es'], fileName: () => 'site.js' },
    },
  });
  return pages.length;
}

/** One list of the decisions, newest first. @param {readonly import('./site-plan.mjs').SitePage[]} pages */
function listDecisions(pages) {
  const links = pages
    .filter(({ source }) => source.startsWith('docs/decisions/'))
    .map(({ source, title }) => `- [${title}](${source.replace('docs/decisions/', '')})\n`)
    .reverse();
  return {
    source: 'docs/decisions/README.md',
    address: 'decisions/index.html',
    title: 'Decisions',
    name: 'Decisions',
    group: 'Change',
    markdown: `# Decisions\n\nWhat was decided, why, what was measured, and what would change it.\n\n${links.join('')}`,
  };
}

/** @param {string} path @param {string} text */
async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
