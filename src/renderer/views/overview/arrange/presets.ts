import {
  defaultLayout,
  deriveTiles,
  tileIds,
  type Layout,
  type TileId,
  type TileSize,
} from '../../../../shared/preferences/layout.ts';

/** Layouts that are ready to be taken. The first is the default one. */
export const presetNames = ['balanced', 'processes', 'traffic', 'wall'] as const;
export type PresetName = (typeof presetNames)[number];

type Sizes = readonly (readonly [TileId, TileSize])[];

const presets: Readonly<Record<PresetName, Sizes>> = {
  balanced: defaultLayout.tiles.map(({ tile, size }) => [tile as TileId, size]),
  processes: [
    ['process', 'large'],
    ['processor', 'small'],
    ['memory', 'small'],
    ['disk', 'small'],
    ['network', 'small'],
    ['filesystem', 'small'],
    ['pressure', 'small'],
  ],
  traffic: [
    ['network', 'large'],
    ['disk', 'large'],
    ['process', 'medium'],
    ['processor', 'small'],
    ['memory', 'small'],
  ],
  // Few and large, to be read from across a room.
  wall: [
    ['processor', 'large'],
    ['memory', 'large'],
    ['process', 'large'],
    ['network', 'small'],
    ['disk', 'small'],
  ],
};

/** The layout of a preset: what it does not name is hidden, and can be added. */
export function presetLayout(name: PresetName): Layout {
  const named = presets[name];
  const rest = tileIds.filter((tile) => !named.some(([of]) => of === tile));
  return {
    tiles: [
      ...named.map(([tile, size]) => ({ tile, size, pinned: false, hidden: false })),
      ...rest.map((tile) => ({ tile, size: 'small' as const, pinned: false, hidden: true })),
    ],
  };
}

/** The preset that a layout is; null where somebody has arranged it. */
export function findPreset(layout: Layout): PresetName | null {
  const text = (of: Layout): string => JSON.stringify(deriveTiles(of).map(({ tile, size, pinned, hidden }) => [tile, size, pinned, hidden])); // prettier-ignore
  const wanted = text(layout);
  return presetNames.find((name) => text(presetLayout(name)) === wanted) ?? null;
}
