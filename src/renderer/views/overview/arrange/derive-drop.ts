/** Where something stands on the screen, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The place, among `boxes` in their order, that is nearest to a point: that of the box it is in, else of the nearest. */
export function derivePlace(boxes: readonly Box[], x: number, y: number): number {
  let [place, least] = [-1, Infinity];
  boxes.forEach(({ left, top, width, height }, at) => {
    const dx = Math.max(left - x, 0, x - left - width);
    const dy = Math.max(top - y, 0, y - top - height);
    const distance = dx * dx + dy * dy;
    if (distance < least) [place, least] = [at, distance];
  });
  return place;
}

/** The size whose width and height are nearest to what the corner was drawn to; `unit` is a small tile. */
export function deriveSize(
  drawn: { readonly width: number; readonly height: number },
  unit: { readonly width: number; readonly height: number },
): 'small' | 'medium' | 'large' {
  if (drawn.height > unit.height * 1.5) return 'large';
  return drawn.width > unit.width * 1.5 ? 'medium' : 'small';
}
