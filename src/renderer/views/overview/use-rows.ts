import { useCallback, useState } from 'react';

/** How many rows there is room for. */
export interface Rows {
  /** Goes on the element whose height is what there is. */
  readonly frame: (element: HTMLElement | null) => (() => void) | undefined;
  readonly count: number;
}

/** Rows that fit into an element whose height does not depend on them; `rowRem` is the height of one, in rem. */
export function useRows(rowRem: number, least: number): Rows {
  const [count, setCount] = useState(least);
  const frame = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      const observer = new ResizeObserver(() => {
        const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
        setCount(Math.max(least, Math.floor(element.clientHeight / (rowRem * rem))));
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [rowRem, least],
  );
  return { frame, count };
}
