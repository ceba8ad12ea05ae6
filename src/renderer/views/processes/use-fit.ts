import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { usePreferences } from '../../preferences/preferences.ts';
import {
  fitColumns,
  processColumns,
  type Column,
  type ColumnId,
} from '../../store/processes/process-columns.ts';

/** Room that the scroll bar and the edges take. */
const edgesPx = 20;

interface Fit {
  /** Goes on the element whose width is what there is. */
  readonly frame: (element: HTMLElement | null) => (() => void) | undefined;
  readonly columns: readonly Column[];
  readonly rowHeightPx: number;
}

/** The columns that there is room for and something to say in, and rows that are high enough for what points at them. */
export function useFit(hasCommands: boolean): Fit {
  const { hidden } = usePreferences().processTable;
  const { density } = usePreferences();
  const [widthPx, setWidthPx] = useState(Infinity);
  const frame = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth - edgesPx));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = useMemo(
    () =>
      fitColumns(
        widthPx,
        processColumns.filter(({ id }) => isWanted(id, hidden, hasCommands)),
      ),
    [widthPx, hasCommands, hidden],
  );
  const coarse = useSyncExternalStore(onPointerChange, isCoarse);
  return { frame, columns, rowHeightPx: coarse ? 40 : density === 'compact' ? 24 : 28 };
}

/** Not hidden, and with something to say: a viewer that may not act is not told command lines either. */
function isWanted(id: ColumnId, hidden: readonly ColumnId[], hasCommands: boolean): boolean {
  return !hidden.includes(id) && (hasCommands || id !== 'command');
}

const coarsePointer = '(pointer: coarse)';

function isCoarse(): boolean {
  return matchMedia(coarsePointer).matches;
}

function onPointerChange(changed: () => void): () => void {
  const query = matchMedia(coarsePointer);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
