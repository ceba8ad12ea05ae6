import type { TileId, TileSize } from '../../../shared/preferences/layout.ts';

/** How many small tiles a row takes: on a phone, on a tablet, on everything wider. */
export type RowUnits = 1 | 2 | 4;

/** Columns of the grid: what 1, 2, 3 and 4 units of a row share without a rest. */
export const gridColumns = 12;

/** A tile as it is wished for. */
export interface SizedTile {
  readonly tile: TileId;
  readonly size: TileSize;
}

/** Where a tile stands in the grid: columns from 1 on, the end not included; the band from 0 on. */
export interface TilePlace {
  readonly band: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** One row of tiles; all of it is as high as its highest tile. */
export interface Band {
  /** 2 where one of its tiles is large, else 1. */
  readonly height: 1 | 2;
}

export interface Bands {
  readonly bands: readonly Band[];
  /** In the order of the tiles given. */
  readonly places: readonly TilePlace[];
}

/** Units of a row that a tile asks for. */
export function unitsOf(size: TileSize, rowUnits: RowUnits): number {
  return size === 'small' ? 1 : Math.min(2, rowUnits);
}

/**
 * Breaks tiles into rows as lines of a text are broken: in their order, into as few rows as can be, which are as evenly
 * filled as can be; each row is then stretched over the whole width. So there is never a hole, what is read first stands
 * first, and a machine without sensors has wider tiles instead of an empty place.
 */
export function arrangeBands(tiles: readonly SizedTile[], rowUnits: RowUnits): Bands {
  const places: TilePlace[] = [];
  const bands: Band[] = [];
  for (const row of breakRows(tiles, rowUnits)) {
    const band = bands.length;
    const total = sum(row.map(({ size }) => unitsOf(size, rowUnits)));
    let passed = 0;
    for (const { size } of row) {
      const fromColumn = 1 + Math.round((passed * gridColumns) / total);
      passed += unitsOf(size, rowUnits);
      places.push({ band, fromColumn, toColumn: 1 + Math.round((passed * gridColumns) / total) });
    }
    bands.push({ height: row.some(({ size }) => size === 'large') ? 2 : 1 });
  }
  return { bands, places };
}

interface Best {
  readonly rows: number;
  /** Of all rows: what is left free, squared, and what is made higher than it asked to be. */
  readonly badness: number;
  /** Where the last row begins. */
  readonly from: number;
}

/** The best way to break the first n tiles, for every n: fewest rows first, then the most even ones. */
function breakRows(tiles: readonly SizedTile[], rowUnits: RowUnits): SizedTile[][] {
  const best: Best[] = [{ rows: 0, badness: 0, from: 0 }];
  for (let end = 1; end <= tiles.length; end++) {
    let found: Best | null = null;
    for (let from = end - 1; from >= 0; from--) {
      const row = tiles.slice(from, end);
      const units = sum(row.map(({ size }) => unitsOf(size, rowUnits)));
      if (units > rowUnits) break;
      const before = best[from]!;
      const isTall = row.some(({ size }) => size === 'large');
      const stretched = isTall ? row.filter(({ size }) => size !== 'large').length : 0;
      const candidate = {
        rows: before.rows + 1,
        badness: before.badness + (rowUnits - units) ** 2 + stretched,
        from,
      };
      if (!found || isBetter(candidate, found)) found = candidate;
    }
    best.push(found!);
  }
  const rows: SizedTile[][] = [];
  for (let end = tiles.length; end > 0; end = best[end]!.from)
    rows.unshift(tiles.slice(best[end]!.from, end));
  return rows;
}

function isBetter(one: Best, other: Best): boolean {
  return one.rows !== other.rows ? one.rows < other.rows : one.badness < other.badness;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
