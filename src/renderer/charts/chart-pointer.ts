import type { TimeRange, TimeView } from './time-view.ts';

/** What gestures need to know of the chart that they are made on. */
export interface PointerTarget {
  readonly view: TimeView;
  /** Newest reading. */
  nowX(): number;
  range(): TimeRange;
  /** Moment under a pixel from the surface's left edge, within the range. */
  toX(px: number): number;
  /** How much time one pixel is. */
  pixelMs(): number;
  /** Shows the crosshair at the reading under a pixel; null takes it away. */
  point(px: number | null): void;
  /** Shows what is being dragged over; null where nothing is any more. */
  select(selection: { readonly fromPx: number; readonly toPx: number } | null): void;
}

/** Less is a click with an unsteady hand. */
const leastDragPx = 5;

interface Drag {
  readonly pointerId: number;
  readonly fromPx: number;
  readonly kind: 'zoom' | 'pan' | 'point';
  lastPx: number;
  isMoving: boolean;
}

/**
 * Gestures on one chart, all of which move every chart of the page. Mouse and pen: moving shows the crosshair, dragging
 * zooms to what was dragged over, with Shift it pans; a wheel that goes sideways pans too; a double click goes back.
 * Touch: one finger moves the crosshair, or pans what is zoomed; two zoom. Scrolling the page up and down is never kept
 * from it (`touch-action: pan-y`). Returns what ends it.
 */
export function followPointer(surface: HTMLElement, target: PointerTarget): () => void {
  const { view } = target;
  const touches = new Map<number, number>();
  let drag: Drag | null = null;
  let pinch: { readonly range: TimeRange; readonly onePx: number; readonly otherPx: number } | null = null;
  const place = (event: MouseEvent): number => event.clientX - surface.getBoundingClientRect().left;
  const stopDrag = (): void => {
    drag = null;
    target.select(null);
  };

  const down = (event: PointerEvent): void => {
    const px = place(event);
    if (event.pointerType === 'touch') {
      touches.set(event.pointerId, px);
      const [onePx, otherPx] = [...touches.values()];
      if (touches.size === 2) {
        drag = null;
        target.point(null);
        pinch = { range: target.range(), onePx: onePx!, otherPx: otherPx! };
        return;
      }
    } else if (event.button !== 0) return;
    const isTouch = event.pointerType === 'touch';
    const pans = isTouch ? view.state().mode === 'zoomed' : event.shiftKey;
    const kind = pans ? 'pan' : isTouch ? 'point' : 'zoom';
    drag = { pointerId: event.pointerId, fromPx: px, lastPx: px, kind, isMoving: false };
    if (!isTouch) surface.setPointerCapture(event.pointerId);
    if (kind === 'point') target.point(px);
  };

  const move = (event: PointerEvent): void => {
    const px = place(event);
    if (touches.has(event.pointerId)) touches.set(event.pointerId, px);
    if (pinch && touches.size >= 2) {
      const [onePx, otherPx] = [...touches.values()] as [number, number];
      const { fromX, toX } = pinchRange(pinch, onePx, otherPx, surface.clientWidth, target.nowX());
      view.zoomTo(fromX, toX);
      return;
    }
    if (!drag || drag.pointerId !== event.pointerId) {
      if (event.pointerType !== 'touch') target.point(px);
      return;
    }
    if (!drag.isMoving && Math.abs(px - drag.fromPx) < leastDragPx) return;
    drag.isMoving = true;
    if (drag.kind === 'pan') {
      target.point(null);
      view.panBy((drag.lastPx - px) * target.pixelMs(), target.nowX());
    } else if (drag.kind === 'zoom') target.select({ fromPx: drag.fromPx, toPx: px });
    if (drag.kind !== 'pan') target.point(px);
    drag.lastPx = px;
  };

  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (touches.size < 2) pinch = null;
    if (drag?.pointerId !== event.pointerId) return;
    const { kind, isMoving, fromPx } = drag;
    const toPx = place(event);
    stopDrag();
    if (kind === 'zoom' && isMoving) view.zoomTo(target.toX(fromPx), target.toX(toPx));
  };

  const cancel = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (touches.size < 2) pinch = null;
    stopDrag();
  };

  const leave = (event: PointerEvent): void => {
    // A finger is lifted to see what it covered: its crosshair stays.
    if (event.pointerType !== 'touch' && !drag) target.point(null);
  };

  const wheel = (event: WheelEvent): void => {
    const by = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.ctrlKey || by === 0 || (!event.shiftKey && Math.abs(event.deltaY) > Math.abs(by))) return;
    event.preventDefault();
    view.panBy(by * target.pixelMs(), target.nowX());
  };

  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !drag) return;
    event.stopPropagation();
    stopDrag();
  };

  const controller = new AbortController();
  const { signal } = controller;
  surface.addEventListener('pointerdown', down, { signal });
  surface.addEventListener('pointermove', move, { signal });
  surface.addEventListener('pointerup', up, { signal });
  surface.addEventListener('pointercancel', cancel, { signal });
  surface.addEventListener('pointerleave', leave, { signal });
  surface.addEventListener('dblclick', () => view.reset(), { signal });
  surface.addEventListener('wheel', wheel, { signal, passive: false });
  window.addEventListener('keydown', escape, { signal, capture: true });
  return () => controller.abort();
}

interface Pinch {
  readonly range: TimeRange;
  readonly onePx: number;
  readonly otherPx: number;
}

/** Fingers that were never apart cannot say how far to zoom. */
const leastApartPx = 12;

/**
 * What is shown once two fingers that began a pinch have moved: the moments that were under them still are, but for the
 * future, which has none. Pure.
 */
export function pinchRange(
  pinch: Pinch,
  onePx: number,
  otherPx: number,
  widthPx: number,
  nowX: number,
): TimeRange {
  const { range } = pinch;
  const msPerPx = (range.toX - range.fromX) / widthPx;
  const apart = (a: number, b: number): number => Math.max(leastApartPx, Math.abs(a - b));
  const scaled = (msPerPx * apart(pinch.onePx, pinch.otherPx)) / apart(onePx, otherPx);
  const middleX = range.fromX + ((pinch.onePx + pinch.otherPx) / 2) * msPerPx;
  const spanMs = Math.min(3_600_000, scaled * widthPx);
  const fromX = middleX - ((onePx + otherPx) / 2 / widthPx) * spanMs;
  const toX = Math.min(nowX, fromX + spanMs);
  return { fromX: toX - spanMs, toX };
}
