import MiniSearch from 'minisearch';

/** The text under one heading. */
export interface Section {
  /** Its address, seen from the site. */
  readonly id: string;
  /** What its page is called. */
  readonly page: string;
  readonly heading: string;
  readonly text: string;
  /** How much it counts beside others. */
  readonly weight: number;
}

/** How much is shown of a text, around the first word that was found. */
const [before, after] = [40, 140];

/** Loads the texts and makes them searchable. Rejects where they cannot be had. */
export async function loadIndex(url: URL): Promise<MiniSearch<Section>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}.`);
  return createIndex((await response.json()) as Section[]);
}

/** Words that begin with what is typed, or are one letter away; a heading counts more than the text under it. */
export function createIndex(sections: readonly Section[]): MiniSearch<Section> {
  const index = new MiniSearch<Section>({
    fields: ['page', 'heading', 'text'],
    storeFields: ['page', 'heading', 'text', 'weight'],
    searchOptions: {
      boost: { page: 3, heading: 4 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 4 ? 1 : false),
      combineWith: 'AND',
      boostDocument: (_id, _term, stored) => Number(stored?.['weight'] ?? 1),
    },
  });
  index.addAll(sections);
  return index;
}

/** A piece of a text around the first of some words, as nodes in which those words are marked. */
export function mark(text: string, terms: readonly string[]): Node[] {
  const words = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(${words.join('|')})`, 'giu');
  const at = Math.max(0, text.search(pattern));
  const from = at <= before ? 0 : text.indexOf(' ', at - before) + 1;
  const piece = text.slice(from, at + after);
  const shown = `${from > 0 ? '… ' : ''}${piece}${at + after < text.length ? ' …' : ''}`;
  return shown.split(pattern).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    const marked = document.createElement('mark');
    marked.textContent = part;
    return marked;
  });
}
