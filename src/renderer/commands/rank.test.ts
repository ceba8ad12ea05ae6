import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rank, score, scoreText } from './rank.ts';

const titles = (query: string, all: readonly string[]): readonly string[] =>
  rank(
    query,
    all.map((title) => ({ title })),
    10,
  ).map(({ title }) => title);

it('puts the whole before the start, that before a word, a part and strewn letters', () => {
  const all = ['unprocessed', 'My process', 'p r o c e s s', 'process', 'processor', 'memory'];
  expect(titles('process', all)).toEqual([
    'process',
    'processor',
    'My process',
    'unprocessed',
    'p r o c e s s',
  ]);
});

it('finds by the first letters of words, and by no letters that lie anywhere', () => {
  expect(titles('dfs', ['Disks and file systems', 'Diagnostics'])).toEqual([]);
  expect(titles('dafs', ['Disks and file systems'])).toEqual([]);
  expect(titles('chrm', ['chromium', 'Machine'])).toEqual(['chromium']);
});

it('asks for every word that was typed, in any order', () => {
  expect(titles('file disk', ['Disks and file systems', 'Disks'])).toEqual(['Disks and file systems']);
});

it('finds across accents and case', () => {
  expect(titles('ubersicht', ['Übersicht'])).toEqual(['Übersicht']);
  expect(titles('ÜBER', ['Übersicht'])).toEqual(['Übersicht']);
});

it('finds by other words too, which are worth less than the title', () => {
  const shell = { title: 'bash', words: ['4120', '/usr/bin/bash --login'] };
  const login = { title: 'login', words: ['7'] };
  expect(score('4120', shell)).toBeGreaterThan(0);
  expect(rank('login', [shell, login], 10)).toEqual([login, shell]);
  expect(rank('bash 4120', [shell, login], 10)).toEqual([shell]);
  const other = { title: 'bash', words: ['41201', '/bin/bash 41201'] };
  expect(rank('bas 4120', [other, shell], 10)).toEqual([shell, other]);
});

it('keeps the order of what answers alike, and no more than asked for', () => {
  expect(titles('', ['b', 'a', 'c'])).toEqual(['b', 'a', 'c']);
  expect(rank('a', [{ title: 'ab' }, { title: 'ac' }], 1)).toEqual([{ title: 'ab' }]);
});

it('finds a text by itself and by any part of it, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, one, other) => {
      const part = text.slice(Math.min(one, other) % text.length, (Math.max(one, other) % text.length) + 1);
      expect(scoreText(part, text)).toBeGreaterThan(0);
      expect(scoreText(part, text)).toBeLessThanOrEqual(100);
    }),
  );
});
