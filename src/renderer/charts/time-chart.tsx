import { useEffect, useRef } from 'react';
import { useSession } from '../session-context.ts';
import { onThemeChange } from '../theme.ts';
import { watchOnScreen } from './on-screen.ts';
import {
  StreamingChart,
  type ChartSource,
  type ChartStyle,
  type StreamingChartOptions,
} from './streaming-chart.ts';

export type TimeChartProps = ChartSource & TimeChartStyle;

export interface TimeChartStyle extends Omit<ChartStyle, 'windowMs' | 'axis'> {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly size: 'large' | 'medium' | 'small';
  readonly windowMs?: number;
}

const axes = { large: 'time', medium: 'value', small: 'none' } as const;

/** What a chart shows unless it says otherwise. */
export const defaultWindowMs = 60_000;

/** A live chart of one ring. The chart instance stays outside of React; props only tell it what to draw. */
export function TimeChart({ label, size, windowMs = defaultWindowMs, ...options }: TimeChartProps) {
  const { store, ticker } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<StreamingChart | null>(null);
  const all: StreamingChartOptions = { ...options, windowMs, axis: axes[size] };
  const latest = useRef(all);
  const { ringKey, ring } = options;
  const top = typeof options.max === 'number' ? options.max : options.max.kind;

  useEffect(() => {
    latest.current = all;
  });

  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new StreamingChart(canvas.current, store, latest.current);
    chart.current = made;
    let isOnScreen = false;
    const draw = (): void => {
      if (isOnScreen) made.draw();
    };
    const seen = watchOnScreen(canvas.current, (isIn) => {
      isOnScreen = isIn;
      draw();
    });
    const stops = [ticker.onFrame(draw), onThemeChange(() => made.recolor()), seen];
    return () => {
      for (const stop of stops) stop();
      made.destroy();
      chart.current = null;
    };
  }, [store, ticker, ringKey, ring]);

  useEffect(() => {
    chart.current?.setOptions(latest.current);
  }, [top, windowMs]);

  return (
    <div className={`chart chart--${size}`}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
