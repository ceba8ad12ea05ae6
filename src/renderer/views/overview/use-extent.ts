import { useSyncExternalStore } from 'react';
import { formatDuration, showText, type Shown } from '../../../shared/series/units.ts';
import type { RingKey } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { TimeRange } from '../../charts/time-view.ts';
import { useSession } from '../../session-context.ts';
import { deriveExtent, joinExtents, type Extent } from './derive-extent.ts';

/** Some columns of a series, added up. */
export interface Measured {
  readonly ringKey: RingKey;
  readonly columns: readonly number[];
}

/** The part of time that the charts of the page show; renders again when another is chosen, not with each reading. */
function useTimeRange(): TimeRange {
  const { store, timeView } = useSession();
  // Not the whole state, which changes with every move of the crosshair.
  useSyncExternalStore(timeView.onChange, () => timeView.state().held ?? timeView.state().windowMs);
  return timeView.range(store.nowX);
}

/**
 * Between what the series moved in the time that is shown, as it is when the caller is rendered: with each reading of a
 * topic that the caller takes.
 */
export function useExtent(series: readonly Measured[]): Extent | null {
  const { store } = useSession();
  const range = useTimeRange();
  return joinExtents(series.map(({ ringKey, columns }) => deriveExtent(store.ring(ringKey), columns, range)));
}

/** The words for an extent, and what they mean; null where nothing is known. */
export function useRangeText(
  extent: Extent | null,
  format: (value: number) => Shown,
): { readonly short: string; readonly long: string } | null {
  const { fromX, toX } = useTimeRange();
  if (!extent) return null;
  const [low, high] = [format(extent.low), format(extent.high)];
  const short = low.unit === high.unit ? `${low.value} – ${showText(high)}` : `${showText(low)} – ${showText(high)}`; // prettier-ignore
  const span = formatDuration(Math.round((toX - fromX) / 1_000));
  return { short, long: t('overview:range.long', { low: showText(low), high: showText(high), span }) };
}
