import { t } from '../../../shared/texts/texts.ts';
import type { RefObject } from 'react';
import type { Layout } from '../../store/processes/arrange.ts';
import { ColumnChoice } from './column-choice.tsx';
import type { ProcessList, ProcessView } from '../../store/processes/process-list.ts';

export interface ProcessToolbarProps {
  readonly list: ProcessList;
  readonly view: ProcessView;
  readonly filter: RefObject<HTMLInputElement | null>;
  /** The filter is left with nothing in it. */
  readonly onLeave: () => void;
}

const layouts = ['list', 'tree', 'groups'] as const satisfies readonly Layout[];

/** What of the processes is shown, and how it is laid out. */
export function ProcessToolbar({ list, view, filter, onLeave }: ProcessToolbarProps) {
  return (
    <div className="process-toolbar">
      <div className="process-filter" role="search">
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.4 10.4 14 14" />
        </svg>
        <input
          ref={filter}
          type="text"
          value={view.filter}
          placeholder={t('processes:filter.placeholder')}
          aria-label={t('processes:filter.label')}
          aria-invalid={view.filterProblem !== null}
          aria-describedby="filter-problem"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          data-page-filter
          data-testid="process-filter"
          onChange={(event) => list.setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
            else if (event.key !== 'Escape') return;
            else if (view.filter !== '') list.setFilter('');
            else onLeave();
            event.preventDefault();
          }}
        />
        {view.filter === '' ? (
          <kbd aria-hidden="true">/</kbd>
        ) : (
          <button
            type="button"
            className="process-filter__clear"
            aria-label={t('processes:filter.clear')}
            onClick={() => {
              list.setFilter('');
              filter.current?.focus();
            }}
          >
            ×
          </button>
        )}
      </div>
      <p id="filter-problem" className="process-filter__problem" role="status" data-testid="filter-problem">
        {view.filterProblem && t('processes:filter.problem', { problem: view.filterProblem })}
      </p>
      <div className="segments" role="group" aria-label={t('processes:layout.label')}>
        {layouts.map((layout) => (
          <button
            key={layout}
            type="button"
            title={t(`processes:layout.${layout}Title`)}
            aria-pressed={view.layout === layout}
            data-testid={`layout-${layout}`}
            onClick={() => list.setLayout(layout)}
          >
            {t(`processes:layout.${layout}`)}
          </button>
        ))}
      </div>
      <ColumnChoice />
    </div>
  );
}
