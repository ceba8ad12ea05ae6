import type { PointerEvent as ReactPointerEvent } from 'react';
import type { PlacedTile } from '../../../../shared/preferences/layout.ts';
import { useArranging } from './arranging.ts';
import { derivePlace, deriveSize } from './derive-drop.ts';

export interface TileDrag {
  /** Takes hold of the tile: it goes where it is let go. */
  readonly begin: (event: ReactPointerEvent<HTMLElement>) => void;
  /** Takes hold of its corner: it becomes as large as that is drawn. */
  readonly beginResize: (event: ReactPointerEvent<HTMLElement>) => void;
}

/** So many pixels are a hand that shakes, not one that drags. */
const leastPx = 4;

/** Moves and resizes a tile by pointer. Escape, or a pointer that is taken away, leaves it as it was. */
export function useTileDrag({ tile, size }: PlacedTile): TileDrag {
  const { move, change } = useArranging();
  return {
    begin: (event) => {
      if (event.button !== 0 || (event.target as Element).closest('button')) return;
      const handle = event.currentTarget;
      const tiles = handle.closest<HTMLElement>('.tiles');
      const own = handle.closest<HTMLElement>('.tile');
      if (!tiles || !own) return;
      const all = [...tiles.querySelectorAll<HTMLElement>(':scope > .tile')];
      const boxes = all.map((each) => each.getBoundingClientRect());
      let place = -1;
      follow(event, {
        onMove: (dx, dy, at) => {
          own.classList.add('is-dragged');
          own.style.setProperty('translate', `${dx}px ${dy}px`);
          place = derivePlace(boxes, at.x, at.y);
          all.forEach((each, index) => each.classList.toggle('is-target', index === place && each !== own));
        },
        onEnd: (isDone) => {
          own.classList.remove('is-dragged');
          own.style.removeProperty('translate');
          for (const each of all) each.classList.remove('is-target');
          if (isDone && place >= 0) move(tile, place);
        },
      });
    },
    beginResize: (event) => {
      const tiles = event.currentTarget.closest<HTMLElement>('.tiles');
      const own = event.currentTarget.closest<HTMLElement>('.tile');
      if (event.button !== 0 || !tiles || !own) return;
      event.stopPropagation();
      const box = own.getBoundingClientRect();
      const units = Number(tiles.dataset['units'] ?? 4);
      const isHigh = own.dataset['high'] === 'true';
      const unit = { width: tiles.clientWidth / units, height: isHigh ? box.height / 2 : box.height };
      let wanted = size;
      follow(event, {
        onMove: (dx, dy) => {
          wanted = deriveSize({ width: box.width + dx, height: box.height + dy }, unit);
          own.dataset['wanted'] = wanted;
        },
        onEnd: (isDone) => {
          delete own.dataset['wanted'];
          if (isDone && wanted !== size) change(tile, { size: wanted });
        },
      });
    },
  };
}

interface Follow {
  readonly onMove: (dx: number, dy: number, at: { readonly x: number; readonly y: number }) => void;
  readonly onEnd: (isDone: boolean) => void;
}

/** Follows one pointer from where it is pressed until it is let go, or Escape is pressed. */
function follow(start: ReactPointerEvent<HTMLElement>, { onMove, onEnd }: Follow): void {
  const element: HTMLElement = start.currentTarget;
  const { pointerId, clientX, clientY } = start;
  const controller = new AbortController();
  const { signal } = controller;
  let isMoved = false;
  const end = (isDone: boolean): void => {
    controller.abort();
    onEnd(isDone && isMoved);
  };
  element.setPointerCapture(pointerId);
  element.addEventListener(
    'pointermove',
    (event) => {
      const [dx, dy] = [event.clientX - clientX, event.clientY - clientY];
      isMoved ||= Math.hypot(dx, dy) >= leastPx;
      if (isMoved) onMove(dx, dy, { x: event.clientX, y: event.clientY });
    },
    { signal },
  );
  element.addEventListener('pointerup', () => end(true), { signal });
  element.addEventListener('pointercancel', () => end(false), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end(false);
    },
    { signal, capture: true },
  );
}
