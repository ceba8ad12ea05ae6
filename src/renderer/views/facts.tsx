import type { ReactNode } from 'react';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatMilliseconds,
  formatPerSecond,
  formatShare,
  formatTrafficPerSecond,
  type Shown,
} from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ColorToken } from '../charts/chart-colors.ts';
import { Figure } from './figure.tsx';

export interface FactTileProps {
  readonly label: string;
  readonly shown: Shown;
  /** The number itself, in its base unit, for programs that read the page. */
  readonly raw: number | null | undefined;
  readonly testId: string;
  /** Why there is no number, where there is none. */
  readonly reason?: string;
  /** What the number is of, or is measured against. */
  readonly note?: ReactNode;
  /** Drawn in the colour of trouble. */
  readonly alarming?: boolean;
  /** The label is a name that the machine gives, in no language. */
  readonly isNamed?: boolean;
  /** Of its line, where a chart beside it shows its course. */
  readonly color?: ColorToken;
}

/** One figure with its name above it. One that is not known is a dash with the reason, never zero. */
export function FactTile(props: FactTileProps) {
  const { label, shown, raw, testId, reason = t('notTold'), note, alarming, color, isNamed } = props;
  const isKnown = typeof raw === 'number' && Number.isFinite(raw);
  const below = isKnown ? note : reason;
  return (
    <div className={alarming ? 'fact is-alarming' : 'fact'}>
      <dt title={label} translate={isNamed ? 'no' : undefined}>
        {color && <span className={`swatch swatch--${color}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>
        <Figure shown={shown} raw={isKnown ? raw : undefined} testId={testId} />
        {below && (
          <span className="fact__note" title={typeof below === 'string' ? below : undefined}>
            {below}
          </span>
        )}
      </dd>
    </div>
  );
}

type Measured = Omit<FactTileProps, 'shown'>;

// One tile a unit: what is measured in it cannot be shown in another.

export function BytesTile(props: Measured) {
  return <FactTile shown={formatBytes(props.raw)} {...props} />;
}

export function BytesPerSecondTile(props: Measured) {
  return <FactTile shown={formatBytesPerSecond(props.raw)} {...props} />;
}

/** What goes over a network, in bytes or bits a second. */
export function TrafficTile(props: Measured) {
  return <FactTile shown={formatTrafficPerSecond(props.raw)} {...props} />;
}

export function CountTile(props: Measured) {
  return <FactTile shown={formatCount(props.raw)} {...props} />;
}

/** Events a second. */
export function RateTile(props: Measured) {
  return <FactTile shown={formatPerSecond(props.raw)} {...props} />;
}

/** A share of 1, as per cent. */
export function ShareTile(props: Measured) {
  return <FactTile shown={formatShare(props.raw)} {...props} />;
}

export function MillisecondsTile(props: Measured) {
  return <FactTile shown={formatMilliseconds(props.raw)} {...props} />;
}

/** Figures side by side, as many as fit. */
export function FactGrid({ children }: { readonly children: ReactNode }) {
  return <dl className="fact-grid">{children}</dl>;
}

/** A dash with its reason, for whoever points at it or hears it. */
export function Dash({ reason = t('notTold') }: { readonly reason?: string }) {
  return (
    <span className="dash" title={reason}>
      –<span className="visually-hidden"> {reason}</span>
    </span>
  );
}
