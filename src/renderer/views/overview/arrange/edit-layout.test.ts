import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultLayout,
  deriveTiles,
  tileIds,
  type Layout,
  type TileId,
} from '../../../../shared/preferences/layout.ts';
import { changeTile, moveTile } from './edit-layout.ts';

const order = (layout: Layout): string[] => layout.tiles.map(({ tile }) => tile);
const place = (layout: Layout, tile: TileId) => deriveTiles(layout).find((placed) => placed.tile === tile);

describe('changeTile', () => {
  it('resizes and hides a tile where it stands', () => {
    const hidden = changeTile(changeTile(defaultLayout, 'memory', { size: 'large' }), 'memory', {
      hidden: true,
    });
    expect(order(hidden)).toEqual(order(defaultLayout));
    expect(place(hidden, 'memory')).toMatchObject({ size: 'large', hidden: true });
  });

  it('puts a tile that is shown again last, and one that is pinned after those that are', () => {
    const hidden = changeTile(defaultLayout, 'memory', { hidden: true });
    expect(order(changeTile(hidden, 'memory', { hidden: false })).at(-1)).toBe('memory');
    const pinned = changeTile(changeTile(defaultLayout, 'cost', { pinned: true }), 'disk', { pinned: true });
    expect(order(pinned).slice(0, 3)).toEqual(['cost', 'disk', 'processor']);
    expect(order(changeTile(pinned, 'cost', { pinned: false })).slice(0, 2)).toEqual(['disk', 'processor']);
  });
});

describe('moveTile', () => {
  it('moves among those that are shown, and takes none that is hidden along', () => {
    const layout = changeTile(defaultLayout, 'process', { hidden: true });
    const shown = tileIds.filter((tile) => tile !== 'process');
    expect(order(moveTile(layout, shown, 'processor', 1)).slice(0, 4)).toEqual([
      'process',
      'memory',
      'processor',
      'disk',
    ]);
    expect(order(moveTile(layout, shown, 'processor', 99)).at(-1)).toBe('processor');
    expect(order(moveTile(layout, shown, 'cost', -3))[0]).toBe('cost');
  });

  it('leaves those that are pinned in front', () => {
    const layout = changeTile(defaultLayout, 'cost', { pinned: true });
    const shown = deriveTiles(layout).map(({ tile }) => tile);
    expect(order(moveTile(layout, shown, 'memory', 0)).slice(0, 3)).toEqual(['cost', 'memory', 'processor']);
  });

  it('loses no tile and keeps those of other versions, wherever what is moved to', () => {
    const foreign = { tile: 'weather', size: 'small', pinned: false, hidden: false } as const;
    const layout: Layout = { tiles: [foreign, ...defaultLayout.tiles] };
    fc.assert(
      fc.property(fc.constantFrom(...tileIds), fc.integer({ min: -2, max: 14 }), (tile, to) => {
        const moved = moveTile(layout, tileIds, tile, to);
        expect(order(moved).sort()).toEqual(['weather', ...tileIds].sort());
        const wanted = Math.max(0, Math.min(to, tileIds.length - 1));
        expect(deriveTiles(moved).findIndex((placed) => placed.tile === tile)).toBe(wanted);
      }),
    );
  });
});
