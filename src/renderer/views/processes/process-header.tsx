import { t } from '../../../shared/texts/texts.ts';
import type { KeyboardEvent } from 'react';
import type { Arrangement } from '../../store/processes/arrange.ts';
import { processColumns, type Column, type ColumnId } from '../../store/processes/process-columns.ts';

export interface ProcessHeaderProps {
  readonly columns: readonly Column[];
  readonly sort: Arrangement['sort'];
  readonly onSort: (column: ColumnId) => void;
}

/** The headings, each a button that sorts by its column; the tab key reaches one of them, left and right the others. */
export function ProcessHeader({ columns, sort, onSort }: ProcessHeaderProps) {
  const reachable = columns.some(({ id }) => id === sort.column) ? sort.column : columns[0]?.id;
  return (
    <div role="rowgroup" className="process-grid__head">
      <div
        role="row"
        className="process-row process-row--head"
        aria-rowindex={1}
        onKeyDown={moveAmongHeadings}
      >
        {columns.map((column) => {
          const sorted = sort.column === column.id ? sort.order : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={`process-cell${column.numeric ? ' process-cell--number' : ''}`}
              aria-sort={sorted ?? 'none'}
              aria-colindex={processColumns.indexOf(column) + 1}
            >
              <button
                type="button"
                title={t(`processes:meanings.${column.id}`)}
                tabIndex={column.id === reachable ? 0 : -1}
                data-testid={`sort-${column.id}`}
                onClick={() => onSort(column.id)}
              >
                <span>{t(`processes:columns.${column.id}`)}</span>
                <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                  {sorted && <path d={sorted === 'ascending' ? 'M4 1.5 7 6H1z' : 'M4 6.5 1 2h6z'} />}
                </svg>
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Keys of the headings are not those of the rows below: Enter sorts, and opens nothing. */
function moveAmongHeadings(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'ArrowDown' || event.key === 'Escape') return;
  event.stopPropagation();
  const step = steps[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  event.preventDefault();
  buttons[step(buttons.indexOf(document.activeElement as HTMLButtonElement), buttons.length)]?.focus();
}
