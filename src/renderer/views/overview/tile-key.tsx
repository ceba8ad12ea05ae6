import { Figure, type LegendEntryProps } from '../figure.tsx';

/** One entry of a tile's key: what is drawn in which colour, and how much it is now, in as little room as can be. */
export function TileKey({ label, color, ...figure }: LegendEntryProps) {
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
