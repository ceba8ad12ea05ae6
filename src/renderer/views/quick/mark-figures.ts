/** Name of the performance mark at the moment when the first figures of a showing were painted. */
const figuresMark = 'quick-view-figures';

/**
 * Marks when the figures of this showing were painted: the frame after the one that has them. For whoever measures how long
 * that takes. Returns what ends it.
 */
export function markFigures(root: ParentNode): () => void {
  let frame = 0;
  const look = (): void => {
    const isThere = root.querySelector('[data-testid="cpu-total"][data-value]') !== null;
    frame = requestAnimationFrame(isThere ? mark : look);
  };
  const mark = (): void => {
    performance.clearMarks(figuresMark);
    performance.mark(figuresMark);
  };
  performance.clearMarks(figuresMark);
  look();
  return () => cancelAnimationFrame(frame);
}
