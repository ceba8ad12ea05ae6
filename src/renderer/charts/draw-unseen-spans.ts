import { readFontFamily } from './chart-font.ts';
import { t } from '../../shared/texts/texts.ts';
import type { UnseenSpan } from '../../shared/series/rings/unseen-spans.ts';
import { readColor } from './chart-colors.ts';

export interface ChartArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Quiet bands where the machine slept, the host was stopped or began anew, or what it sent did not arrive, with the word
 * where there is room for it: nothing is known of that time, which is neither zero nor a fault.
 */
export function drawUnseenSpans(
  context: CanvasRenderingContext2D,
  { left, top, right, bottom }: ChartArea,
  toPixelX: (x: number) => number,
  spans: readonly UnseenSpan[],
  { words }: { readonly words: boolean },
): void {
  if (spans.length === 0) return;
  context.save();
  context.font = `10px ${readFontFamily()}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { fromX, toX, reason } of spans) {
    const from = Math.max(left, toPixelX(fromX));
    const to = Math.min(right, toPixelX(toX));
    if (!(to > from)) continue;
    context.fillStyle = readColor('unseen');
    context.fillRect(from, top, to - from, bottom - top);
    const word = t(`charts:unseen.${reason}`);
    if (!words || context.measureText(word).width + 8 > to - from) continue;
    context.fillStyle = readColor('text-faint');
    context.fillText(word, (from + to) / 2, (top + bottom) / 2);
  }
  context.restore();
}
