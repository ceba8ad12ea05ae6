import { networkInterfaces } from 'node:os';
import type { Monitor } from '../../core/monitor.ts';
import type { CloseReason } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { defaultPort } from '../../shared/protocol/index.ts';
import type { AttemptTally } from '../audit/attempt-tally.ts';
import { AuthLimiter } from './auth-limiter.ts';
import { Authenticator } from './authenticator.ts';
import { ClientPool } from './client-pool.ts';
import { Heartbeat } from './heartbeat.ts';
import { HostGuard } from './host-guard.ts';
import { attachHandlers, createHttpServer, listen } from './http-server.ts';
import type { Log } from './log.ts';
import { MetricsPage } from './metrics-page.ts';
import type { Pairing } from './pairing.ts';
import { Routes, type HostFacts } from './routes.ts';
import { derivePairUrl, type Sharing } from './sharing.ts';
import { loadStaticFiles, type StaticFile } from './static-files.ts';
import type { TokenEnd, TokenStore } from './token-store.ts';
import { UpgradeHandler } from './upgrade.ts';

export interface ServerOptions {
  readonly monitor: Monitor;
  readonly tokens: TokenStore;
  readonly pairing: Pairing;
  /** Counts who is not let in. */
  readonly attempts: Pick<AttemptTally, 'note'>;
  readonly clock: Clock;
  readonly facts: HostFacts;
  /** Asked for explicitly: taken is an error. Without it the default port, or the next free one. 0: any. */
  readonly port?: number | undefined;
  /** A loopback address. */
  readonly bind: string;
  /** Where the built viewer page lies. */
  readonly staticDir: string;
  readonly log: Log;
}

/** A server that listens. */
export interface Server {
  readonly port: number;
  /** Where a browser finds the viewer page, without a slash at the end. */
  readonly url: string;
  /** Every path that is answered, beside those of the viewer page's files. */
  readonly paths: readonly string[];
  /** Whether and how it answers on the LAN. */
  readonly sharing: Sharing;
  /** Stops listening, tells every socket client bye, and ends what does not leave by itself. Idempotent. */
  close(reason: CloseReason): Promise<void>;
}

const touchEveryMs = 60_000;

/**
 * Serves the monitor over HTTP and WebSocket. Everything here belongs to the monitor's service "server", so that
 * closing the monitor closes it too. Throws MonitorError `unavailable` where there is no port to listen on.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { monitor, tokens, clock, log, bind, facts } = options;
  const { limits } = monitor;
  const http = createHttpServer(limits);
  const port = await listen(http, options.port ?? defaultPort, bind, options.port !== undefined);

  const scope = monitor.tasks.service('server');
  const pool = new ClientPool(limits);
  const limiter = new AuthLimiter(clock, limits);
  const authenticator = new Authenticator(tokens, limiter, options.attempts);
  const guard = new HostGuard({ port, addresses: listOwnAddresses(), hostName: facts.name });
  const heartbeat = new Heartbeat(scope, limits);
  const upgrade = new UpgradeHandler({ monitor, clock, guard, authenticator, pool, heartbeat, log });
  const files = rememberOnce(() => loadStaticFiles(options.staticDir));
  const metrics = new MetricsPage(monitor, clock, scope);
  const routes = new Routes({ ...options, guard, authenticator, limiter, metrics, files });

  attachHandlers(
    http,
    {
      request: (request, response) => routes.handle(request, response),
      upgrade: (request, socket, head) => upgrade.handle(request, socket, head),
    },
    log,
  );
  http.on('error', (error) => log('error', `The server: ${MonitorError.from(error).message}`));

  let closing: Promise<void> | null = null;
  const end = async (reason: CloseReason): Promise<void> => {
    const ended = new Promise<void>((resolve) => http.close(() => resolve()));
    upgrade.close();
    options.pairing.end();
    http.closeIdleConnections();
    await Promise.all(pool.connections().map(async ({ session }) => session?.close(reason)));
    http.closeAllConnections();
    await ended;
  };
  const close = (reason: CloseReason): Promise<void> => (closing ??= end(reason));
  scope.adopt('http server', () => close({ code: 'shutdown', message: 'The host closes.' }));
  scope.adopt(
    'revocations',
    tokens.onEnded((id, end) => closeClients(pool, id, endReasons[end])),
  );
  scope.adopt(
    'changes of scope',
    tokens.onRescoped((id) => closeClients(pool, id, rescopedReason)),
  );
  // A token in use all the time is shown once; it must not count as idle.
  scope.loop('token use', touchEveryMs, async () => {
    const used = new Set(pool.connections().map(({ tokenId }) => tokenId));
    for (const id of used) if (id) await tokens.touch(id);
  });

  const url = `http://${bind.includes(':') ? `[${bind}]` : bind}:${port}`;
  return { port, url, paths: routes.paths, sharing: createClosedSharing(url), close };
}

/** Sharing of a host that answers on loopback alone. */
function createClosedSharing(url: string): Sharing {
  return {
    status: () => ({
      state: 'off',
      message: null,
      plainHttp: false,
      urls: [],
      fingerprint: null,
      certificateEndsWallMs: null,
      announcedAs: null,
    }),
    nearby: () => [],
    set: () =>
      Promise.reject(new MonitorError('unsupported', 'This version does not share on the network yet.')),
    pairUrl: (code) => derivePairUrl(url, code),
  };
}

const endReasons: Readonly<Record<TokenEnd, CloseReason>> = {
  revoked: { code: 'revoked', message: 'The host’s user has ended this device’s access.' },
  expired: { code: 'revoked', message: 'This device’s access was for a time that is over.' },
};
/** Not one of those after which a client stays away: it comes back, and is let in as it is now. */
const rescopedReason: CloseReason = {
  code: 'invalidState',
  message: 'The host’s user has changed what this device may see.',
};

/** Ends every connection that was let in by a token. */
function closeClients(pool: ClientPool, id: string, reason: CloseReason): void {
  for (const { tokenId, session } of pool.connections()) if (tokenId === id) void session?.close(reason);
}

function listOwnAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
}

/** Loads once; a build that was missing or broken is looked for again at the next request. */
function rememberOnce(
  load: () => Promise<ReadonlyMap<string, StaticFile> | null>,
): () => Promise<ReadonlyMap<string, StaticFile> | null> {
  let loaded: Promise<ReadonlyMap<string, StaticFile> | null> | null = null;
  return async () => {
    loaded ??= load();
    try {
      const files = await loaded;
      if (!files) loaded = null;
      return files;
    } catch (thrown) {
      loaded = null;
      throw thrown;
    }
  };
}
