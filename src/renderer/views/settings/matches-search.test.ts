import { expect, it } from 'vitest';
import { matchesSearch } from './matches-search.ts';

it('finds every word in any order and case, across label and help', () => {
  expect(matchesSearch('tray CLOSE', 'Close to the tray', 'Keeps it.')).toBe(true);
  expect(matchesSearch('keeps close', 'Close to the tray', 'Keeps it.')).toBe(true);
  expect(matchesSearch('tray theme', 'Close to the tray', 'Keeps it.')).toBe(false);
});

it('finds everything where nothing is searched for', () => {
  expect(matchesSearch('', 'x')).toBe(true);
  expect(matchesSearch('  ', 'x')).toBe(true);
});
