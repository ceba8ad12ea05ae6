import type { Bounds } from './window-state.ts';

export interface QuickViewSurroundings {
  readonly size: { readonly width: number; readonly height: number };
  /** Where the tray icon is; of no extent where the desktop does not say, as on most of Linux. */
  readonly tray: Bounds | null;
  readonly cursor: { readonly x: number; readonly y: number };
  /** Of the display that has the tray icon, or else the cursor. */
  readonly workArea: Bounds;
}

/** Space between the quick view and the edges that it lies at. */
const margin = 8;

/**
 * Where the quick view goes: beside the tray icon where that is known, else in the corner of the display that
 * the cursor is nearest to, since the click that opened it was most likely there. Always wholly in the work area.
 */
export function placeQuickView({ size, tray, cursor, workArea }: QuickViewSurroundings): Bounds {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  const known = tray !== null && tray.width > 0 && tray.height > 0;
  const anchor = known ? { x: tray.x + tray.width / 2, y: tray.y + tray.height / 2 } : cursor;
  const rightmost = workArea.x + workArea.width - width;
  const lowest = workArea.y + workArea.height - height;
  const isLow = anchor.y > workArea.y + workArea.height / 2;
  const isRight = anchor.x > workArea.x + workArea.width / 2;
  const cornerX = isRight ? rightmost - margin : workArea.x + margin;
  return {
    x: Math.round(clamp(known ? anchor.x - width / 2 : cornerX, workArea.x, rightmost)),
    y: Math.round(clamp(isLow ? lowest - margin : workArea.y + margin, workArea.y, lowest)),
    width,
    height,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
