import type { TopicState } from '../../../shared/series/topic-state.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Remedy } from '../remedy.tsx';
import { showName } from '../show-name.ts';

/** Why there are no rows, or none that are new. Lies over the table's edge, so that the rows stay where they are. */
export function TableTrouble({ state }: { readonly state: TopicState<'process'> }) {
  const { status, message, data, remedy } = state;
  // What is late comes with the next reading, mostly: it is said in a word below the table.
  if (status === 'ok' || status === 'loading' || (status === 'late' && data)) return null;
  return (
    <div
      className={data ? 'table-trouble' : 'table-trouble table-trouble--alone'}
      role="status"
      data-testid="table-trouble"
    >
      <p>
        <strong>{t(`states:heading.${status}`)}.</strong> {message !== null && showName(message)}
        {data && ` ${t('processes:lastRead')}`}
      </p>
      {remedy !== null && <Remedy text={remedy} />}
    </div>
  );
}
