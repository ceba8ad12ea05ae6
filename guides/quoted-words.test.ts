import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder, readPage } from './pages.ts';

/** What others say: browsers, and people. */
const notOurs = ['Install', 'Add to Home Screen'];

/** All texts of the pages in English, and all sources that may hold a message. */
const said: readonly string[] = [
  ...readFiles('src/shared/texts/en', /\.json$/).map((text) =>
    JSON.stringify(JSON.parse(text)).replaceAll('\\"', '"'),
  ),
  ...readFiles('src', /(?<!\.test)\.tsx?$/),
];

function readFiles(folder: string, name: RegExp): string[] {
  return readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path) && !path.includes('testing/'))
    .map((path) => readFileSync(join(projectFolder, folder, path), 'utf8'));
}

/** Whether the app says so, with the `…` that it has itself, or with what it fills in where the page has one. */
function isSaid(quote: string): boolean {
  if (said.some((text) => text.includes(quote))) return true;
  const parts = quote.split('…').filter((part) => part !== '');
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^"\n]{1,80}');
  return said.some((text) => new RegExp(pattern).test(text));
}

/** What stands between double quotation marks, in running text. */
const quotesIn = (path: string): string[] => {
  const { markdown } = readPage(path);
  const text = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/\s*\n\s*/g, ' ');
  return [...text.matchAll(/“([^”]+)”/g)].map(([, quote]) => quote!);
};

describe('words that the guides quote', () => {
  it.each([
    ['README.md', 1],
    ['docs/user-guide.md', 10],
    ['docs/deployment.md', 1],
    ['docs/troubleshooting.md', 25],
  ])('are those that the app says: %s', (path, least) => {
    const quotes = quotesIn(path).filter((quote) => !notOurs.includes(quote));
    expect(quotes.length).toBeGreaterThanOrEqual(least);
    expect(quotes.filter((quote) => !isSaid(quote))).toEqual([]);
  });

  it('would be missed if it did not say them', () => {
    expect(isSaid('The code is wrong, used or mislaid.')).toBe(false);
    expect(isSaid('The data folder … cannot be used: …')).toBe(true);
  });
});
