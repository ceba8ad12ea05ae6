import { t } from '../../../shared/texts/texts.ts';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import type { Line } from '../../store/processes/arrange.ts';
import { columnTemplate, processColumns, type Column } from '../../store/processes/process-columns.ts';
import type { ProcessList, ProcessView } from '../../store/processes/process-list.ts';
import type { CellScale } from './process-cell.tsx';
import { ProcessHeader } from './process-header.tsx';
import { ProcessRowLine } from './process-row.tsx';
import { moveInTable } from './table-keys.ts';

export interface ProcessTableProps {
  readonly list: ProcessList;
  readonly view: ProcessView;
  readonly columns: readonly Column[];
  readonly rowHeightPx: number;
  readonly scale: CellScale;
  /** What is shown is not how things are now. */
  readonly isOld: boolean;
  /** The grid itself, to which the focus goes where its row is gone. */
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly onOpen: (line: Line, by: 'key' | 'pointer') => void;
  /** Somebody wants to end the process of this line. */
  readonly onEnd: (line: Line) => void;
  readonly onEscape: () => void;
}

/** Height of the row of headings. */
const headerHeightPx = 32;

/**
 * The table: only the rows in sight are there, besides the one that holds the focus. Keys as in the grid pattern of
 * WAI-ARIA, with the row as what moves: arrows, Home, End and pages; left and right close and open branches.
 */
export function ProcessTable(props: ProcessTableProps) {
  const { list, view, columns, rowHeightPx, scale, isOld, grid, onOpen, onEnd, onEscape } = props;
  const { lines, cursor, selected } = view;
  const focused = useRef(false);

  const getScrollElement = useCallback(() => grid.current, [grid]);
  const estimateSize = useCallback(() => rowHeightPx, [rowHeightPx]);
  const getItemKey = useCallback((index: number) => lines[index]?.key ?? index, [lines]);
  const rangeExtractor = useCallback(
    (range: Range) => withRow(defaultRangeExtractor(range), cursor),
    [cursor],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- what it returns is used here and passed on to nobody
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement,
    estimateSize,
    getItemKey,
    rangeExtractor,
    overscan: 6,
    scrollMargin: headerHeightPx,
    scrollPaddingStart: headerHeightPx,
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeightPx]);

  const choose = useCallback(
    (line: Line) => {
      list.select(line.key);
      onOpen(line, 'pointer');
    },
    [list, onOpen],
  );
  const toggle = useCallback((key: string) => list.toggle(key), [list]);

  // Where the row that had the focus has left the page, keys must not go nowhere.
  useLayoutEffect(() => {
    if (focused.current && document.activeElement === document.body)
      grid.current?.focus({ preventScroll: true });
  }, [grid, lines]);

  const pageRows = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeightPx) - 2);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const line = lines[cursor];
    const chosen = line && line.key === selected ? line : undefined;
    if (event.key === 'Enter' && chosen) onOpen(chosen, 'key');
    else if (event.key === 'Delete' && chosen) onEnd(chosen);
    else if (event.key === 'Escape') onEscape();
    else {
      const move = moveInTable(event.key, {
        lines,
        cursor: chosen ? cursor : null,
        fallback: cursor,
        pageRows,
      });
      if (!move) return;
      list.hold('key');
      if (move.type === 'toggle') list.toggle(move.key);
      else {
        list.select(lines[move.index]?.key ?? null);
        virtualizer.scrollToIndex(move.index);
        focusRow(move.index);
      }
    }
    event.preventDefault();
  };

  // Rows come with the next rendering where they are far away.
  const wanted = useRef<number | null>(null);
  const focusRow = (index: number): void => {
    wanted.current = index;
  };
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = grid.current?.querySelector<HTMLElement>(`[aria-rowindex="${wanted.current + 2}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') list.hold('pointer');
  };

  return (
    <div
      ref={grid}
      role={view.layout === 'list' ? 'grid' : 'treegrid'}
      className={isOld ? 'process-grid is-old' : 'process-grid'}
      style={{ '--columns': columnTemplate(columns), '--row-height': `${rowHeightPx}px` } as CSSProperties}
      aria-label={t('processes:table')}
      aria-rowcount={lines.length + 1}
      aria-colcount={processColumns.length}
      tabIndex={-1}
      data-testid="process-grid"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        focused.current = true;
        // What has the focus is what is chosen: it stays so wherever the order takes it.
        const key = event.target.dataset['key'];
        if (key !== undefined) list.select(key);
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null) focused.current = event.currentTarget.contains(event.relatedTarget);
      }}
    >
      <ProcessHeader columns={columns} sort={view.sort} onSort={(column) => list.sortBy(column)} />
      <div
        role="rowgroup"
        className="process-grid__rows"
        style={{ height: virtualizer.getTotalSize() }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => list.release()}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <ProcessRowLine
              key={key}
              line={line}
              index={index}
              topPx={start - headerHeightPx}
              columns={columns}
              selected={line.key === selected}
              reachable={index === cursor}
              isTree={view.layout !== 'list'}
              scale={scale}
              onChoose={choose}
              onToggle={toggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The rows in sight, and the one that may hold the focus. */
function withRow(indexes: number[], row: number): number[] {
  const [first, last] = [indexes[0], indexes.at(-1)];
  if (first === undefined || last === undefined) return indexes;
  if (row < first) return [row, ...indexes];
  return row > last ? [...indexes, row] : indexes;
}
