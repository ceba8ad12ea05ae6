import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatLayoutFile, parseLayoutFile } from './layout-file.ts';
import { defaultLayout, deriveTiles, tileIds, tileSizes, type Layout } from './layout.ts';
import { parsePreferences } from './preferences.ts';

const anyLayout: fc.Arbitrary<Layout> = fc.record({
  tiles: fc.array(
    fc.record({
      tile: fc.oneof(fc.constantFrom(...tileIds), fc.constantFrom('clock', 'weather')),
      size: fc.constantFrom(...tileSizes),
      pinned: fc.boolean(),
      hidden: fc.boolean(),
    }),
    { maxLength: 20 },
  ),
});

it('shows every tile exactly once, the pinned ones first, whatever a layout says', () => {
  fc.assert(
    fc.property(anyLayout, (layout) => {
      const tiles = deriveTiles(layout);
      expect(tiles.map(({ tile }) => tile).sort()).toEqual([...tileIds].sort());
      const pins = tiles.map(({ pinned }) => pinned);
      expect(pins).toEqual([...pins].sort((a, b) => Number(b) - Number(a)));
    }),
  );
});

it('keeps the order of those that are named, and puts tiles that came with a later version behind them', () => {
  const tiles = deriveTiles({
    tiles: [
      { tile: 'cost', size: 'medium', pinned: false, hidden: false },
      { tile: 'memory', size: 'large', pinned: true, hidden: false },
    ],
  });
  expect(tiles.slice(0, 3).map(({ tile, size }) => [tile, size])).toEqual([
    ['memory', 'large'],
    ['cost', 'medium'],
    ['processor', 'large'],
  ]);
});

it('comes back from its file as it was, with tiles of other versions', () => {
  fc.assert(
    fc.property(anyLayout, fc.constantFrom('comfortable', 'compact', undefined), (layout, density) => {
      const parsed = parseLayoutFile(formatLayoutFile({ layout, density }));
      expect(parsed).toEqual({ status: 'ok', file: { layout, density } });
    }),
  );
});

it.each([
  ['{"tiles": [', { kind: 'notJson' }],
  ['[1, 2]', { kind: 'notALayout' }],
  ['null', { kind: 'notALayout' }],
  ['{"kind": "something.else", "version": 1, "tiles": []}', { kind: 'notALayout' }],
  [
    '{"kind": "pulsewire.layout", "version": 1, "tiles": [{"tile": "memory", "size": "huge"}]}',
    { kind: 'badValue', where: 'tiles.0.size' },
  ],
  [
    '{"kind": "pulsewire.layout", "version": 1, "density": "dense", "tiles": []}',
    { kind: 'badValue', where: 'density' },
  ],
])('says what is wrong with %s', (text, problem) => {
  expect(parseLayoutFile(text)).toEqual({ status: 'invalid', problem });
});

it('is a preference like others: kept where it makes sense, the default where it does not', () => {
  const layout = { tiles: [{ tile: 'weather', size: 'small', pinned: false, hidden: true }] };
  expect(parsePreferences({ layout }).layout).toEqual(layout);
  expect(parsePreferences({ layout: { tiles: 'all' }, theme: 'dark' })).toMatchObject({
    layout: null,
    theme: 'dark',
  });
  expect(deriveTiles(defaultLayout)).toHaveLength(tileIds.length);
});
