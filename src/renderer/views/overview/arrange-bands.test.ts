import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultLayout, deriveTiles, tileIds, tileSizes } from '../../../shared/preferences/layout.ts';
import { arrangeBands, gridColumns, unitsOf, type RowUnits, type SizedTile } from './arrange-bands.ts';

const rowUnits = fc.constantFrom<RowUnits>(1, 2, 4);
const sizedTiles: fc.Arbitrary<SizedTile[]> = fc.array(
  fc.record({ tile: fc.constantFrom(...tileIds), size: fc.constantFrom(...tileSizes) }),
  { maxLength: 12 },
);

it('leaves no hole and overlaps nothing: every row is filled from edge to edge, in the order given', () => {
  fc.assert(
    fc.property(sizedTiles, rowUnits, (tiles, units) => {
      const { bands, places } = arrangeBands(tiles, units);
      expect(places).toHaveLength(tiles.length);
      let expected = { band: 0, column: 1 };
      for (const { band, fromColumn, toColumn } of places) {
        if (band !== expected.band) {
          expect(expected.column).toBe(gridColumns + 1);
          expected = { band: expected.band + 1, column: 1 };
        }
        expect([band, fromColumn]).toEqual([expected.band, expected.column]);
        expect(toColumn).toBeGreaterThan(fromColumn);
        expected = { band, column: toColumn };
      }
      expect(bands).toHaveLength(tiles.length === 0 ? 0 : expected.band + 1);
      if (tiles.length > 0) expect(expected.column).toBe(gridColumns + 1);
    }),
  );
});

it('puts no more into a row than it takes, and needs no more rows than filling them greedily', () => {
  fc.assert(
    fc.property(sizedTiles, rowUnits, (tiles, units) => {
      const { bands, places } = arrangeBands(tiles, units);
      const loads = bands.map(() => 0);
      places.forEach(({ band }, at) => (loads[band]! += unitsOf(tiles[at]!.size, units)));
      expect(Math.max(0, ...loads)).toBeLessThanOrEqual(units);
      let [rows, free] = [0, 0];
      for (const { size } of tiles) {
        const wanted = unitsOf(size, units);
        if (wanted > free) [rows, free] = [rows + 1, units];
        free -= wanted;
      }
      expect(bands.length).toBe(rows);
    }),
  );
});

it('is two high rows and two low ones for all there is, and needs less where a machine has less', () => {
  const heights = (tiles: readonly SizedTile[]): number[] => arrangeBands(tiles, 4).bands.map(({ height }) => height); // prettier-ignore
  const all = deriveTiles(defaultLayout);
  expect(heights(all)).toEqual([2, 1, 1]);
  fc.assert(
    fc.property(fc.subarray([...all]), (some) => {
      expect(heights(some).reduce((total, height) => total + height, 0)).toBeLessThanOrEqual(4);
    }),
  );
});

it('shares six small tiles as three and three, not as four and two', () => {
  const small = tileIds.slice(0, 6).map((tile) => ({ tile, size: 'small' as const }));
  expect(arrangeBands(small, 4).places.map(({ band }) => band)).toEqual([0, 0, 0, 1, 1, 1]);
});
