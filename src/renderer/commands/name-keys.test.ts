import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../../shared/texts/texts.ts';
import { nameKeys } from './name-keys.ts';

afterEach(() => setLanguage('en'));

it('names keys as they stand on the keyboard of the system and the language', async () => {
  expect(['Mod+K', 'g p', 'Shift+ArrowLeft', '+'].map((keys) => nameKeys(keys, false))).toEqual([
    'Ctrl+K',
    'g p',
    'Shift+←',
    '+',
  ]);
  expect(nameKeys('Mod+K', true)).toBe('⌘+K');
  await setLanguage('de');
  expect(['Mod+K', 'Space', 'Delete'].map((keys) => nameKeys(keys, false))).toEqual([
    'Strg+K',
    'Leertaste',
    'Entf',
  ]);
});
