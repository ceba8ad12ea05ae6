import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { createHost } from '../src/node/server/create-host.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { Ledger } from '../src/shared/series/raw/diagnostics.ts';

/**
 * The host of a soak in a process of its own: the same `createHost` as headless with real collectors, that answers
 * about itself over the fork's channel. Run with --expose-gc. Limits are the defaults, but for the counts of clients,
 * who all come from loopback here.
 */
export interface SoakState {
  readonly sessions: number;
  /** Scopes of clients that there is no session for any more. */
  readonly orphanScopes: readonly string[];
  readonly subscriptions: number;
  /** Sessions that have closed since the last question and left something. */
  readonly leftovers: readonly string[];
  readonly closed: Readonly<Record<string, number>>;
  readonly resources: Readonly<Record<string, number>>;
  /** Tasks of the host's own services, as service/task. */
  readonly services: readonly string[];
  readonly seq: number;
  readonly rssBytes: number;
  /** After a collection of garbage; null where none was asked for. */
  readonly heapBytes: number | null;
  /** Since the last question. */
  readonly eventLoopDelayMsP99: number;
  readonly eventLoopDelayMsMax: number;
  readonly logged: readonly string[];
}
export type SoakQuestion = { readonly id: number; readonly ask: 'state' | 'collect' | 'stop' };
export type SoakAnswer =
  | { readonly event: 'listening'; readonly port: number; readonly tokens: readonly string[] }
  | { readonly event: 'state'; readonly id: number; readonly state: SoakState };

const { gc } = globalThis as unknown as { gc?: () => void };

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-soak-'));
  let logged: string[] = [];
  const host = await createHost({
    dataDir: folder,
    config: {},
    port: 0,
    limits: {
      maxClients: 400,
      maxClientsPerAddress: 400,
      maxUnauthenticated: 200,
      maxUnauthenticatedPerAddress: 200,
    },
    staticDir: folder,
    version: 'soak',
    spawnProbe: () => {
      throw new Error('The soak is about connections, not file systems.');
    },
    log: (level, message) => void (level === 'error' && logged.push(message)),
  });
  const { monitor } = host;
  const tokens = [];
  for (const scope of ['view', 'vitals'] as const) {
    tokens.push((await host.tokens.create({ name: `soak ${scope}`, scope })).token);
  }
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const seenClosed = new Set<string>();
  const closedBy: Record<string, number> = {};

  const readState = (collect: boolean): SoakState => {
    const [p99, max] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    const sessions = new Set(monitor.sessions().map(({ id }) => id));
    const leftovers: string[] = [];
    for (const { id, reason, ledger, tasksLeft } of monitor.closedSessions()) {
      if (seenClosed.has(id)) continue;
      seenClosed.add(id);
      const code = reason.split(':', 1)[0]!;
      closedBy[code] = (closedBy[code] ?? 0) + 1;
      if (tasksLeft > 0 || !isZero(ledger))
        leftovers.push(`${reason} ${JSON.stringify(ledger)} ${tasksLeft}`);
    }
    // As many as the monitor remembers, and those before them never come again.
    for (const id of seenClosed) {
      if (seenClosed.size <= 200) break;
      seenClosed.delete(id);
    }
    const resources: Record<string, number> = {};
    for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
    if (collect) for (let round = 0; round < 4; round++) gc?.();
    const state: SoakState = {
      sessions: sessions.size,
      orphanScopes: monitor.tasks
        .live()
        .map(({ name }) => name)
        .filter((name) => name.startsWith(`${monitor.instanceId}.`) && !sessions.has(name)),
      subscriptions: monitor.hub.subscriptionCount,
      services: monitor.tasks
        .live()
        .filter(({ name }) => !name.startsWith(`${monitor.instanceId}.`))
        .flatMap(({ name, tasks }) => tasks.map((task) => `${name}/${task.name}`)),
      leftovers,
      closed: { ...closedBy },
      resources,
      seq: monitor.sampler.seq,
      rssBytes: process.memoryUsage.rss(),
      heapBytes: collect ? getHeapStatistics().used_heap_size : null,
      eventLoopDelayMsP99: Math.max(0, p99 - 10),
      eventLoopDelayMsMax: Math.max(0, max - 10),
      logged,
    };
    logged = [];
    // Collecting garbage by force holds the loop, which is not the host's doing.
    delay.reset();
    return state;
  };
  const answer = (message: SoakAnswer): void => void process.send?.(message);
  process.on('message', ({ id, ask }: SoakQuestion) => {
    if (ask !== 'stop') answer({ event: 'state', id, state: readState(ask === 'collect') });
    else void stop();
  });
  const stop = async (): Promise<void> => {
    await host.close('The soak is over.');
    await rm(folder, { recursive: true, force: true });
    process.disconnect();
  };
  // A driver that is gone leaves nothing behind.
  process.on('disconnect', () => void systemClock.sleep(1_000).then(() => process.exit(0)));
  answer({ event: 'listening', port: host.server.port, tokens });
}

function isZero({ timers, subscriptions, bufferedBytes, requests }: Ledger): boolean {
  return timers + subscriptions + bufferedBytes + requests === 0;
}

await main();
