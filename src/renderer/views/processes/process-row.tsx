import { t } from '../../../shared/texts/texts.ts';
import { memo, type CSSProperties } from 'react';
import type { Line } from '../../store/processes/arrange.ts';
import { processColumns, type Column } from '../../store/processes/process-columns.ts';
import { showName } from '../show-name.ts';
import { ProcessCell, type CellScale } from './process-cell.tsx';
import { describeAge } from './process-words.ts';

export interface ProcessRowLineProps {
  readonly line: Line;
  /** Place among all lines, from 0. */
  readonly index: number;
  readonly topPx: number;
  readonly columns: readonly Column[];
  readonly selected: boolean;
  /** The one line that the tab key reaches. */
  readonly reachable: boolean;
  /** Whether lines stand under others. */
  readonly isTree: boolean;
  readonly scale: CellScale;
  readonly onChoose: (line: Line) => void;
  readonly onToggle: (key: string) => void;
}

/** One line of the table. */
export const ProcessRowLine = memo(function ProcessRowLine(props: ProcessRowLineProps) {
  const { line, index, topPx, columns, selected, reachable, isTree, scale, onChoose, onToggle } = props;
  const age = line.kind === 'process' && !line.ended ? describeAge(line.row.ageMs) : null;
  return (
    <div
      role="row"
      id={rowId(line.key)}
      className={rowClass(line, age !== null)}
      style={{ transform: `translateY(${topPx}px)` }}
      aria-rowindex={index + 2}
      aria-level={isTree ? line.depth + 1 : undefined}
      aria-expanded={line.expanded ?? undefined}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      aria-description={age ?? undefined}
      data-testid="process-row"
      data-key={line.key}
      data-pid={line.values.pid ?? undefined}
      data-name={line.values.name}
      onClick={() => onChoose(line)}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role={column.id === 'name' ? 'rowheader' : 'gridcell'}
          className={`process-cell${column.numeric ? ' process-cell--number' : ''}`}
          aria-colindex={processColumns.indexOf(column) + 1}
          data-column={column.id}
        >
          {column.id === 'name' ? (
            <NameCell line={line} age={age} onToggle={onToggle} />
          ) : (
            <ProcessCell column={column.id} line={line} scale={scale} />
          )}
        </div>
      ))}
    </div>
  );
});

/** The id of the element that shows a line. */
function rowId(key: string): string {
  return `line-${encodeURIComponent(key)}`;
}

function rowClass(line: Line, aged: boolean): string {
  const names = ['process-row', `process-row--${line.kind}`];
  if (aged) names.push('is-aged');
  if (line.kind === 'process' && line.ended) names.push('is-ended');
  if (line.kind === 'process' && !line.matched) names.push('is-passed');
  return names.join(' ');
}

interface NameCellProps {
  readonly line: Line;
  /** How old the row is, where it is. */
  readonly age: string | null;
  readonly onToggle: (key: string) => void;
}

function NameCell({ line, age, onToggle }: NameCellProps) {
  const name = showName(line.values.name);
  return (
    <span className="process-name" style={{ '--depth': line.depth } as CSSProperties}>
      {line.expanded !== null && (
        <span
          className="process-name__toggle"
          data-testid="process-toggle"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(line.key);
          }}
        >
          <svg viewBox="0 0 10 10" width="10" height="10">
            <path d="M3 1.5 6.8 5 3 8.5" />
          </svg>
        </span>
      )}
      <span className="process-name__text" translate="no" title={age === null ? name : `${name}\n${age}`}>
        {name === '' ? t('processes:noName') : name}
      </span>
      {line.kind === 'group' && <span className="process-name__count">{line.count}</span>}
      {line.kind === 'process' && line.ended && <span className="tag">{t('processes:ended')}</span>}
    </span>
  );
}
