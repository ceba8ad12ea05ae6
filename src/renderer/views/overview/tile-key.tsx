import type { ColorToken } from '../../charts/chart-colors.ts';
import { Figure, type FigureProps } from '../figure.tsx';

export interface TileKeyProps extends FigureProps {
  readonly label: string;
  /** Of its line or band in the chart; absent for what is not drawn. */
  readonly color?: ColorToken;
}

/** One entry of a tile's key: what is drawn in which colour, and how much it is now, in as little room as can be. */
export function TileKey({ label, color, ...figure }: TileKeyProps) {
  return (
    <div className="tile__key">
      <dt>
        {color && <span className={`swatch swatch--${color}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>
        <Figure {...figure} />
      </dd>
    </div>
  );
}
