import { expect, it } from 'vitest';
import { choices, defaultPreferences, parsePreferences } from './preferences.ts';

it('takes the default for a value that makes no sense, and keeps the others', () => {
  const kept = { theme: 'dark', density: 'huge', chartWindowMs: 300_000, tourSeen: 'yes' };
  expect(parsePreferences(kept)).toEqual({ ...defaultPreferences, theme: 'dark', chartWindowMs: 300_000 });
});

it('takes the defaults for what is no object', () => {
  for (const kept of [null, undefined, 'dark', 7, ['dark']]) {
    expect(parsePreferences(kept)).toEqual(defaultPreferences);
  }
});

it('begins every list of choices with the default', () => {
  for (const [key, [first]] of Object.entries(choices)) {
    expect([key, defaultPreferences[key as keyof typeof choices]]).toEqual([key, first]);
  }
});

it('takes the default table of processes for one that names no column', () => {
  const kept = { processTable: { layout: 'tree', hidden: ['user', 'nonsense'] } };
  expect(parsePreferences(kept).processTable).toEqual(defaultPreferences.processTable);
  expect(parsePreferences({ processTable: { layout: 'tree', hidden: ['user'] } }).processTable).toMatchObject(
    {
      layout: 'tree',
      sort: { column: 'cpuShare', order: 'descending' },
      hidden: ['user'],
    },
  );
});
