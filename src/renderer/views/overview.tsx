import { BusyStrip } from './overview/busy-strip.tsx';
import { TileGrid } from './overview/tile-grid.tsx';

/** Everything vital of one host on one screen: what is busy, and a tile for each subject. */
export function Overview() {
  return (
    <div className="overview" data-testid="overview">
      <div className="overview__head">
        <BusyStrip />
      </div>
      <TileGrid />
    </div>
  );
}
