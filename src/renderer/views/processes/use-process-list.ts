import { useEffect, useState, useSyncExternalStore } from 'react';
import { changePreferences, readPreferences } from '../../preferences/preferences.ts';
import { useSession } from '../../session-context.ts';
import { ProcessList, type ProcessView } from '../../store/processes/process-list.ts';
import { deriveTableRows } from '../../store/processes/table-row.ts';

/** The page's list, fed with each reading as long as the page is shown. */
export function useProcessList(): readonly [ProcessList, ProcessView] {
  const { store, ticker, clock } = useSession();
  const [list] = useState(() => {
    const { layout, sort } = readPreferences().processTable;
    return new ProcessList(clock, { layout, sort });
  });
  useEffect(() => list.onView(() => keepArrangement(list.view())), [list]);
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

/** How the table was left is how it is found again. */
function keepArrangement({ layout, sort }: ProcessView): void {
  const { processTable } = readPreferences();
  if (processTable.layout === layout && processTable.sort === sort) return;
  const isSameSort = processTable.sort.column === sort.column && processTable.sort.order === sort.order;
  if (processTable.layout !== layout || !isSameSort) {
    changePreferences({ processTable: { ...processTable, layout, sort } });
  }
}
