import { formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import type { Reading } from './chart-readings.ts';
import { formatAgo } from './time-ticks.ts';
import type { TimeRange } from './time-view.ts';

export type Trend = 'rising' | 'falling' | 'steady';

/** What can be said of one line without seeing it. */
export interface SeriesSummary {
  readonly current: number;
  readonly least: number;
  readonly most: number;
  readonly trend: Trend;
}

/** A line that ends within this part of what it reaches from where it began is steady. */
const steadyShare = 0.1;

/**
 * Current, least and greatest value, and where the line goes: by the straight line that fits it best (least squares), from
 * its beginning to its end. Null where there is no value.
 */
export function summarize(
  points: readonly { readonly x: number; readonly y: number }[],
): SeriesSummary | null {
  let [count, current, least, most] = [0, NaN, Infinity, -Infinity];
  let [sumX, sumY] = [0, 0];
  for (const { x, y } of points) {
    if (Number.isNaN(y)) continue;
    count++;
    current = y;
    least = Math.min(least, y);
    most = Math.max(most, y);
    sumX += x;
    sumY += y;
  }
  if (count === 0) return null;
  const [meanX, meanY] = [sumX / count, sumY / count];
  let [along, square, first, last] = [0, 0, NaN, NaN];
  for (const { x, y } of points) {
    if (Number.isNaN(y)) continue;
    if (Number.isNaN(first)) first = x;
    last = x;
    along += (x - meanX) * (y - meanY);
    square += (x - meanX) ** 2;
  }
  const rise = square > 0 ? (along / square) * (last - first) : 0;
  const still = steadyShare * Math.max(Math.abs(most), Math.abs(least));
  const trend = Math.abs(rise) <= still ? 'steady' : rise > 0 ? 'rising' : 'falling';
  return { current, least, most, trend };
}

export interface DescribedChart {
  readonly labels: readonly string[];
  readonly readings: readonly Reading[];
  readonly range: TimeRange;
  readonly isLive: boolean;
  readonly format: (value: number) => string;
}

/** More lines than this are summed up, not told one by one. */
const mostTold = 8;

/** The chart in words: over which time, and of each line the current, least and greatest value and its trend. */
export function describeChart({ labels, readings, range, isLive, format }: DescribedChart): string {
  const span = isLive
    ? t('charts:text.last', { span: formatAgo((range.toX - range.fromX) / 1_000) })
    : t('charts:text.between', { from: formatTime(range.fromX), to: formatTime(range.toX) });
  const told = labels
    .map((label, at) => ({
      label,
      summary: summarize(readings.map(({ x, values }) => ({ x, y: values[at]! }))),
    }))
    .sort((a, b) => (labels.length > mostTold ? (b.summary?.current ?? -1) - (a.summary?.current ?? -1) : 0));
  const lines = told.slice(0, mostTold).map(({ label, summary }) =>
    summary
      ? t(isLive ? 'charts:text.series' : 'charts:text.heldSeries', {
          label,
          current: format(summary.current),
          least: format(summary.least),
          most: format(summary.most),
          trend: t(`charts:trend.${summary.trend}`),
        })
      : t('charts:text.nothing', { label }),
  );
  const rest = labels.length - lines.length;
  return [span, ...lines, ...(rest > 0 ? [t('charts:text.more', { count: rest })] : [])].join(' ');
}
