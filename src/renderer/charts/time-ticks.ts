import { formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import type { TimeRange } from './time-view.ts';

/** A grid line of the time axis and what stands under it. */
export interface TimeTick {
  readonly value: number;
  readonly label: string;
}

/** Steps that people count in, in seconds. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600] as const;
/** Room that a label needs, in pixels, with the air around it. */
const room = { ago: 84, clock: 92 } as const;
/** A label in the middle of its line would be cut where the line is closer to an edge than this. */
const edgePx = 30;

export interface TimeAxis {
  readonly range: TimeRange;
  /** How wide the axis is drawn. */
  readonly widthPx: number;
  /**
   * Whether the right edge is now: then lines say how long ago they were, else (standing still, or nothing arrives any
   * more) what the clock said.
   */
  readonly isLive: boolean;
}

/** Grid lines at round times, as many as have room. */
export function chooseTimeTicks({ range: { fromX, toX }, widthPx, isLive }: TimeAxis): TimeTick[] {
  const spanMs = toX - fromX;
  if (!(spanMs > 0) || !(widthPx > 0)) return [];
  const leastMs = (spanMs / widthPx) * (isLive ? room.ago : room.clock);
  const stepMs = 1_000 * (steps.find((seconds) => seconds * 1_000 >= leastMs) ?? steps.at(-1)!);
  const ticks: TimeTick[] = [];
  if (isLive) {
    for (let agoMs = 0; agoMs <= spanMs + 1; agoMs += stepMs) {
      ticks.unshift({ value: toX - agoMs, label: formatAgo(agoMs / 1_000) });
    }
    return ticks;
  }
  // Whole steps of the clock that is shown, whose zone may be half an hour off.
  const zoneMs = new Date(toX).getTimezoneOffset() * 60_000;
  for (let x = Math.ceil((fromX - zoneMs) / stepMs) * stepMs + zoneMs; x <= toX; x += stepMs) {
    const px = ((x - fromX) / spanMs) * widthPx;
    const label =
      px < edgePx || px > widthPx - edgePx ? '' : formatTime(x, stepMs < 60_000 ? 'seconds' : 'minutes');
    ticks.push({ value: x, label });
  }
  return ticks;
}

/** How long ago, in one or two units. */
export function formatAgo(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return t('charts:now');
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  return [
    hours > 0 ? t('duration.hours', { count: hours }) : '',
    minutes > 0 ? t('duration.minutes', { count: minutes }) : '',
    rest > 0 ? t('duration.seconds', { count: rest }) : '',
  ]
    .filter(Boolean)
    .slice(0, 2)
    .join(' ');
}
