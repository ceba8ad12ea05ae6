import { posix } from 'node:path';
import { Marked } from 'marked';

/**
 * One page of the documentation.
 *
 * @typedef {object} DocsPage
 * @property {string} source where its Markdown lies, seen from docs/
 * @property {string} address where it is served
 * @property {string} title
 */

/** A text as HTML shows it, in elements and in attributes. @param {string} text */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The anchor of a heading, as GitHub makes it. @param {string} text */
export function deriveAnchor(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** The first heading of a text in Markdown, without its marks. @param {string} markdown */
export function readTitle(markdown) {
  return /^# (.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? 'Pulsewire';
}

/**
 * Markdown as a page that runs nothing: markup in the text is shown, not done; links that lead out of what is served are
 * text.
 *
 * @param {DocsPage} page
 * @param {string} markdown
 * @param {ReadonlyMap<string, string>} addresses where each file is served, by where it lies seen from docs/
 * @param {readonly DocsPage[]} pages
 */
export function renderPage(page, markdown, addresses, pages) {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${escapeHtml(deriveAnchor(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = deriveAddress(href, page.source, addresses);
        return address === null ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      image: ({ text }) => escapeHtml(text),
    },
  });
  const body = /** @type {string} */ (marked.parse(markdown, { async: false }))
    .replaceAll('<table>', '<div class="table"><table>')
    .replaceAll('</table>', '</table></div>');
  const links = pages.map(({ address, title }) => {
    const current = address === page.address ? ' aria-current="page"' : '';
    return `<a href="${address}"${current}>${escapeHtml(title)}</a>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<nav>${links.join('\n')}</nav>
<main>
${body}</main>
<footer>The same text for every host; nothing of this machine is on these pages.</footer>
</body>
</html>
`;
}

/**
 * Where a link of the text leads: to a page or a file that is served, to a place on the page, or to the web by https.
 * Null for anything else.
 *
 * @param {string} href @param {string} source @param {ReadonlyMap<string, string>} addresses
 * @returns {string | null}
 */
export function deriveAddress(href, source, addresses) {
  if (href.startsWith('#') || href.startsWith('https://')) return href;
  if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return null;
  const [path = '', anchor] = href.split('#', 2);
  const target = posix.normalize(posix.join(posix.dirname(source), path));
  const address = addresses.get(target) ?? addresses.get(`${target.replace(/\/$/, '')}/README.md`);
  if (address === undefined) return null;
  return anchor === undefined ? address : `${address}#${anchor}`;
}
