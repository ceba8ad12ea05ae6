import { useMemo, useState, useSyncExternalStore } from 'react';
import type { MetricsStore } from '../../../shared/series/rings/metrics-store.ts';
import type { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import type { RingKey } from '../../../shared/series/rings/ring-set.ts';
import { useSession, useTopic } from '../../session-context.ts';
import { BusyProcesses, type BusyTable } from '../../store/busy/busy-processes.ts';
import { deriveBusy, type Busy } from '../../store/busy/derive-busy.ts';
import { notGrantedTopic } from '../../store/figures.ts';

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

/**
 * What is busy, since when and through whom; renders again with the readings of processor and memory, in their frame: a
 * line that came a moment later would have the page drawn twice for each of them.
 */
export function useBusy(): BusyNews {
  const { store } = useSession();
  const processes = useBusyProcesses();
  const [cpu, memory] = [useTopic('cpu'), useTopic('memory')];
  return useMemo(() => {
    const { nowX } = store;
    const isKnown = cpu.rates?.status === 'ok' || cpu === notGrantedTopic;
    if (!isKnown) return { busy: null, nowX };
    const [disk, network, gpu] = [store.topic('disk'), store.topic('network'), store.topic('gpu')];
    const ring = (key: RingKey): RingBuffer | undefined => store.ring(key);
    return { busy: deriveBusy({ ring, cpu, memory, disk, network, gpu, processes, nowX }), nowX };
  }, [store, processes, cpu, memory]);
}
