import { expect, it } from 'vitest';
import { chooseLanguage } from './languages.ts';

it('serves a region by its language, in the order of wishes, and everybody else in English', () => {
  expect(chooseLanguage(['de-AT', 'en-US'])).toBe('de');
  expect(chooseLanguage(['fr-FR', 'DE'])).toBe('de');
  expect(chooseLanguage(['fr-FR', 'en-GB', 'de'])).toBe('en');
  expect(chooseLanguage(['fr-FR'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});
