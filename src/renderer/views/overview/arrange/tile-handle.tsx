import { useRef, type KeyboardEvent } from 'react';
import { tileSizes, type PlacedTile } from '../../../../shared/preferences/layout.ts';
import { t } from '../../../../shared/texts/texts.ts';
import { Icon } from '../../../design/components/icon.tsx';
import { IconButton } from '../../../design/components/icon-button.tsx';
import { ToggleGroup } from '../../../design/components/toggle-group.tsx';
import { nameTile } from '../name-tile.ts';
import { useArranging } from './arranging.ts';
import { useTileDrag } from './use-tile-drag.ts';

export interface TileHandleProps {
  readonly placed: PlacedTile;
  /** Its place among those that are shown, from 0. */
  readonly at: number;
}

/**
 * Lies over a tile while the overview is arranged: takes hold of it by pointer and by keys. Arrows move it, plus and
 * minus resize it, P pins it, Delete hides it.
 */
export function TileHandle({ placed, at }: TileHandleProps) {
  const { tile, size, pinned } = placed;
  const { shown, move, change, setOn } = useArranging();
  const element = useRef<HTMLDivElement>(null);
  const drag = useTileDrag(placed);

  const act = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Keys of the buttons in it are their own.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const grown = { '+': 1, '=': 1, '-': -1 }[event.key];
    if (step !== undefined) move(tile, at + step);
    else if (event.key === 'Home') move(tile, 0);
    else if (event.key === 'End') move(tile, shown.length - 1);
    else if (grown !== undefined) {
      const wanted = tileSizes[tileSizes.indexOf(size) + grown];
      if (wanted) change(tile, { size: wanted });
    } else if (event.key === 'p' || event.key === 'P') change(tile, { pinned: !pinned });
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      focusNeighbour(element.current);
      change(tile, { hidden: true });
    } else if (event.key === 'Escape') setOn(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const state = pinned ? 'layout:tile.pinnedLabel' : 'layout:tile.label';
  return (
    <div
      ref={element}
      className="tile-handle"
      role="group"
      // Moved by keys, so it has to be reached by them.
      tabIndex={0}
      aria-label={t(state, {
        tile: nameTile(tile),
        place: at + 1,
        count: shown.length,
        size: t(`layout:sizes.${size}`),
      })}
      data-testid={`handle-${tile}`}
      onKeyDown={act}
      onPointerDown={drag.begin}
    >
      <div className="tile-handle__tools">
        <span className="tile-handle__grip" aria-hidden="true">
          <Icon name="grip" />
        </span>
        <ToggleGroup
          label={t('layout:tile.size')}
          size="small"
          value={size}
          options={tileSizes.map((each) => ({ value: each, label: t(`layout:shortSizes.${each}`) }))}
          onChange={(chosen) => change(tile, { size: chosen })}
        />
        <IconButton
          icon={pinned ? 'unpin' : 'pin'}
          size="small"
          label={t(pinned ? 'layout:tile.unpin' : 'layout:tile.pin')}
          isPressed={pinned}
          onClick={() => change(tile, { pinned: !pinned })}
        />
        <IconButton
          icon="hide"
          size="small"
          label={t('layout:tile.hide')}
          onClick={() => {
            focusNeighbour(element.current);
            change(tile, { hidden: true });
          }}
        />
      </div>
      <span className="tile-handle__corner" aria-hidden="true" onPointerDown={drag.beginResize} />
    </div>
  );
}

/** The focus stays among the tiles when the one that has it goes. */
function focusNeighbour(element: HTMLElement | null): void {
  const all = [...(element?.closest('.tiles')?.querySelectorAll<HTMLElement>('.tile-handle') ?? [])];
  const at = all.indexOf(element!);
  (all[at + 1] ?? all[at - 1])?.focus();
}
