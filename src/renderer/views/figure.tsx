import type { ReactNode } from 'react';
import type { Shown } from '../../shared/series/units.ts';
import type { ColorToken } from '../charts/chart-colors.ts';

export interface FigureProps {
  readonly shown: Shown;
  /** The number itself, in its base unit, for programs that read the page. */
  readonly raw: number | null | undefined;
  readonly testId?: string;
  readonly size?: 'hero' | 'normal';
}

/** A number with its unit, in digits that keep their places. */
export function Figure({ shown, raw, testId, size = 'normal' }: FigureProps) {
  return (
    <span className={`figure figure--${size}`} data-testid={testId} data-value={raw ?? undefined}>
      {shown.value}
      {shown.unit !== '' && <span className="figure__unit"> {shown.unit}</span>}
    </span>
  );
}

export interface LegendEntryProps extends FigureProps {
  readonly label: string;
  /** Absent for what is not drawn. */
  readonly color?: ColorToken;
}

/** One line of a legend: what is drawn in which colour, and how much it is now. */
export function LegendEntry({ label, color, ...figure }: LegendEntryProps) {
  return (
    <div className="legend__entry">
      <dt>
        <span className={`swatch ${color ? `swatch--${color}` : 'swatch--none'}`} aria-hidden="true" />
        {label}
      </dt>
      <dd>
        <Figure {...figure} />
      </dd>
    </div>
  );
}

/** The entries of a chart's legend. */
export function Legend({ children }: { readonly children: ReactNode }) {
  return <dl className="legend">{children}</dl>;
}

export interface MeterProps {
  /** 0 to 1; null where it is not known. */
  readonly share: number | null;
  readonly label: string;
}

/** A bar that says how much of something is taken; its colour turns at 80 and 92 per cent. */
export function Meter({ share, label }: MeterProps) {
  const level = share === null ? 'unknown' : share >= 0.92 ? 'critical' : share >= 0.8 ? 'high' : 'normal';
  return (
    <span
      className={`meter meter--${level}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
    >
      <span className="meter__fill" style={{ width: `${(share ?? 0) * 100}%` }} />
    </span>
  );
}
