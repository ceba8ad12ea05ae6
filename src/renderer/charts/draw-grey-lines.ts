import { readColor, withAlpha } from './chart-colors.ts';
import type { Point } from './decimated-line.ts';
import type { ChartArea } from './draw-unseen-spans.ts';

/** A line that is drawn behind the coloured ones. */
export interface GreyLine {
  points: readonly Point[];
}

/**
 * Many lines behind the few that have a colour: one path and one stroke for all of them, since a hundred lines, each with
 * what the drawing library keeps for it, would cost more than all else on the page.
 */
export function drawGreyLines(
  context: CanvasRenderingContext2D,
  { left, top, right, bottom }: ChartArea,
  lines: readonly GreyLine[],
  toPixelX: (x: number) => number,
  toPixelY: (y: number) => number,
): void {
  if (lines.length === 0) return;
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.beginPath();
  for (const { points } of lines) {
    let isDown = false;
    for (const { x, y } of points) {
      if (Number.isNaN(y)) isDown = false;
      else if (isDown) context.lineTo(toPixelX(x), toPixelY(y));
      else {
        context.moveTo(toPixelX(x), toPixelY(y));
        isDown = true;
      }
    }
  }
  context.lineWidth = 1;
  context.strokeStyle = withAlpha(readColor('text-faint'), 0.45);
  context.stroke();
  context.restore();
}
