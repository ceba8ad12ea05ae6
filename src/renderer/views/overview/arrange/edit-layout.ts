import {
  deriveTiles,
  type Layout,
  type PlacedTile,
  type TileId,
} from '../../../../shared/preferences/layout.ts';

/** What can be changed of one tile where it stands. */
export type TileChange = Partial<Pick<PlacedTile, 'size' | 'pinned' | 'hidden'>>;

/** The layout with a tile changed. One that is shown or pinned anew stands last of its kind. */
export function changeTile(layout: Layout, tile: TileId, change: TileChange): Layout {
  const tiles = deriveTiles(layout).map((placed) =>
    placed.tile === tile ? { ...placed, ...change } : placed,
  );
  const isMoved = change.pinned !== undefined || change.hidden === false;
  if (!isMoved) return withUnknown(layout, tiles);
  const changed = tiles.filter((placed) => placed.tile === tile);
  return withUnknown(layout, [...tiles.filter((placed) => placed.tile !== tile), ...changed]);
}

/**
 * The layout with a tile moved to a place among `shown`, counted from 0. Tiles that are not shown keep to those that they
 * came after. Among pinned tiles a tile that is not pinned has no place: it goes as near as it can.
 */
export function moveTile(layout: Layout, shown: readonly TileId[], tile: TileId, toPlace: number): Layout {
  const tiles = deriveTiles(layout);
  const moved = tiles.find((placed) => placed.tile === tile);
  if (!moved) return layout;
  const others = tiles.filter((placed) => placed.tile !== tile);
  const before = shown.filter((name) => name !== tile)[Math.max(0, toPlace)];
  const at = others.findIndex((placed) => placed.tile === before);
  const [head, tail] = at < 0 ? [others, []] : [others.slice(0, at), others.slice(at)];
  return withUnknown(layout, [...head, moved, ...tail]);
}

/** In the order in which they are shown, with what only other versions know at the end. */
function withUnknown(layout: Layout, tiles: readonly PlacedTile[]): Layout {
  const ordered = [...tiles.filter(({ pinned }) => pinned), ...tiles.filter(({ pinned }) => !pinned)];
  const known = new Set<string>(ordered.map(({ tile }) => tile));
  return { tiles: [...ordered, ...layout.tiles.filter(({ tile }) => !known.has(tile))] };
}
