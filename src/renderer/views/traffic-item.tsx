import type { ReactNode } from 'react';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatPerSecond,
  formatTrafficPerSecond,
  showText,
  type Shown,
} from '../../shared/series/units.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import { Figure } from './figure.tsx';
import { showName } from './show-name.ts';

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

/** How many the overview shows: each has a chart of its own. The page of the subject has them all. */
export const mostTrafficItems = 4;

/** The first few names, and how many there are besides. */
export function nameSome(entries: readonly { readonly name: string }[]): string {
  const shown = entries.slice(0, 8).map(({ name }) => showName(name));
  const rest = entries.length - shown.length;
  const names = shown.join(', ');
  return rest > 0 ? t('someMore', { names, rest }) : names;
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
  const isNetwork = kind === 'interface';
  const format = isNetwork ? formatTrafficPerSecond : formatBytesPerSecond;
  return (
    <article className="traffic" data-testid={kind} data-name={name} aria-label={showName(name)}>
      <header className="traffic__header">
        <div className="traffic__title">
          <h3 translate="no" title={showName(name)}>
            {showName(name)}
          </h3>
          <span className="traffic__note">{gap ?? note}</span>
        </div>
        {series.map(({ label, color }, at) => (
          <span key={label} className="traffic__rate">
            <span className={`swatch swatch--${color}`} aria-hidden="true" />
            <span className="traffic__way">{label}</span>
            <Figure shown={format(rates?.[at])} raw={rates?.[at]} testId={testIds[at]} />
          </span>
        ))}
      </header>
      <TimeChart
        label={showName(name)}
        size="medium"
        ringKey={ringKey}
        series={series}
        stacked={false}
        max={{ kind: isNetwork ? 'traffic' : 'bytes', least: 1024 }}
        measure={isNetwork ? 'traffic' : 'bytesPerSecond'}
        formatTick={(value) => formatTick(format(value))}
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
  return value === '0' ? value : showText({ value: value.replace(/[.,]0+$/, ''), unit });
}

/** A fact that is a number of bytes since boot. */
export function byteFact(label: string, testId: string, bytes: number): Fact {
  return { label, testId, raw: bytes, shown: formatBytes(bytes) };
}

/** A fact that is a rate of events. */
export function rateFact(label: string, testId: string, perSecond: number | null | undefined): Fact {
  return { label, testId, raw: perSecond, shown: formatPerSecond(perSecond) };
}

/** A fact that is a count of what should not happen. */
export function troubleFact(label: string, testId: string, count: number): Fact {
  return { label, testId, raw: count, shown: formatCount(count), alarming: count > 0 };
}
