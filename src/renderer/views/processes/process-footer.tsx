import { t } from '../../../shared/texts/texts.ts';
import { formatDuration } from '../../../shared/series/units.ts';
import type { TopicState } from '../../../shared/series/topic-state.ts';
import type { ProcessList, ProcessView } from '../../store/processes/process-list.ts';
import type { Intent } from './deed-dialog.tsx';
import { nameProcess } from './process-words.ts';

/** What was done last, to whom. */
export type Done = Intent;

export interface ProcessFooterProps {
  readonly list: ProcessList;
  readonly view: ProcessView;
  readonly state: TopicState<'process'>;
  readonly done: Done | null;
  readonly onDismiss: () => void;
}

/** How many there are and are shown, whether the order stands still, and what became of what was done. */
export function ProcessFooter({ list, view, state, done, onDismiss }: ProcessFooterProps) {
  const { processCount, matchedCount, threadCount, held } = view;
  const isOld = state.data !== null && state.status !== 'ok';
  const some =
    matchedCount < processCount
      ? t('processes:countOf', { matched: matchedCount, total: processCount })
      : String(processCount);
  return (
    <footer className="process-footer">
      <span data-testid="process-count" data-total={processCount} data-matched={matchedCount}>
        {t('processes:count', { count: processCount, shown: some })}
        <span className="process-footer__threads">{t('processes:threads', { count: threadCount })}</span>
      </span>
      <span className="process-footer__done" role="status" data-testid="deed-done">
        {done && (
          <>
            {describe(done, list)}
            <button
              type="button"
              className="process-footer__dismiss"
              aria-label={t('processes:dismiss')}
              onClick={onDismiss}
            >
              ×
            </button>
          </>
        )}
      </span>
      <span className="process-footer__held" data-testid="order-held" data-held={held !== null}>
        {isOld ? (
          <span className="process-footer__old" data-testid="truth">
            {`${state.status} · ${formatDuration(state.ageMs / 1_000)} old`}
          </span>
        ) : (
          held &&
          (held.waiting > 0 ? t('processes:heldWaiting', { count: held.waiting }) : t('processes:held'))
        )}
      </span>
    </footer>
  );
}

function describe({ deed, row }: Done, list: ProcessList): string {
  const isGone = list.row(row.key) === undefined;
  const ends = deed === 'end' || deed === 'kill';
  const name = nameProcess(row);
  return isGone && ends
    ? t('processes:deeds.hasEnded', { name })
    : t(`processes:deeds.${deed}.done`, { name });
}
