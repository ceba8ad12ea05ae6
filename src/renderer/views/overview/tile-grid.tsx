import { useCallback, useMemo, useState, type CSSProperties } from 'react';
import { useArranging } from './arrange/arranging.ts';
import { TileHandle } from './arrange/tile-handle.tsx';
import { arrangeBands, type Bands, type RowUnits } from './arrange-bands.ts';
import { TileRoomContext, type TileRoom } from './tile.tsx';
import { tileKinds } from './tiles.ts';

/** The tiles in rows that fill the page; as many in a row as it is wide. */
export function TileGrid() {
  const { shown: tiles, isOn } = useArranging();
  const { frame, rowUnits } = useRowUnits();
  const placed = useMemo(() => arrangeBands(tiles, rowUnits), [tiles, rowUnits]);
  return (
    <div ref={frame} className="tiles" style={styleRows(placed)} data-units={rowUnits} data-testid="tiles">
      {tiles.map((entry, at) => {
        const { tile, size } = entry;
        const place = placed.places[at]!;
        const Content = tileKinds[tile].component;
        return (
          <div
            key={tile}
            className="tile"
            data-testid={`tile-${tile}`}
            data-size={size}
            data-high={placed.bands[place.band]!.height === 2}
            style={{
              gridRow: place.band + 1,
              gridColumn: `${place.fromColumn} / ${place.toColumn}`,
            }}
          >
            <TileRoomContext value={roomOf(placed, at, rowUnits)}>
              <div className="tile__content" inert={isOn}>
                <Content />
              </div>
            </TileRoomContext>
            {isOn && <TileHandle placed={entry} at={at} />}
          </div>
        );
      })}
    </div>
  );
}

/** One grid row for each row of tiles; a high one takes twice the part of what is free. */
function styleRows({ bands }: Bands): CSSProperties {
  const rows = bands.map(({ height }) => `minmax(calc(var(--tile-row) * ${height}), ${height}fr)`);
  return { gridTemplateRows: rows.join(' ') };
}

const rooms = {
  small: { chart: 'small' },
  medium: { chart: 'medium' },
  large: { chart: 'large' },
} as const satisfies Record<string, TileRoom>;

/** A chart has a scale where the tile is half of a row or wider, and times below it where it is high as well. */
function roomOf({ bands, places }: Bands, at: number, rowUnits: RowUnits): TileRoom {
  const { band, fromColumn, toColumn } = places[at]!;
  const units = ((toColumn - fromColumn) * rowUnits) / 12;
  const isHigh = bands[band]!.height === 2;
  if (rowUnits === 1 ? !isHigh : units < 2) return rooms.small;
  return isHigh ? rooms.large : rooms.medium;
}

/** Widths of the grid, in pixels, from which on a row takes two and four small tiles. */
const twoUnitsPx = 520;
const fourUnitsPx = 900;

function useRowUnits(): {
  readonly frame: (element: HTMLElement | null) => (() => void) | undefined;
  readonly rowUnits: RowUnits;
} {
  const [rowUnits, setRowUnits] = useState<RowUnits>(4);
  const frame = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      setRowUnits(width >= fourUnitsPx ? 4 : width >= twoUnitsPx ? 2 : 1);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, rowUnits };
}
