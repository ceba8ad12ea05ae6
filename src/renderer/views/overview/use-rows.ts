import { useCallback, useState } from 'react';

/** How many rows there is room for. */
export interface Rows {
  /** Goes on the element whose height is what there is. */
  readonly frame: (element: HTMLElement | null) => (() => void) | undefined;
  readonly count: number;
}

/** Rows that fit into an element whose height does not depend on them; each is as high as its line. */
export function useRows(least: number): Rows {
  const [count, setCount] = useState(least);
  const frame = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      const observer = new ResizeObserver(() => {
        const rowPx = Number.parseFloat(getComputedStyle(element).lineHeight);
        setCount(Math.max(least, Math.floor(element.clientHeight / rowPx) || 0));
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [least],
  );
  return { frame, count };
}
