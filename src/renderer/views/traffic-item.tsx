import type { ReactNode } from 'react';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  showText,
  type Shown,
} from '../../shared/series/units.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import type { RingKey } from '../store/metrics-store.ts';
import { Figure } from './figure.tsx';

export interface Fact {
  readonly label: string;
  readonly shown: Shown;
  readonly raw: number | null | undefined;
  readonly testId: string;
  /** Drawn in the colour of trouble. */
  readonly alarming?: boolean;
}

export interface TrafficItemProps {
  readonly kind: 'interface' | 'device';
  readonly name: string;
  readonly note: ReactNode;
  readonly ringKey: RingKey;
  readonly series: readonly [ChartSeries, ChartSeries];
  /** Rates of the two series; null in a gap. */
  readonly rates: readonly [number, number] | null;
  readonly testIds: readonly [string, string];
  /** Why there are no rates. */
  readonly gap: string | null;
  readonly facts: readonly Fact[];
}

/** Something that carries bytes two ways: an interface or a disk. */
export function TrafficItem({
  kind,
  name,
  note,
  ringKey,
  series,
  rates,
  testIds,
  gap,
  facts,
}: TrafficItemProps) {
  return (
    <article className="traffic" data-testid={kind} data-name={name} aria-label={name}>
      <header className="traffic__header">
        <div className="traffic__title">
          <h3 title={name}>{name}</h3>
          <span className="traffic__note">{gap ?? note}</span>
        </div>
        {series.map(({ label, color }, at) => (
          <span key={label} className="traffic__rate">
            <span className={`swatch swatch--${color}`} aria-hidden="true" />
            <span className="traffic__way">{label}</span>
            <Figure shown={formatBytesPerSecond(rates?.[at])} raw={rates?.[at]} testId={testIds[at]} />
          </span>
        ))}
      </header>
      <TimeChart
        label={`${name}: ${series.map(({ label }, at) => `${label} ${showText(formatBytesPerSecond(rates?.[at]))}`).join(', ')}`}
        size="medium"
        ringKey={ringKey}
        series={series}
        stacked={false}
        max={{ kind: 'bytes', least: 1024 }}
        formatTick={(value) => formatTick(formatBytesPerSecond(value))}
      />
      <dl className="facts">
        {facts.map(({ label, shown, raw, testId, alarming }) => (
          <div key={testId} className={alarming ? 'is-alarming' : undefined}>
            <dt>{label}</dt>
            <dd>
              <Figure shown={shown} raw={raw} testId={testId} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

/** A figure as it stands beside a grid line: without the digits that round steps do not need. */
export function formatTick({ value, unit }: Shown): string {
  return value === '0' ? value : showText({ value: value.replace(/\.0+$/, ''), unit });
}

/** A fact that is a number of bytes since boot. */
export function byteFact(label: string, testId: string, bytes: number): Fact {
  return { label, testId, raw: bytes, shown: formatBytes(bytes) };
}

/** A fact that is a rate of events. */
export function rateFact(label: string, testId: string, perSecond: number | null | undefined): Fact {
  const { value, unit } = formatCount(typeof perSecond === 'number' ? roundRate(perSecond) : null);
  return {
    label,
    testId,
    raw: perSecond,
    shown: value === '–' ? { value, unit } : { value, unit: `${unit}/s` },
  };
}

/** A fact that is a count of what should not happen. */
export function troubleFact(label: string, testId: string, count: number): Fact {
  return { label, testId, raw: count, shown: formatCount(count), alarming: count > 0 };
}

/** Tenths are enough below a hundred, and nobody counts halves of packets above. */
function roundRate(perSecond: number): number {
  return perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
}
