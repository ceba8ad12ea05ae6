import { expect, it } from 'vitest';
import { chooseLanguage, chooseLocale } from './languages.ts';

it('serves a region by its language, in the order of wishes, and everybody else in English', () => {
  expect(chooseLanguage(['de-AT', 'en-US'])).toBe('de');
  expect(chooseLanguage(['fr-FR', 'DE'])).toBe('de');
  expect(chooseLanguage(['fr-FR', 'en-GB', 'de'])).toBe('en');
  expect(chooseLanguage(['fr-FR'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});

it('writes numbers as a region of the language does, where one is wanted', () => {
  expect(chooseLocale('de', ['en-US', 'de-CH', 'de-AT'])).toBe('de-CH');
  expect(chooseLocale('en', ['fr-FR', 'de'])).toBe('en');
  expect(chooseLocale('en-XA', ['de-DE'])).toBe('en');
});
