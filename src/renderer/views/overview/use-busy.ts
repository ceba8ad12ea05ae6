import { useEffect, useState, useSyncExternalStore } from 'react';
import type { MetricsStore } from '../../../shared/series/rings/metrics-store.ts';
import { useSession, useStatus } from '../../session-context.ts';
import { BusyProcesses, type BusyTable } from '../../store/busy/busy-processes.ts';
import { deriveBusy, type Busy } from '../../store/busy/derive-busy.ts';

/** By store: what is known of who has been busy since when outlives a look at another page. */
const kept = new WeakMap<MetricsStore, BusyProcesses>();

function processesOf(store: MetricsStore): BusyProcesses {
  let found = kept.get(store);
  if (!found) kept.set(store, (found = new BusyProcesses()));
  return found;
}

/** The busiest processes; renders again with each reading of them. The page has to ask for the topic. */
export function useBusyProcesses(): BusyTable {
  const { store, ticker } = useSession();
  const processes = processesOf(store);
  const [subscribe] = useState(() => (changed: () => void): (() => void) => {
    const take = (): void => processes.take(store.topic('process'), store.nowX);
    take();
    return ticker.onFrame((topics) => {
      if (!topics.has('process')) return;
      take();
      changed();
    });
  });
  return useSyncExternalStore(subscribe, processes.table);
}

/** What there is to say of what is busy. */
export interface BusyNews {
  /** Null while too little is known to say that nothing is. */
  readonly busy: readonly Busy[] | null;
  readonly nowX: number;
}

/** What is busy, since when and through whom; renders again once a second at most, while readings come. */
export function useBusy(): BusyNews {
  const { store, ticker } = useSession();
  const { welcome } = useStatus();
  const processes = useBusyProcesses();
  const [news, setNews] = useState<BusyNews>({ busy: null, nowX: NaN });
  const granted = welcome?.capabilities.topics;

  useEffect(() => {
    const derive = (): void => {
      const cpu = store.topic('cpu');
      const isKnown = cpu.rates?.status === 'ok' || granted?.includes('cpu') === false;
      const busy = isKnown
        ? deriveBusy({
            ring: (key) => store.ring(key),
            cpu,
            memory: store.topic('memory'),
            disk: store.topic('disk'),
            network: store.topic('network'),
            gpu: store.topic('gpu'),
            processes,
            nowX: store.nowX,
          })
        : null;
      setNews({ busy, nowX: store.nowX });
    };
    derive();
    return ticker.onFrame((topics) => {
      if (topics.has('cpu') || topics.has('memory')) derive();
    });
  }, [store, ticker, processes, granted]);

  return news;
}
