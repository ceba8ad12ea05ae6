import type { MetricsStore } from '../../../shared/series/rings/metrics-store.ts';
import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { readColor, withAlpha } from '../../charts/chart-colors.ts';
import { drawUnseenSpans } from '../../charts/draw-unseen-spans.ts';
import { niceCeiling } from '../../charts/scale.ts';
import type { QuickSeries } from './quick-figures.ts';

export interface QuickChartOptions extends QuickSeries {
  /** Top of the scale; null where it follows what is drawn, as traffic does. */
  readonly top: number | null;
}

/** How far back the charts of the quick view reach. */
const windowMs = 60_000;
/** Least top of a scale that follows: a trickle is not drawn as a flood. */
const leastBytesPerSecond = 1_024;

/**
 * Draws the last minute straight on a canvas: areas upon each other, or lines over faint areas. What the page of a small
 * window needs of charts, without the library that the large ones are made with: it must be there at once.
 */
export function drawQuickChart(
  canvas: HTMLCanvasElement,
  store: MetricsStore,
  { ringKey, series, isStacked, top }: QuickChartOptions,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const [ring, nowX] = [store.ring(ringKey), store.nowX];
  context.clearRect(0, 0, width, height);
  if (!ring || Number.isNaN(nowX)) return;
  const fromX = nowX - windowMs;
  const first = Math.max(0, ring.rowAt(fromX) - 1);
  const toPixelX = (x: number): number => ((x - fromX) / windowMs) * width;
  const area = { left: 0, top: 0, right: width, bottom: height };
  drawUnseenSpans(context, area, toPixelX, store.unseenSince(fromX, ring), { words: false });

  const valueOf = (row: number, at: number): number => {
    if (!isStacked) return ring.value(row, series[at]!.column);
    let sum = 0;
    for (let under = 0; under <= at; under++) sum += ring.value(row, series[under]!.column);
    return sum;
  };
  const line = Math.max(1, window.devicePixelRatio * 1.25);
  const most =
    top ?? niceCeiling(greatest(ring, first, series.length, valueOf), 'bytes', leastBytesPerSecond);
  const toPixelY = (value: number): number => height - line / 2 - Math.min(1, value / most) * (height - line);
  context.lineWidth = line;
  context.lineJoin = 'round';
  // The highest of a stack lies under the others.
  for (let at = series.length - 1; at >= 0; at--) {
    const color = readColor(series[at]!.color);
    context.strokeStyle = color;
    context.fillStyle = withAlpha(color, isStacked ? 0.55 : 0.16);
    for (let row = first; row < ring.length; row++) {
      if (Number.isNaN(valueOf(row, at))) continue;
      const from = row;
      context.beginPath();
      for (; row < ring.length && !Number.isNaN(valueOf(row, at)); row++) {
        context.lineTo(toPixelX(ring.x(row)), toPixelY(valueOf(row, at)));
      }
      if (!isStacked) context.stroke();
      context.lineTo(toPixelX(ring.x(row - 1)), height);
      context.lineTo(toPixelX(ring.x(from)), height);
      if (isStacked) {
        // What is under it must not shine through.
        context.globalCompositeOperation = 'destination-out';
        context.fillStyle = '#000000';
        context.fill();
        context.globalCompositeOperation = 'source-over';
        context.fillStyle = withAlpha(color, 0.8);
      }
      context.fill();
    }
  }
}

function greatest(
  ring: RingBuffer,
  first: number,
  seriesCount: number,
  valueOf: (row: number, at: number) => number,
): number {
  let most = 0;
  for (let row = first; row < ring.length; row++) {
    for (let at = 0; at < seriesCount; at++) most = Math.max(most, valueOf(row, at) || 0);
  }
  return most;
}
