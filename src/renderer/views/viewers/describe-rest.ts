import type { DiagnosticsRaw, Ledger } from '../../../shared/series/raw/diagnostics.ts';
import { t } from '../../../shared/texts/texts.ts';
import { showName } from '../show-name.ts';

type Closed = Pick<DiagnosticsRaw['closed'][number], 'tasksLeft' | 'notStopped' | 'ledger'>;

const held: readonly (keyof Ledger)[] = ['timers', 'subscriptions', 'bufferedBytes', 'requests'];

/** What was left of a connection at its end: nothing, or a defect with its parts named. */
export function describeRest({ tasksLeft, notStopped, ledger }: Closed): {
  readonly text: string;
  readonly isClean: boolean;
} {
  const rest = held
    .filter((key) => ledger[key] > 0)
    .map((key) => t(`viewers:rest.${key}`, { count: ledger[key] }));
  const names = notStopped.map(showName).join(', ');
  const tasks = t(names === '' ? 'viewers:rest.tasks' : 'viewers:rest.tasksNamed', {
    count: tasksLeft,
    names,
  });
  return {
    text: [tasks, ...rest].join(', '),
    isClean: tasksLeft === 0 && rest.length === 0,
  };
}
