import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSession } from '../../session-context.ts';
import { ProcessList, type ProcessView } from '../../store/processes/process-list.ts';
import { deriveTableRows } from '../../store/processes/table-row.ts';

/** The page's list, fed with each reading as long as the page is shown. */
export function useProcessList(): readonly [ProcessList, ProcessView] {
  const { store, ticker, clock } = useSession();
  const [list] = useState(() => new ProcessList(clock));
  useEffect(() => {
    let taken: unknown = null;
    const take = (): void => {
      const { data, rates } = store.topic('process');
      if (!data || data === taken) return;
      taken = data;
      list.take(deriveTableRows(data, rates?.status === 'ok' ? rates.rows : null));
    };
    take();
    return ticker.onFrame((topics) => {
      if (topics.has('process')) take();
    });
  }, [store, ticker, list]);
  return [list, useSyncExternalStore(list.onView, list.view)];
}
