import { readColor, withAlpha, type ColorToken } from './chart-colors.ts';
import type { ChartArea } from './draw-unseen-spans.ts';

/** What is drawn over a chart, in pixels of the page from its corner. */
export interface OverlayMarks {
  readonly width: number;
  readonly height: number;
  readonly area: ChartArea;
  /** Where the crosshair stands; null where there is none. */
  readonly crosshairPx: number | null;
  /** Where its reading is on each line. */
  readonly dots: readonly { readonly px: number; readonly py: number; readonly color: ColorToken }[];
  /** What is being dragged over. */
  readonly selection: { readonly fromPx: number; readonly toPx: number } | null;
}

/** Draws crosshair and selection on a canvas of their own, so that moving them leaves the chart below as it is. */
export function drawOverlay(canvas: HTMLCanvasElement, marks: OverlayMarks): void {
  const { width, height, area, crosshairPx, dots, selection } = marks;
  const isEmpty = crosshairPx === null && selection === null;
  // A canvas that was never drawn on takes no memory.
  if (isEmpty && canvas.dataset['drawn'] !== 'true') return;
  const ratio = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.dataset['drawn'] = String(!isEmpty);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (selection) {
    const from = Math.max(area.left, Math.min(selection.fromPx, selection.toPx));
    const to = Math.min(area.right, Math.max(selection.fromPx, selection.toPx));
    context.fillStyle = withAlpha(readColor('accent'), 0.16);
    context.fillRect(from, area.top, to - from, area.bottom - area.top);
    context.fillStyle = readColor('accent');
    for (const edge of [from, to])
      context.fillRect(Math.round(edge) - 0.5, area.top, 1, area.bottom - area.top);
  }
  if (crosshairPx === null || crosshairPx < area.left - 1 || crosshairPx > area.right + 1) return;
  context.fillStyle = readColor('text-muted');
  context.fillRect(Math.round(crosshairPx) - 0.5, area.top, 1, area.bottom - area.top);
  for (const { px, py, color } of dots) {
    if (!(py >= area.top - 2 && py <= area.bottom + 2)) continue;
    context.beginPath();
    context.arc(px, py, 3.5, 0, 2 * Math.PI);
    context.fillStyle = readColor('surface');
    context.fill();
    context.beginPath();
    context.arc(px, py, 2.5, 0, 2 * Math.PI);
    context.fillStyle = readColor(color);
    context.fill();
  }
}
