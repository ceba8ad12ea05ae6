import type { CostRaw } from '../shared/series/raw/cost.ts';
import type { ClientSession } from './client-session.ts';
import type { Collector } from './collector.ts';
import type { CostGovernor } from './cost-governor.ts';
import type { MetricsHub } from './metrics-hub.ts';
import type { OwnUse } from './own-use.ts';
import type { Sampler } from './sampler.ts';

/** What the monitor's own cost is read from. */
export interface CostSources {
  readonly ownUse: OwnUse;
  readonly hub: () => MetricsHub;
  readonly sampler: () => Sampler;
  readonly governor: () => CostGovernor;
  readonly sessions: () => readonly ClientSession[];
  /** Bytes sent to clients that have gone. */
  readonly goneSentBytes: () => number;
}

/** Serves what the monitor itself costs as a topic like any other. */
export function createCostCollector(sources: CostSources): Collector<'cost'> {
  return {
    id: 'cost',
    minIntervalMs: 2_000,
    deadlineMs: 1_000,
    probe: () => ({ status: 'ok' }),
    read: () => readCost(sources),
    rest: () => sources.ownUse.rest(),
  };
}

function readCost({ ownUse, hub, sampler, governor, sessions, goneSentBytes }: CostSources): CostRaw {
  const clients = sessions();
  return {
    ...ownUse.all(),
    sentBytes: clients.reduce((sum, { sentBytes }) => sum + sentBytes, goneSentBytes()),
    encodes: hub().encodes,
    eventLoop: ownUse.takeDelays(),
    collectors: sampler()
      .statuses()
      .map(({ id, reads, busyMs, slowestMs, wantedIntervalMs, intervalMs }) => ({
        id,
        reads,
        busyMs,
        slowestMs,
        wantedIntervalMs,
        intervalMs,
      })),
    clients: clients.map(({ id, kind, name, sentBytes, sentFrames, dropped }) => ({
      id,
      kind,
      name,
      sentBytes,
      sentFrames,
      dropped,
    })),
    governor: governor().status(),
  };
}
