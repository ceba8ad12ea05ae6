import { useEffect, useRef } from 'react';
import { useSession } from '../session-context.ts';
import type { MetricsStore } from '../../shared/series/rings/metrics-store.ts';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { onThemeChange } from '../theme.ts';
import { readColor, withAlpha, type ColorToken } from './chart-colors.ts';
import { drawUnseenSpans } from './draw-unseen-spans.ts';
import { watchOnScreen } from './on-screen.ts';

export interface SparklineProps {
  readonly ringKey: RingKey;
  readonly column: number;
  readonly max: number;
  readonly color: ColorToken;
  readonly windowMs?: number;
}

/**
 * A line without axes, small enough to stand sixty times on a page: drawn straight on a canvas, since that many
 * charts would cost more than everything else together.
 */
export function Sparkline({ ringKey, column, max, color, windowMs = 60_000 }: SparklineProps) {
  const { store, ticker } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    let isOnScreen = false;
    const draw = (): void => {
      if (!isOnScreen) return;
      drawSparkline(element, store, { ringKey, column, max, color, windowMs });
    };
    const resized = new ResizeObserver(() => {
      const ratio = window.devicePixelRatio;
      element.width = Math.max(1, Math.round(element.clientWidth * ratio));
      element.height = Math.max(1, Math.round(element.clientHeight * ratio));
      draw();
    });
    resized.observe(element);
    const seen = watchOnScreen(element, (isIn) => {
      isOnScreen = isIn;
      draw();
    });
    const stops = [ticker.onFrame(draw), onThemeChange(draw), seen];
    return () => {
      resized.disconnect();
      for (const stop of stops) stop();
    };
  }, [store, ticker, ringKey, column, max, color, windowMs]);

  return <canvas ref={canvas} className="sparkline" aria-hidden="true" />;
}

function drawSparkline(
  canvas: HTMLCanvasElement,
  store: MetricsStore,
  { ringKey, column, max, color: token, windowMs }: Required<SparklineProps>,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const [ring, nowX, color] = [store.ring(ringKey), store.nowX, readColor(token)];
  context.clearRect(0, 0, width, height);
  if (!ring || Number.isNaN(nowX)) return;
  const toPixelX = (x: number): number => ((x - nowX + windowMs) / windowMs) * width;
  const area = { left: 0, top: 0, right: width, bottom: height };
  drawUnseenSpans(context, area, toPixelX, store.unseenSince(nowX - windowMs, ring), { words: false });
  const line = Math.max(1, window.devicePixelRatio * 1.25);
  context.lineWidth = line;
  context.lineJoin = 'round';
  context.strokeStyle = color;
  context.fillStyle = withAlpha(color, 0.18);
  const toPixelY = (value: number): number => height - line / 2 - Math.min(1, value / max) * (height - line);
  const first = Math.max(0, ring.rowAt(nowX - windowMs) - 1);
  for (let row = first; row < ring.length; row++) {
    if (Number.isNaN(ring.value(row, column))) continue;
    const from = row;
    context.beginPath();
    for (; row < ring.length && !Number.isNaN(ring.value(row, column)); row++) {
      context.lineTo(toPixelX(ring.x(row)), toPixelY(ring.value(row, column)));
    }
    context.stroke();
    context.lineTo(toPixelX(ring.x(row - 1)), height);
    context.lineTo(toPixelX(ring.x(from)), height);
    context.fill();
  }
}
