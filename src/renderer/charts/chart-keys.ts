import type { TimeView } from './time-view.ts';

/** What keys do to the chart that has the focus. */
export interface KeyTarget {
  readonly view: TimeView;
  nowX(): number;
  /** Moves the crosshair by readings. */
  step(count: number): void;
  /** Moves it to the first or the last that is shown. */
  stepToEnd(end: 'first' | 'last'): void;
  openTable(): void;
  openMenu(): void;
}

/** How much more or less is shown after one press. */
const zoomStep = 0.5;

/** Does what a key asks for; false where it asks for nothing here. */
export function pressChartKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  target: KeyTarget,
): boolean {
  const { key, shiftKey } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const { view } = target;
  const { crosshairX, mode, held } = view.state();
  const nowX = target.nowX();
  const { fromX, toX } = view.range(nowX);
  const isSeen = crosshairX !== null && crosshairX >= fromX && crosshairX <= toX;
  // Without a crosshair what is newest stays in sight, and of a part that was chosen its middle.
  const around = isSeen ? crosshairX : held ? (fromX + toX) / 2 : toX;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      target.step((key === 'ArrowLeft' ? -1 : 1) * (shiftKey ? 10 : 1));
      return true;
    case 'Home':
    case 'End':
      target.stepToEnd(key === 'Home' ? 'first' : 'last');
      return true;
    case '+':
    case '=':
      view.zoomBy(zoomStep, around, nowX);
      return true;
    case '-':
      view.zoomBy(1 / zoomStep, around, nowX);
      return true;
    case ' ':
      if (held) view.follow();
      else view.pause(nowX);
      return true;
    case 'Escape':
      if (crosshairX === null && mode !== 'zoomed') return false;
      view.setCrosshair(null);
      view.reset();
      return true;
    case 't':
      target.openTable();
      return true;
    case 'ContextMenu':
      target.openMenu();
      return true;
    case 'F10':
      if (!shiftKey) return false;
      target.openMenu();
      return true;
    default:
      return false;
  }
}
