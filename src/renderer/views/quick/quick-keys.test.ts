import { expect, it } from 'vitest';
import { deriveQuickKey } from './quick-keys.ts';

const entries = ['processor', 'memory', 'processes'];
const press = (key: string, held: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

it('moves among the entries with arrows, Home and End, round the ends', () => {
  const moves = [
    ['ArrowDown', -1, 0],
    ['ArrowDown', 0, 1],
    ['ArrowDown', 2, 0],
    ['ArrowUp', -1, 2],
    ['ArrowUp', 0, 2],
    ['ArrowUp', 2, 1],
    ['Home', 2, 0],
    ['End', 0, 2],
  ] as const;
  for (const [key, from, to] of moves) {
    expect([key, from, deriveQuickKey(press(key), entries, from)]).toEqual([
      key,
      from,
      { type: 'focus', to },
    ]);
  }
});

it('opens the page of a digit, and the settings by Ctrl or Cmd and a comma', () => {
  expect(deriveQuickKey(press('3'), entries, -1)).toEqual({ type: 'open', page: 'processes' });
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(deriveQuickKey(press(',', held), entries, 1)).toEqual({ type: 'open', page: 'settings' });
  }
});

it('hides with Escape, whatever is in focus', () => {
  expect(deriveQuickKey(press('Escape'), entries, -1)).toEqual({ type: 'hide' });
  expect(deriveQuickKey(press('Escape'), [], -1)).toEqual({ type: 'hide' });
});

it('leaves every other key alone', () => {
  for (const key of ['4', '0', ',', 'Enter', ' ', 'Tab', 'a']) {
    expect(deriveQuickKey(press(key), entries, 0)).toBe(null);
  }
  expect(deriveQuickKey(press('1', { ctrlKey: true }), entries, 0)).toBe(null);
  expect(deriveQuickKey(press('ArrowDown', { altKey: true }), entries, 0)).toBe(null);
  expect(deriveQuickKey(press('ArrowDown'), [], -1)).toBe(null);
});
