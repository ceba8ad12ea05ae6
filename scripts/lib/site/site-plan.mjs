import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { readTitle } from '../docs-page.mjs';
import { projectFolder } from '../project.mjs';

/**
 * One page of the site.
 *
 * @typedef {object} SitePage
 * @property {string} source its Markdown, seen from the checkout
 * @property {string} address where it lies, seen from the site
 * @property {string} title its first heading
 * @property {string} name what the navigation calls it
 * @property {string} group of the navigation; empty for one that is only linked to
 * @property {string} markdown
 */

/** Group, source, and what the navigation calls it. @type {readonly (readonly [string, string, string])[]} */
const planned = [
  ['Use', 'README.md', 'Pulsewire'],
  ['Use', 'docs/user-guide.md', 'User guide'],
  ['Use', 'docs/deployment.md', 'Deployment'],
  ['Use', 'docs/settings.md', 'Settings'],
  ['Use', 'docs/troubleshooting.md', 'Troubleshooting'],
  ['Program', 'docs/api.md', 'API'],
  ['Program', 'docs/client.md', 'Client package'],
  ['Program', 'docs/protocol/README.md', 'Protocol'],
  ['Program', 'docs/protocol/compact.md', 'Compact encoding'],
  ['Program', 'docs/protocol/metrics.md', 'Every figure'],
  ['Program', 'docs/protocol/states.md', 'States'],
  ['Operate', 'docs/monitoring.md', 'Monitoring'],
  ['Operate', 'docs/security.md', 'Security'],
  ['Operate', 'docs/performance.md', 'Performance'],
  ['Change', 'CONTRIBUTING.md', 'Contributing'],
  ['Change', 'docs/architecture.md', 'Architecture'],
  ['Change', 'docs/testing.md', 'Testing'],
  ['Change', 'docs/design.md', 'Design'],
  ['Change', 'docs/translating.md', 'Translating'],
  ['Change', 'CHANGELOG.md', 'Changes'],
];

/**
 * The pages of the site: those of the plan in its order, whatever else docs/ has behind them, and the decisions, which
 * are linked to from one list.
 *
 * @returns {Promise<SitePage[]>}
 */
export async function planSite() {
  const found = (await readdir(join(projectFolder, 'docs'), { recursive: true }))
    .map((name) => posix.join('docs', name.replaceAll('\\', '/')))
    .filter((source) => source.endsWith('.md'))
    .sort();
  const known = new Set(planned.map(([, source]) => source));
  /** @type {(readonly [string, string, string])[]} */
  const others = found
    .filter((source) => !known.has(source))
    .map((source) => [isOnlyLinked(source) ? '' : 'Change', source, '']);
  return Promise.all(
    [...planned, ...others].map(async ([group, source, name]) => {
      const markdown = await readFile(join(projectFolder, source), 'utf8');
      const title = readTitle(markdown);
      return { source, address: deriveSiteAddress(source), title, name: name || title, group, markdown };
    }),
  );
}

/** @param {string} source */
function isOnlyLinked(source) {
  return source === 'docs/README.md' || source.startsWith('docs/decisions/');
}

/** Where a page lies, seen from the site. @param {string} source */
export function deriveSiteAddress(source) {
  const seen = source.replace(/^docs\//, '');
  if (source === 'README.md') return 'index.html';
  if (source === 'docs/README.md') return 'guides.html';
  return seen
    .replace(/(^|\/)README\.md$/, '$1index.html')
    .replace(/\.md$/, '.html')
    .toLowerCase();
}
