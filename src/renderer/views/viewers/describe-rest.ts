import type { DiagnosticsRaw, Ledger } from '../../../shared/series/raw/diagnostics.ts';
import { showName } from '../show-name.ts';

type Closed = Pick<DiagnosticsRaw['closed'][number], 'tasksLeft' | 'notStopped' | 'ledger'>;

const held: Readonly<Record<keyof Ledger, string>> = {
  timers: 'timers',
  subscriptions: 'subscriptions',
  bufferedBytes: 'bytes buffered',
  requests: 'requests',
};

/** What was left of a connection at its end: nothing, or a defect with its parts named. */
export function describeRest({ tasksLeft, notStopped, ledger }: Closed): {
  readonly text: string;
  readonly isClean: boolean;
} {
  const rest = (Object.keys(held) as (keyof Ledger)[])
    .filter((key) => ledger[key] > 0)
    .map((key) => `${held[key]}: ${ledger[key]}`);
  const tasks = notStopped.length > 0 ? ` (${notStopped.map(showName).join(', ')})` : '';
  return {
    text: [`tasks left: ${tasksLeft}${tasks}`, ...rest].join(', '),
    isClean: tasksLeft === 0 && rest.length === 0,
  };
}
