import type { RefObject } from 'react';
import type { Layout } from '../../store/processes/arrange.ts';
import type { ProcessList, ProcessView } from '../../store/processes/process-list.ts';

export interface ProcessToolbarProps {
  readonly list: ProcessList;
  readonly view: ProcessView;
  readonly filter: RefObject<HTMLInputElement | null>;
  /** The filter is left with nothing in it. */
  readonly onLeave: () => void;
}

const layouts: readonly { readonly layout: Layout; readonly label: string; readonly title: string }[] = [
  { layout: 'list', label: 'List', title: 'Every process by itself' },
  { layout: 'tree', label: 'Tree', title: 'Each process under the one that it belongs to' },
  { layout: 'groups', label: 'Apps', title: 'Applications, services and containers, summed' },
];

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
          placeholder="Filter: text or /regex/"
          aria-label="Filter processes by text or by /regular expression/"
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
            aria-label="Clear the filter"
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
        {view.filterProblem && `${view.filterProblem}. The last valid filter still holds.`}
      </p>
      <div className="segments" role="group" aria-label="Layout">
        {layouts.map(({ layout, label, title }) => (
          <button
            key={layout}
            type="button"
            title={title}
            aria-pressed={view.layout === layout}
            data-testid={`layout-${layout}`}
            onClick={() => list.setLayout(layout)}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
