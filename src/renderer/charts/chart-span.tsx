import { useSyncExternalStore } from 'react';
import { formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { useSession } from '../session-context.ts';
import { formatAgo } from './time-ticks.ts';

/** Over which time the charts of the page are: “last 5 min”, or from when to when where they stand still. */
export function ChartSpan() {
  const { timeView } = useSession();
  const { held, windowMs } = useSyncExternalStore(timeView.onChange, timeView.state);
  return (
    <span className="chart-span">
      {held
        ? t('charts:span.held', { from: formatTime(held.fromX), to: formatTime(held.toX) })
        : nameLast(windowMs)}
    </span>
  );
}

function nameLast(windowMs: number): string {
  if (windowMs === 60_000) return t('charts:span.lastMinute');
  if (windowMs === 3_600_000) return t('charts:span.lastHour');
  return t('charts:span.last', { span: formatAgo(windowMs / 1_000) });
}
