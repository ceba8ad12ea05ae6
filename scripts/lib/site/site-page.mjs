import { posix } from 'node:path';
import { Marked } from 'marked';
import { deriveAnchor, escapeHtml } from '../docs-page.mjs';

/**
 * @typedef {import('./site-plan.mjs').SitePage} SitePage
 *
 * @typedef {object} RenderedPage
 * @property {string} html the whole page
 * @property {readonly Section[]} sections its text by heading, to be searched
 * @property {readonly string[]} files what it shows besides: pictures, seen from the checkout
 *
 * @typedef {object} Section
 * @property {string} id address with anchor, seen from the site
 * @property {string} page title of its page
 * @property {string} heading
 * @property {string} text without marks
 * @property {number} weight what is for users goes before what is for contributors, and that before history
 */

/** What a page may load: nothing that does not lie beside it. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
/** How much a page of each group counts in a search; decisions are in none. @type {Readonly<Record<string, number>>} */
const weights = { Use: 2, Operate: 1.6, Program: 1.4, Change: 1 };
/** The pages are the project's own, but what they say about markup is to be read and not done. */
const takenHtml = /^<\/?(?:picture|source|img|p|br)\b[^>]*>$/;

/**
 * Renders one page. A link to a page of the site leads there, one to the web or to a place on the page stays; any other leads
 * out of the site and is text.
 *
 * @param {SitePage} page
 * @param {readonly SitePage[]} pages
 * @returns {RenderedPage}
 */
export function renderSitePage(page, pages) {
  const addresses = new Map(pages.map(({ source, address }) => [source, address]));
  const top = posix.relative(posix.dirname(page.address), '.') || '.';
  /** @type {Set<string>} */
  const files = new Set();
  /** @type {{depth: number, text: string, id: string}[]} */
  const headings = [];
  /** @param {string} path where something lies, seen from the page's source */
  const locate = (path) => posix.normalize(posix.join(posix.dirname(page.source), path));
  /** @param {string} path of a picture, seen from the page's source */
  const showFile = (path) => {
    if (/^[a-z]+:/i.test(path)) return '';
    files.add(locate(path));
    return `${top}/files/${locate(path)}`;
  };
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text }) =>
        text
          .split(/(<[^>]*>)/)
          .map((part) =>
            takenHtml.test(part)
              ? part.replace(/\b(src|srcset)="([^"]*)"/g, (_, name, path) => `${name}="${showFile(path)}"`)
              : escapeHtml(part),
          )
          .join(''),
      heading({ tokens, depth, text }) {
        const id = deriveAnchor(text);
        const inner = this.parser.parseInline(tokens);
        headings.push({ depth, text: text.replaceAll('`', ''), id });
        const anchor = `<a class="anchor" href="#${id}" aria-label="Link to “${escapeHtml(text.replaceAll('`', ''))}”">#</a>`;
        return `<h${depth} id="${escapeHtml(id)}">${inner}${depth > 1 ? ` ${anchor}` : ''}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = deriveSiteLink(href, page, addresses);
        return address === null ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      image: ({ href, text }) => `<img src="${escapeHtml(showFile(href))}" alt="${escapeHtml(text)}">`,
    },
  });
  const tokens = marked.lexer(page.markdown);
  const body = marked
    .parser(tokens)
    .replaceAll('<table>', '<div class="table" tabindex="0" role="group" aria-label="Table"><table>')
    .replaceAll('</table>', '</table></div>')
    // A column without a name has no header, and what scrolls can be scrolled by keys.
    .replaceAll(/<th( align="\w+")?><\/th>/g, '<td></td>')
    .replaceAll('<pre>', '<pre tabindex="0">');
  const sections = deriveSections(page, tokens);
  return { html: wrap(page, pages, top, headings, body), sections, files: [...files] };
}

/**
 * Where a link of a page leads on the site: null where that is not on it.
 *
 * @param {string} href @param {SitePage} page @param {ReadonlyMap<string, string>} addresses
 * @returns {string | null}
 */
function deriveSiteLink(href, page, addresses) {
  if (href.startsWith('#') || href.startsWith('https://')) return href;
  if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return null;
  const [path = '', anchor] = href.split('#', 2);
  const target = posix.normalize(posix.join(posix.dirname(page.source), path)).replace(/\/$/, '');
  const address =
    addresses.get(target) ??
    addresses.get(`${target}/README.md`) ??
    (target === 'docs/decisions' ? 'decisions/index.html' : undefined);
  if (address === undefined) return null;
  const relative = posix.relative(posix.dirname(page.address), address);
  return anchor === undefined ? relative : `${relative}#${anchor}`;
}

/**
 * The text of a page, cut at its headings.
 *
 * @param {SitePage} page
 * @param {import('marked').TokensList | readonly import('marked').Token[]} tokens
 * @returns {Section[]}
 */
function deriveSections(page, tokens) {
  const weight = weights[page.group] ?? 0.6;
  /** @type {Section[]} */
  const sections = [{ id: page.address, page: page.name, heading: page.title, text: '', weight }];
  for (const token of tokens) {
    if (token.type === 'heading' && token.depth > 1) {
      const heading = readText(token).trim();
      const id = `${page.address}#${deriveAnchor(token.text)}`;
      sections.push({ id, page: page.name, heading, text: '', weight });
    } else if (token.type !== 'heading') {
      const last = sections.at(-1);
      if (last) last.text = `${last.text} ${readText(token)}`.replaceAll(/\s+/g, ' ').trim();
    }
  }
  return sections;
}

/** The words of a token and of what is in it. @param {any} token @returns {string} */
function readText(token) {
  if (token.type === 'html') return '';
  if (token.type === 'table') {
    return [token.header, ...token.rows].flat().map(readText).join(' ');
  }
  const inner = token.items ?? token.tokens;
  if (Array.isArray(inner) && inner.length > 0) return inner.map(readText).join(token.items ? ' ' : '');
  return token.text ?? ' ';
}

/**
 * @param {SitePage} page @param {readonly SitePage[]} pages @param {string} top
 * @param {readonly {depth: number, text: string, id: string}[]} headings @param {string} body
 */
function wrap(page, pages, top, headings, body) {
  /** @param {SitePage} other */
  const link = (other) => {
    const current = other.address === page.address ? ' aria-current="page"' : '';
    return `<li><a href="${top}/${other.address}"${current}>${escapeHtml(other.name)}</a></li>`;
  };
  const groups = [...new Set(pages.map(({ group }) => group))].filter((group) => group !== '');
  const navigation = groups
    .map((group) => {
      const inGroup = pages.filter((other) => other.group === group).map(link);
      return `<h2>${group}</h2>\n<ul>\n${inGroup.join('\n')}\n</ul>`;
    })
    .join('\n');
  const onPage = headings
    .filter(({ depth }) => depth === 2)
    .map(({ id, text }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`);
  const contents =
    onPage.length < 3
      ? ''
      : `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${onPage.join('')}</ul></nav>`;
  return `<!doctype html>
<html lang="en" data-top="${top}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.address === 'index.html' ? 'Pulsewire' : `${page.title} – Pulsewire`)}</title>
<link rel="icon" href="${top}/icon.svg">
<link rel="stylesheet" href="${top}/site.css">
<script type="module" src="${top}/site.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header>
<a class="brand" href="${top}/index.html"><img src="${top}/icon.svg" alt="" width="24" height="24">Pulsewire</a>
<search hidden><input type="search" placeholder="Search the guides" aria-label="Search the guides" role="combobox"
 aria-expanded="false" aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false"><kbd>/</kbd>
<div id="found" role="listbox" aria-label="Found" hidden></div></search>
<button id="theme" type="button" hidden></button>
</header>
<div class="columns">
<details class="menu"><summary>All pages</summary><nav aria-label="Pages">
${navigation}
</nav></details>
<main id="main" tabindex="-1">
${body}</main>
${contents}
</div>
</body>
</html>
`;
}
