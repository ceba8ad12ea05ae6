/** What somebody may look for. */
export interface Findable {
  /** What it is called. */
  readonly title: string;
  /** What else it may be found by, after its title in worth: a number, a command line, the name of its group. */
  readonly words?: readonly string[];
}

/** Letters without case and accents, so that `uber` finds `Übersicht`. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Worth of a match, from the best; what is found by something else than its title is worth half. */
const worth = { whole: 100, start: 80, wholeWord: 70, word: 60, part: 40, letters: 20 } as const;

/**
 * How well a text answers what was typed, from 1 to 100; 0 where it does not. Every word that was typed must be found: as all
 * of the text, its start, a word of it, the start of one, a part, or, in titles and from three
 * letters on, as letters in this order, of which the first begins a word. Pure.
 */
export function scoreText(query: string, text: string, isTitle = true): number {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const folded = fold(text);
  if (folded === words.join(' ')) return worth.whole;
  return Math.min(...words.map((word) => scoreWord(word, folded, isTitle)));
}

function scoreWord(word: string, text: string, isTitle: boolean): number {
  const at = text.indexOf(word);
  if (at === 0) return worth.start;
  if (at > 0) {
    const starts = wordStarts(text).filter((start) => text.startsWith(word, start));
    if (starts.some((start) => isWordEnd(text, start + word.length))) return worth.wholeWord;
    return starts.length > 0 ? worth.word : worth.part;
  }
  return isTitle && word.length >= 3 ? scoreLetters(word, text) : 0;
}

/** Where words begin: after anything that is no letter and no digit. */
function wordStarts(text: string): readonly number[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
}

function isWordEnd(text: string, at: number): boolean {
  return !/^[\p{L}\p{N}]/u.test(text.slice(at, at + 2));
}

/** Letters that lie close together are worth more than those that are strewn about; those too far apart are none. */
function scoreLetters(word: string, text: string): number {
  const spans = wordStarts(text)
    .filter((start) => text[start] === word[0])
    .map((start) => {
      let at = start;
      for (const letter of word.slice(1)) {
        at = text.indexOf(letter, at + 1);
        if (at < 0) return Infinity;
      }
      return at - start + 1;
    });
  const span = Math.min(...spans, Infinity);
  return span > word.length * 3 ? 0 : Math.max(1, worth.letters - (span - word.length));
}

/** The same for a thing that has a title and other words. */
export function score(query: string, { title, words = [] }: Findable): number {
  const all = [title, ...words].join(' ');
  const others = Math.max(...[...words, all].map((text) => scoreText(query, text, false)));
  return Math.max(scoreText(query, title), others / 2);
}

/** What answers the query, the best first; of two alike what came first. At most `most`. */
export function rank<Item extends Findable>(
  query: string,
  items: readonly Item[],
  most: number,
): readonly Item[] {
  return items
    .map((item) => ({ item, score: score(query, item) }))
    .filter((scored) => scored.score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ item }) => item);
}
