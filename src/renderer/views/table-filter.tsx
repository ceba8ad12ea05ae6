import { useState } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { useAddressPart } from './address.ts';

/** Whether every word of the filter occurs in the text, whatever their case. Pure. */
export function matchesAll(text: string, filter: string): boolean {
  const lower = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => lower.includes(word));
}

/** What a table is filtered by: what was typed, else what the address names. */
export function useNamedFilter(): readonly [string, (text: string) => void] {
  const named = useAddressPart();
  const [typed, setTyped] = useState<{ readonly text: string; readonly named: string | null } | null>(null);
  // An address that was opened since names another.
  const text = typed && typed.named === named ? typed.text : (named ?? '');
  return [text, (next) => setTyped({ text: next, named })];
}

export interface TableFilterProps {
  /** What the table lists. */
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** How many rows are left, of how many. */
  readonly count: number;
  readonly of: number;
}

/** The field above a table that leaves only rows with these words. Escape empties it, and then leaves it. */
export function TableFilter({ label, text, onText, count, of }: TableFilterProps) {
  return (
    <div className="table-filter" role="search">
      <input
        type="text"
        value={text}
        placeholder={t('keys:table.filter')}
        aria-label={t('keys:table.filterOf', { label })}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        data-page-filter
        data-testid="table-filter"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (text === '') event.currentTarget.blur();
          else onText('');
        }}
      />
      <span className="quiet" role="status" data-testid="table-filter-count">
        {text.trim() !== '' && t('keys:table.count', { count, of })}
      </span>
    </div>
  );
}
