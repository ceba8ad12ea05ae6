/** How many readings the icon shows, a column of one pixel each. */
export const trayColumns = 18;
/** Height of a full column, in pixels of an icon of single density. */
export const trayRows = 16;
/** From this share on a column is drawn in the colour of warning. */
const highFrom = 0.9;

/** One column: how many pixels high, and whether that is near the limit. Null where nothing is known. */
export interface TrayColumn {
  readonly height: number;
  readonly isHigh: boolean;
}

/** Colours as [red, green, blue, alpha], 0 to 255. `ground` is null where the panel shows through, as macOS wants it. */
export interface TrayPaint {
  readonly ground: Rgba | null;
  readonly column: Rgba;
  readonly high: Rgba;
  readonly baseline: Rgba;
}
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A picture as Electron takes it: BGRA with premultiplied alpha, row by row from the top. */
export interface TrayBitmap {
  readonly edge: number;
  readonly bytes: Uint8Array;
}

/** Where things are, in pixels of single density: on a tile with a margin, or bare and as small as a menu bar's icons. */
const tiled = { edge: 24, left: 3, baseline: 20 } as const;
const bare = { edge: trayColumns, left: 0, baseline: trayRows } as const;
const tile = { from: 1, to: tiled.edge - 1, radius: 5.5 } as const;
/** A pixel of the tile's corners is looked at in so many rows and columns of points. */
const samples = 4;

/**
 * The newest levels (0 to 1, the newest last) as columns, as many as the icon has. What is more than nothing is at least
 * one pixel, and only what is full is of full height: so two lists of levels that look alike are alike.
 */
export function deriveTrayColumns(levels: readonly (number | null)[]): readonly (TrayColumn | null)[] {
  const newest = levels.slice(-trayColumns);
  const missing = Array.from({ length: trayColumns - newest.length }, () => null);
  return [...missing, ...newest].map((level) => {
    if (level === null) return null;
    const share = Math.min(1, Math.max(0, level));
    const height = share >= 0.995 ? trayRows : Math.min(trayRows - 1, Math.ceil(share * (trayRows - 1)));
    return { height: share < 0.005 ? 0 : height, isHigh: share >= highFrom };
  });
}

/** Draws columns, on a tile where the paint has a ground; `scale` pixels to each of single density. */
export function drawTrayPicture(
  columns: readonly (TrayColumn | null)[],
  paint: TrayPaint,
  scale: number,
): TrayBitmap {
  const geometry = paint.ground ? tiled : bare;
  const edge = geometry.edge * scale;
  const bytes = new Uint8Array(edge * edge * 4);
  if (paint.ground) fillTile(bytes, edge, scale, paint.ground);
  const fill = (column: number, fromRow: number, rows: number, color: Rgba): void => {
    const left = (geometry.left + column) * scale;
    for (let y = fromRow * scale; y < (fromRow + rows) * scale; y++) {
      for (let x = left; x < left + scale; x++) put(bytes, (y * edge + x) * 4, color, 1);
    }
  };
  columns.forEach((known, column) => {
    fill(column, geometry.baseline, 1, paint.baseline);
    if (!known || known.height === 0) return;
    fill(column, geometry.baseline - known.height, known.height, known.isHigh ? paint.high : paint.column);
  });
  return { edge, bytes };
}

/** A square with round corners, whose edge pixels are covered by as much as lies within. */
function fillTile(bytes: Uint8Array, edge: number, scale: number, color: Rgba): void {
  const { from, to, radius } = tile;
  const isInside = (x: number, y: number): boolean => {
    if (x < from || x > to || y < from || y > to) return false;
    const dx = Math.max(from + radius - x, 0, x - (to - radius));
    const dy = Math.max(from + radius - y, 0, y - (to - radius));
    return dx * dx + dy * dy <= radius * radius;
  };
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      let covered = 0;
      for (let part = 0; part < samples * samples; part++) {
        const sampleX = (x + ((part % samples) + 0.5) / samples) / scale;
        const sampleY = (y + (Math.floor(part / samples) + 0.5) / samples) / scale;
        if (isInside(sampleX, sampleY)) covered++;
      }
      if (covered > 0) put(bytes, (y * edge + x) * 4, color, covered / (samples * samples));
    }
  }
}

/** Lays a colour over what is there. */
function put(bytes: Uint8Array, at: number, [red, green, blue, alpha]: Rgba, coverage: number): void {
  const share = (alpha / 255) * coverage;
  const over = [blue, green, red, 255].map((value) => value * share);
  over.forEach((value, channel) => {
    bytes[at + channel] = Math.round(value + bytes[at + channel]! * (1 - share));
  });
}
