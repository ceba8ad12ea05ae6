import { formatDate, formatTime } from '../../shared/series/units.ts';
import { readColor } from './chart-colors.ts';
import type { LiveChart } from './live-chart.ts';
import { StreamingChart } from './streaming-chart.ts';

export interface PictureOptions {
  readonly chart: LiveChart;
  readonly title: string;
  /** Name of the machine. */
  readonly host: string;
}

/** Pixels of the picture for one of the page: sharp on any screen and on paper. */
const ratio = 2;
/** At least this large, in pixels of the page, so that a small chart is a picture that can be read. */
const least = { width: 640, height: 220 };
const padding = 20;
const headHeight = 46;
const legendHeight = 28;

/**
 * The chart as a picture (PNG): title, machine, time that it shows and legend, on the background of the theme. Rejects where
 * the browser gives no picture.
 */
export async function drawPicture({ chart, title, host }: PictureOptions): Promise<Blob> {
  const width = Math.max(least.width, chart.plot.width);
  const height = Math.max(least.height, chart.plot.height);
  const { range } = chart.view();
  const plot = document.createElement('canvas');
  plot.width = width;
  plot.height = height;
  const drawn = new StreamingChart(
    plot,
    chart.session.store,
    { ...chart.options, axis: 'time' },
    { pixelRatio: ratio },
  );
  const canvas = document.createElement('canvas');
  const [wide, high] = [width + 2 * padding, height + 2 * padding + headHeight + legendHeight];
  canvas.width = wide * ratio;
  canvas.height = high * ratio;
  const context = canvas.getContext('2d')!;
  try {
    // What is pasted somewhere else is no longer live: its axis says the time of the clock.
    drawn.draw({ range, isLive: false }, true);
    context.scale(ratio, ratio);
    context.fillStyle = readColor('surface');
    context.fillRect(0, 0, wide, high);
    const family = getComputedStyle(document.body).fontFamily;
    context.textBaseline = 'top';
    context.fillStyle = readColor('text');
    context.font = `600 15px ${family}`;
    context.fillText(title, padding, padding, width);
    context.fillStyle = readColor('text-muted');
    context.font = `12px ${family}`;
    const when = `${formatDate(range.toX)}, ${formatTime(range.fromX)} – ${formatTime(range.toX)}`;
    context.fillText(`${host} · ${when}`, padding, padding + 22, width);
    context.drawImage(plot, padding, padding + headHeight, width, height);
    drawLegend(context, chart, padding, padding + headHeight + height + 14, width);
  } finally {
    drawn.destroy();
  }
  return toPng(canvas);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { options }: LiveChart,
  left: number,
  top: number,
  width: number,
): void {
  let at = left;
  for (const { label, color, emphasis } of options.series) {
    if (emphasis === 'grey') continue;
    const needed = 14 + context.measureText(label).width + 18;
    if (at + needed > left + width) return;
    context.fillStyle = readColor(color);
    context.fillRect(at, top + 2, 9, 9);
    context.fillStyle = readColor('text-muted');
    context.fillText(label, at + 14, top);
    at += needed;
  }
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))),
      'image/png',
    );
  });
}
