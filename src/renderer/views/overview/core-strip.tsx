import { useEffect, useRef } from 'react';
import { formatShare, showText } from '../../../shared/series/units.ts';
import type { CpuRates } from '../../../shared/series/rates/cpu.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { readColor, withAlpha } from '../../charts/chart-colors.ts';
import { watchOnScreen } from '../../charts/on-screen.ts';
import { useSession } from '../../session-context.ts';
import { onThemeChange } from '../../theme.ts';

export interface CoreStripProps {
  readonly ids: readonly number[];
  readonly rates: CpuRates | null;
}

/** A cell is at least this wide with its gap; more cores than that stand in several rows. */
const leastCellPx = 5;

/**
 * Every core as a bar whose height and strength say how busy it is, however many there are: drawn on one canvas, since
 * five hundred elements that change each second would cost more than all charts together.
 */
export function CoreStrip({ ids, rates }: CoreStripProps) {
  const { store, ticker } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = ids.join();

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const cores = key.split(',');
    let isOnScreen = false;
    const draw = (): void => {
      if (!isOnScreen) return;
      const shares = cores.map((id) => {
        const ring = store.ring(`core/${id}`);
        return ring ? ring.value(ring.length - 1, columns.core.used) : NaN;
      });
      drawStrip(element, shares);
    };
    // Told, not asked: of a hundred that are told together each would have the page laid out anew after the one before.
    const resized = new ResizeObserver(([entry]) => {
      const ratio = window.devicePixelRatio;
      const { width, height } = entry!.contentRect;
      element.width = Math.max(1, Math.round(width * ratio));
      element.height = Math.max(1, Math.round(height * ratio));
      draw();
    });
    resized.observe(element);
    const seen = watchOnScreen(element, (isIn) => {
      isOnScreen = isIn;
      draw();
    });
    const stops = [
      ticker.onFrame((topics) => {
        if (topics.has('cpu')) draw();
      }),
      onThemeChange(draw),
      seen,
    ];
    return () => {
      resized.disconnect();
      for (const stop of stops) stop();
    };
  }, [store, ticker, key]);

  return (
    <canvas
      ref={canvas}
      className="core-strip"
      role="img"
      aria-label={describeCores(ids.length, rates)}
      data-testid="cores"
      data-count={ids.length}
    />
  );
}

/** How many, and the busiest by name: what is seen at a glance. */
function describeCores(count: number, rates: CpuRates | null): string {
  let busiest: { readonly id: number; readonly used: number } | null = null;
  for (const { id, shares } of rates?.cores ?? []) {
    if (shares.status === 'ok' && (!busiest || shares.used > busiest.used))
      busiest = { id, used: shares.used };
  }
  if (!busiest) return t('cores', { count });
  const share = showText(formatShare(busiest.used));
  return `${t('cores', { count })}, ${t('overview:processor.busiestCore', { id: busiest.id, share })}`;
}

function drawStrip(canvas: HTMLCanvasElement, shares: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const ratio = window.devicePixelRatio;
  const perRow = Math.max(1, Math.min(shares.length, Math.floor(width / (leastCellPx * ratio))));
  const rows = Math.ceil(shares.length / perRow);
  const gap = Math.max(1, Math.round(ratio * (perRow > 40 ? 1 : 2)));
  const rowHeight = (height - gap * (rows - 1)) / rows;
  const [color, ground] = [readColor('series-user'), readColor('grid')];
  context.clearRect(0, 0, width, height);
  shares.forEach((share, at) => {
    const [column, row] = [at % perRow, Math.floor(at / perRow)];
    const left = Math.round((column * (width + gap)) / perRow);
    const right = Math.round(((column + 1) * (width + gap)) / perRow) - gap;
    const top = row * (rowHeight + gap);
    context.fillStyle = ground;
    context.fillRect(left, top, right - left, rowHeight);
    if (Number.isNaN(share)) return;
    const high = Math.max(share > 0 ? ratio : 0, share * rowHeight);
    context.fillStyle = withAlpha(color, 0.45 + 0.55 * Math.min(1, share));
    context.fillRect(left, top + rowHeight - high, right - left, high);
  });
}
