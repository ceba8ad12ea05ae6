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
        : t('charts:span.last', { span: formatAgo(windowMs / 1_000) })}
    </span>
  );
}
