import { useEffect, useRef } from 'react';
import { useSession } from '../../session-context.ts';
import { onThemeChange } from '../../theme.ts';
import { drawQuickChart } from './draw-quick-chart.ts';
import type { QuickSeries } from './quick-figures.ts';

export interface QuickChartProps {
  readonly of: QuickSeries;
  /** Top of the scale; null where it follows what is drawn. */
  readonly top: number | null;
}

/** The last minute of a subject, small. What it says stands beside it in figures, and in words in its button's name. */
export function QuickChart({ of, top }: QuickChartProps) {
  const { store, ticker } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = (): void => drawQuickChart(element, store, { ...of, top });
    const fit = (): void => {
      const ratio = window.devicePixelRatio;
      element.width = Math.max(1, Math.round(element.clientWidth * ratio));
      element.height = Math.max(1, Math.round(element.clientHeight * ratio));
      draw();
    };
    const resized = new ResizeObserver(fit);
    resized.observe(element);
    const stops = [ticker.onFrame(draw), onThemeChange(draw)];
    return () => {
      resized.disconnect();
      for (const stop of stops) stop();
    };
  }, [store, ticker, of, top]);

  return <canvas ref={canvas} className="quick__chart" aria-hidden="true" />;
}
