import { afterEach, expect, it } from 'vitest';
import { german } from './de/catalogue.ts';
import { english } from './en/catalogue.ts';
import { disguise } from './pseudo.ts';
import { currentLanguage, setLanguage, t } from './texts.ts';

afterEach(() => setLanguage('en'));

/** Every text by its path: `common.connection.live`. */
function flatten(texts: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[path + key, value]] : [...flatten(value as object, `${path}${key}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return (text.match(/\{\{[^}]*\}\}|<[^>]*>/g) ?? []).sort();
}

it('has every text in German, with the same placeholders', () => {
  const [en, de] = [flatten(english), flatten(german)];
  expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  for (const [key, text] of en) expect([key, placeholders(de.get(key)!)]).toEqual([key, placeholders(text)]);
});

it('has no empty text, and none with spaces around it', () => {
  for (const catalogue of [english, german]) {
    for (const [key, text] of flatten(catalogue)) {
      expect([key, text.length > 0 && text === text.trim()]).toEqual([key, true]);
    }
  }
});

it('speaks English until told otherwise, and counts by the rules of the language', async () => {
  expect([currentLanguage(), t('connection.live'), t('cores', { count: 1 })]).toEqual([
    'en',
    'Live',
    '1 core',
  ]);
  await setLanguage('de');
  expect([currentLanguage(), t('connection.stale'), t('cores', { count: 8 })]).toEqual([
    'de',
    'Veraltet',
    '8 Kerne',
  ]);
});

it('disguises every text in the pseudo-language, and no placeholder', async () => {
  await setLanguage('en-XA');
  expect(t('cores', { count: 2 })).toMatch(/^⟦2 çöréš~+⟧$/);
  expect(disguise('in {{file}}, <b>line</b> 3')).toContain('íñ {{file}}, <b>líñé</b> 3');
});
