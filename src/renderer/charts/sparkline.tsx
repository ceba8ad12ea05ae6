import { useEffect, useRef } from 'react';
import type { MetricsStore } from '../../shared/series/rings/metrics-store.ts';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { useSession } from '../session-context.ts';
import { onThemeChange } from '../theme.ts';
import './charts.css';
import { readColor, withAlpha, type ColorToken } from './chart-colors.ts';
import { DecimatedLine } from './decimated-line.ts';
import { drawUnseenSpans } from './draw-unseen-spans.ts';
import { watchOnScreen } from './on-screen.ts';
import type { TimeRange } from './time-view.ts';

export interface SparklineProps {
  readonly ringKey: RingKey;
  readonly column: number;
  readonly max: number;
  readonly color: ColorToken;
  /** How far back it looks, always following. Default: what the charts of the page show. */
  readonly windowMs?: number;
}

/**
 * A line without axes, small enough to stand sixty times on a page: drawn straight on a canvas, since that many
 * charts would cost more than everything else together.
 */
export function Sparkline({ ringKey, column, max, color, windowMs }: SparklineProps) {
  const { store, ticker, viewTicker, timeView } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    let isOnScreen = false;
    let drawn: TimeRange = { fromX: NaN, toX: NaN };
    const line = new DecimatedLine([column]);
    const draw = (): void => {
      const { nowX } = store;
      const range = windowMs === undefined ? timeView.range(nowX) : { fromX: nowX - windowMs, toX: nowX };
      const halfPixelMs = (range.toX - range.fromX) / element.width / 2;
      const isMoved = (from: number, to: number): boolean => !(Math.abs(to - from) < halfPixelMs);
      if (!isOnScreen || !(isMoved(drawn.fromX, range.fromX) || isMoved(drawn.toX, range.toX))) return;
      drawn = range;
      drawSparkline(element, store, line, { ringKey, max, color, range });
    };
    const drawAnew = (): void => {
      drawn = { fromX: NaN, toX: NaN };
      draw();
    };
    // Told, not asked: of a hundred that are told together each would have the page laid out anew after the one before.
    const resized = new ResizeObserver(([entry]) => {
      const ratio = window.devicePixelRatio;
      const { width, height } = entry!.contentRect;
      element.width = Math.max(1, Math.round(width * ratio));
      element.height = Math.max(1, Math.round(height * ratio));
      drawAnew();
    });
    resized.observe(element);
    const seen = watchOnScreen(element, (isIn) => {
      isOnScreen = isIn;
      draw();
    });
    const stops = [ticker.onFrame(draw), viewTicker.onFrame(draw), onThemeChange(drawAnew), seen];
    return () => {
      resized.disconnect();
      for (const stop of stops) stop();
    };
  }, [store, ticker, viewTicker, timeView, ringKey, column, max, color, windowMs]);

  return <canvas ref={canvas} className="sparkline" aria-hidden="true" />;
}

interface SparklineLook extends Pick<SparklineProps, 'ringKey' | 'max' | 'color'> {
  readonly range: TimeRange;
}

function drawSparkline(
  canvas: HTMLCanvasElement,
  store: MetricsStore,
  line: DecimatedLine,
  { ringKey, max, color: token, range }: SparklineLook,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const { fromX, toX } = range;
  const [ring, color] = [store.ring(ringKey), readColor(token)];
  context.clearRect(0, 0, width, height);
  if (!ring || Number.isNaN(toX)) return;
  const toPixelX = (x: number): number => ((x - fromX) / (toX - fromX)) * width;
  const area = { left: 0, top: 0, right: width, bottom: height };
  drawUnseenSpans(context, area, toPixelX, store.unseenSince(fromX, ring), { words: false });
  const lineWidth = Math.max(1, window.devicePixelRatio * 1.25);
  context.lineWidth = lineWidth;
  context.lineJoin = 'round';
  context.strokeStyle = color;
  context.fillStyle = withAlpha(color, 0.18);
  const toPixelY = (value: number): number =>
    height - lineWidth / 2 - Math.min(1, value / max) * (height - lineWidth);
  const points = line.update(ring, { fromX, toX, maxPoints: Math.max(60, width * 2) });
  for (let at = 0; at < points.length; at++) {
    if (Number.isNaN(points[at]!.y)) continue;
    const from = at;
    context.beginPath();
    for (; at < points.length && !Number.isNaN(points[at]!.y); at++) {
      context.lineTo(toPixelX(points[at]!.x), toPixelY(points[at]!.y));
    }
    context.stroke();
    context.lineTo(toPixelX(points[at - 1]!.x), height);
    context.lineTo(toPixelX(points[from]!.x), height);
    context.fill();
  }
}
