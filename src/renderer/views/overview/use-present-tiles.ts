import { useMemo, useSyncExternalStore } from 'react';
import { tileIds, type TileId } from '../../../shared/preferences/layout.ts';
import type { Topic } from '../../../shared/series/raw.ts';
import type { MetricsStore } from '../../../shared/series/rings/metrics-store.ts';
import { useSession, useStatus } from '../../session-context.ts';
import { tileKinds } from './tiles.ts';

/** What was found on a host once: a look at another page, and a reading that fails, take nothing away. */
const found = new WeakMap<MetricsStore, Set<TileId>>();

/** The tiles that this host has something for, and grants to this viewer. */
export function usePresentTiles(): ReadonlySet<TileId> {
  const { store, ticker } = useSession();
  const { welcome } = useStatus();
  const granted = welcome?.capabilities.topics ?? null;
  const names = useSyncExternalStore(
    (changed) => ticker.onFrame(changed),
    () => derivePresent(store, granted).join(),
  );
  return useMemo(() => new Set(names.split(',') as TileId[]), [names]);
}

function derivePresent(store: MetricsStore, granted: readonly Topic[] | null): TileId[] {
  const known = found.get(store) ?? new Set<TileId>();
  found.set(store, known);
  return tileIds.filter((tile) => {
    const { needs, isFound } = tileKinds[tile];
    if (granted && !needs.some((topic) => granted.includes(topic))) return false;
    const first = store.topic(needs[0]!);
    if (needs.length === 1 && first.status === 'unsupported' && first.data === null) return false;
    if (known.has(tile) || !isFound || isFound(store)) {
      if (isFound && first.data !== null) known.add(tile);
      return true;
    }
    return false;
  });
}
