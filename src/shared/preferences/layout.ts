import * as v from 'valibot';

/** What the overview can show, in the order in which it is offered. */
export const tileIds = [
  'processor',
  'process',
  'memory',
  'disk',
  'network',
  'filesystem',
  'sensor',
  'gpu',
  'pressure',
  'cost',
] as const;
export type TileId = (typeof tileIds)[number];

/** `small` is a quarter of a row on a desktop, `medium` half of one, `large` half of one and twice as high. */
export const tileSizes = ['small', 'medium', 'large'] as const;
export type TileSize = (typeof tileSizes)[number];

/** Where the overview's tiles stand, the first first. Tiles that it does not name come after those that it names. */
export const layoutSchema = v.object({
  tiles: v.pipe(
    v.array(
      v.object({
        /** A name of another version is kept and not shown. */
        tile: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
        size: v.picklist(tileSizes),
        /** Stays before all that are not pinned, whatever is moved and however narrow the window is. */
        pinned: v.optional(v.boolean(), false),
        hidden: v.optional(v.boolean(), false),
      }),
    ),
    v.maxLength(64),
  ),
});
export type Layout = v.InferOutput<typeof layoutSchema>;

/** One tile of a layout, known to this version. */
export interface PlacedTile {
  readonly tile: TileId;
  readonly size: TileSize;
  readonly pinned: boolean;
  readonly hidden: boolean;
}

/** Where everything stands until somebody arranges it. */
export const defaultLayout: Layout = {
  tiles: tileIds.map((tile) => ({
    tile,
    size: tile === 'processor' || tile === 'process' ? 'large' : 'small',
    pinned: false,
    hidden: false,
  })),
};

/** Every tile that this version knows, once each, in the order in which they are shown: the pinned ones first. */
export function deriveTiles(layout: Layout): readonly PlacedTile[] {
  const known = new Map<TileId, PlacedTile>();
  for (const entry of [...layout.tiles, ...defaultLayout.tiles]) {
    if (isTileId(entry.tile) && !known.has(entry.tile)) known.set(entry.tile, { ...entry, tile: entry.tile });
  }
  const all = [...known.values()];
  return [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned)];
}

function isTileId(name: string): name is TileId {
  return (tileIds as readonly string[]).includes(name);
}
