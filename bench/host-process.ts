import { getHeapStatistics } from 'node:v8';
import type { ClientSession } from '../src/core/client-session.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { startBenchHost } from './bench-host.ts';
import { createMonitorFigures } from './monitor-figures.ts';

/**
 * The host under measurement, in a process of its own: the same `createHost` as headless, with limits raised, real
 * collectors, and answers about itself over the fork's channel. Run with --expose-gc.
 */
export interface HostState {
  readonly liveScopes: number;
  readonly liveTasks: number;
  readonly sessions: number;
  readonly subscriptions: number;
  readonly handles: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly encodes: number;
  readonly seq: number;
}
/** What it has used and done so far, read at the same moment. */
export interface HostUse {
  readonly cpuMs: number;
  readonly frames: number;
  readonly encodes: number;
  readonly seq: number;
}
/** A client of more than one subscription. */
export interface BusyClient {
  readonly id: string;
  readonly queuedBytes: number;
  /** Whether it is being looked at because it does not keep up. */
  readonly isAboveMark: boolean;
  readonly isLive: boolean;
}
export type HostQuestion = { readonly id: number; readonly ask: 'state' | 'use' | 'busy' | 'stop' };
export type HostAnswer =
  | { readonly event: 'listening'; readonly port: number; readonly token: string }
  | { readonly event: 'state'; readonly id: number; readonly state: HostState }
  | { readonly event: 'busy'; readonly id: number; readonly clients: readonly BusyClient[] }
  | { readonly event: 'use'; readonly id: number; readonly use: HostUse }
  | { readonly event: 'stopped'; readonly id: number };

const { gc } = globalThis as unknown as { gc?: () => void };

async function main(): Promise<void> {
  const { host, end } = await startBenchHost();
  const { token } = await host.tokens.create({ name: 'bench', scope: 'view' });
  const answer = (message: HostAnswer): void => void process.send?.(message);
  process.on('message', (question: HostQuestion) => {
    void (async () => {
      if (question.ask === 'state') {
        await systemClock.sleep(50);
        for (let round = 0; round < 4; round++) gc?.();
        const state: HostState = {
          ...createMonitorFigures(host.monitor),
          handles: process.getActiveResourcesInfo().length,
          heapBytes: getHeapStatistics().used_heap_size,
          rssBytes: process.memoryUsage.rss(),
        };
        answer({ event: 'state', id: question.id, state });
        return;
      }
      if (question.ask === 'busy') {
        const clients = host.monitor.sessions().flatMap((session) => findBusy(session));
        answer({ event: 'busy', id: question.id, clients });
        return;
      }
      if (question.ask === 'use') {
        const { user, system } = process.cpuUsage();
        const frames = host.monitor.sessions().reduce((sum, { sentFrames }) => sum + sentFrames, 0);
        const { encodes } = host.monitor.hub;
        const { seq } = host.monitor.sampler;
        const use: HostUse = { cpuMs: (user + system) / 1_000, frames, encodes, seq };
        answer({ event: 'use', id: question.id, use });
        return;
      }
      await end();
      answer({ event: 'stopped', id: question.id });
      process.disconnect();
    })();
  });
  process.on('disconnect', () => process.exit(0));
  answer({ event: 'listening', port: host.server.port, token });
}

/** Remembered, since the subscriptions of a client end before it does. */
const seenBusy = new Set<string>();

function findBusy(session: ClientSession): BusyClient[] {
  const { id, queuedBytes, state, ledger } = session;
  if (session.subscriptionCount > 1) seenBusy.add(id);
  if (!seenBusy.has(id)) return [];
  return [{ id, queuedBytes, isAboveMark: state === 'live' && ledger.timers > 0, isLive: state === 'live' }];
}

await main();
