import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import {
  defaultLayout,
  deriveTiles,
  type Layout,
  type PlacedTile,
  type TileId,
} from '../../../../shared/preferences/layout.ts';
import { t } from '../../../../shared/texts/texts.ts';
import { changePreferences, usePreferences } from '../../../preferences/preferences.ts';
import { nameTile } from '../name-tile.ts';
import { usePresentTiles } from '../use-present-tiles.ts';
import { changeTile, moveTile, type TileChange } from './edit-layout.ts';

/** The overview's layout, and what can be done to it. Every change is kept at once. */
export interface Arranging {
  readonly layout: Layout;
  /** In the order in which they stand. */
  readonly shown: readonly PlacedTile[];
  /** What could be added: hidden, and there on this host. */
  readonly hidden: readonly PlacedTile[];
  /** Whether tiles can be moved now. */
  readonly isOn: boolean;
  readonly setOn: (isOn: boolean) => void;
  /** To a place among those that are shown, counted from 0. */
  readonly move: (tile: TileId, toPlace: number) => void;
  readonly change: (tile: TileId, change: TileChange) => void;
  /** Null is as it comes. */
  readonly replace: (layout: Layout | null, words: string) => void;
  /** What was done last, for those who do not see it. */
  readonly news: string;
}

/** For everything on the overview. */
export const ArrangingContext = createContext<Arranging | null>(null);

/** The layout of an overview that nobody has arranged. */
export const StandardLayoutContext = createContext(defaultLayout);

/** The layout of the overview around the caller. Throws outside of one, which is a defect. */
export function useArranging(): Arranging {
  const arranging = useContext(ArrangingContext);
  if (!arranging) throw new Error('There is no overview here.');
  return arranging;
}

/** What the context of an overview holds. */
export function useArrangement(): Arranging {
  const present = usePresentTiles();
  const preferences = usePreferences();
  const [isOn, setOn] = useState(false);
  const [news, announce] = useState('');
  const standard = useContext(StandardLayoutContext);
  const layout = preferences.layout ?? standard;
  const all = useMemo(() => deriveTiles(layout).filter(({ tile }) => present.has(tile)), [layout, present]);
  const shown = useMemo(() => all.filter(({ hidden }) => !hidden), [all]);

  const move = useCallback(
    (tile: TileId, toPlace: number) => {
      const names = shown.map((placed) => placed.tile);
      const next = moveTile(layout, names, tile, toPlace);
      const order = deriveTiles(next).filter((placed) => names.includes(placed.tile));
      const place = order.findIndex((placed) => placed.tile === tile) + 1;
      if (place - 1 !== names.indexOf(tile)) changePreferences({ layout: next });
      announce(t('layout:news.moved', { tile: nameTile(tile), place, count: names.length }));
    },
    [layout, shown],
  );

  const change = useCallback(
    (tile: TileId, changed: TileChange) => {
      changePreferences({ layout: changeTile(layout, tile, changed) });
      announce(describeChange(tile, changed));
    },
    [layout],
  );

  const replace = useCallback((next: Layout | null, words: string) => {
    changePreferences({ layout: next });
    announce(words);
  }, []);

  return useMemo(
    () => ({
      layout,
      shown,
      hidden: all.filter(({ hidden }) => hidden),
      isOn,
      setOn: (wanted: boolean) => {
        setOn(wanted);
        announce(wanted ? t('layout:news.on') : t('layout:news.off'));
      },
      move,
      change,
      replace,
      news,
    }),
    [layout, shown, all, isOn, move, change, replace, news],
  );
}

function describeChange(tile: TileId, { size, pinned, hidden }: TileChange): string {
  const named = { tile: nameTile(tile) };
  if (size !== undefined) return t('layout:news.resized', { ...named, size: t(`layout:sizes.${size}`) });
  if (pinned !== undefined) return t(pinned ? 'layout:news.pinned' : 'layout:news.unpinned', named);
  return t(hidden === true ? 'layout:news.hidden' : 'layout:news.added', named);
}
