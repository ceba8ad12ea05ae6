import { describe, expect, it } from 'vitest';
import { isCharacter, parseKeys, strokeOf, type KeyPress } from './stroke.ts';

function press(key: string, held: Partial<KeyPress> & { readonly altGraph?: boolean } = {}): KeyPress {
  const { altGraph = false, ...rest } = held;
  const none = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, ...none, getModifierState: (name) => name === 'AltGraph' && altGraph, ...rest };
}

describe('parseKeys', () => {
  it('reads single keys, keys with Mod or Shift, and one after the other', () => {
    expect(['?', 'Space', 'Mod+K', 'g p', 'Shift+ArrowLeft', '+', 'Shift+P'].map(parseKeys)).toEqual([
      ['?'],
      ['Space'],
      ['Mod+k'],
      ['g', 'p'],
      ['Shift+ArrowLeft'],
      ['+'],
      ['Shift+p'],
    ]);
  });

  it('refuses what is no key, what is the browser’s, and a Shift that depends on the keyboard', () => {
    for (const keys of ['', 'Foo', 'Alt+x', 'g  p', 'ü', 'Mod+T', 'Mod+0', 'Mod+Shift+N', 'Shift+?']) {
      expect(() => parseKeys(keys), keys).toThrow();
    }
  });
});

describe('strokeOf', () => {
  it('takes characters as the layout makes them, whether or not Shift was needed for them', () => {
    expect(strokeOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(strokeOf(press('/', { shiftKey: true }), false)).toBe('/');
    expect(strokeOf(press('1', { shiftKey: true }), false)).toBe('1');
    expect(strokeOf(press('{', { ctrlKey: true, altKey: true, altGraph: true }), false)).toBe('{');
  });

  it('tells letters with Shift from those without, and takes no notice of Caps Lock', () => {
    expect(strokeOf(press('P', { shiftKey: true }), false)).toBe('Shift+p');
    expect(strokeOf(press('P'), false)).toBe('p');
  });

  it('takes Cmd for Mod on a Mac and Ctrl elsewhere, and leaves the other to the system', () => {
    expect(strokeOf(press('k', { ctrlKey: true }), false)).toBe('Mod+k');
    expect(strokeOf(press('k', { metaKey: true }), true)).toBe('Mod+k');
    expect(strokeOf(press('k', { metaKey: true }), false)).toBe(null);
    expect(strokeOf(press('k', { ctrlKey: true }), true)).toBe(null);
    expect(strokeOf(press('k', { altKey: true }), false)).toBe(null);
  });

  it('finds Latin letters on keyboards that have none by their place', () => {
    expect(strokeOf(press('п', { code: 'KeyG' }), false)).toBe('g');
    expect(strokeOf(press('ö', { code: 'Semicolon' }), false)).toBe(null);
  });

  it('is nothing for keys that are held beside others, or have no name here', () => {
    for (const key of ['Shift', 'Control', 'Dead', 'F5', 'Tab', 'Process'])
      expect(strokeOf(press(key), false)).toBe(null);
  });
});

it('counts as characters what dictation may type, and nothing with Mod', () => {
  expect(['p', '?', '0', 'Space', 'Shift+p'].filter(isCharacter)).toHaveLength(5);
  expect(['Mod+k', 'Escape', 'ArrowLeft', 'Shift+ArrowLeft', 'Enter'].filter(isCharacter)).toEqual([]);
});
