import type { Server as NetServer } from 'node:net';
import { join } from 'node:path';
import type { Monitor } from '../../core/monitor.ts';
import type { CloseReason } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { defaultPort } from '../../shared/protocol/index.ts';
import type { AttemptTally } from '../audit/attempt-tally.ts';
import type { MdnsOptions } from '../discovery/mdns-discovery.ts';
import { AuthLimiter } from './auth-limiter.ts';
import { Authenticator } from './authenticator.ts';
import { Callers } from './callers.ts';
import type { CertificateStore } from './certificate-store.ts';
import { ClientPool } from './client-pool.ts';
import { loadDocsFiles } from './docs-files.ts';
import { Entrance, type PeerEnds } from './entrance.ts';
import { Heartbeat } from './heartbeat.ts';
import { HostGuard } from './host-guard.ts';
import { attachHandlers, createHttpServer, deriveMaxConnections } from './http-server.ts';
import { LanSharing, noDiscovery, type Discovery } from './lan-sharing.ts';
import { ListeningSockets } from './listening-sockets.ts';
import type { Log } from './log.ts';
import { MetricsPage } from './metrics-page.ts';
import { formatAuthority, OwnAddresses, type OwnAddress } from './own-addresses.ts';
import type { Pairing } from './pairing.ts';
import { ProcessList } from './process-list.ts';
import { Routes, type HostFacts } from './routes.ts';
import type { Sharing, SharingSettings, SharingSwitch } from './sharing.ts';
import { loadStaticFiles, type StaticFile } from './static-files.ts';
import type { TokenEnd, TokenStore } from './token-store.ts';
import { TrustedProxies } from './trusted-proxies.ts';
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
  /** A loopback address, on which it listens in any case. */
  readonly bind: string;
  readonly sharing: SharingSettings;
  /** Reverse proxies that are believed, and the names by which they answer for this host. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly certificates: (addresses: OwnAddresses) => CertificateStore;
  readonly discovery: (context: DiscoveryContext) => Discovery;
  /** Keeps the switch of sharing for the next start. */
  readonly rememberSharing: (settings: SharingSwitch) => Promise<void>;
  /** Whether it must not serve at all where it cannot be shared as the settings ask. */
  readonly sharingRequired: boolean;
  /** Instead of what this machine's sockets and interfaces tell, for tests that have no network. */
  readonly network?: NetworkFacts | undefined;
  /** Where the built viewer page lies; beside it, in `docs`, the pages on the protocol. */
  readonly staticDir: string;
  readonly log: Log;
}

/** What is asked of the machine's network. */
export interface NetworkFacts {
  readonly isLocal?: (ends: PeerEnds) => boolean;
  readonly addresses?: () => readonly OwnAddress[];
  /** Where it is shared instead of on all addresses. */
  readonly sharedOn?: string;
  /** Networks on which hosts are announced and looked for; none at all. */
  readonly multicast?: Pick<MdnsOptions, 'interfaces' | 'port'> | 'none';
}

/** What discovery is made of. */
export interface DiscoveryContext {
  readonly scope: TaskScope;
  readonly addresses: OwnAddresses;
  readonly port: number;
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
  const { monitor, tokens, clock, log, bind, facts, network } = options;
  const { limits } = monitor;
  const scope = monitor.tasks.service('server');
  const addresses = new OwnAddresses(clock, network?.addresses);
  const http = createHttpServer(limits);
  const maxConnections = deriveMaxConnections(limits);
  const entrance = new Entrance({ clock, scope, limits, maxConnections, http, isLocal: network?.isLocal });
  // What HTTP finds wrong with a connection it tells the server that the connection came from.
  const prepare = (server: NetServer): void => {
    server.on('clientError', (error, socket) => http.emit('clientError', error, socket));
  };
  const sockets = new ListeningSockets({
    prepare,
    accept: (socket) => entrance.accept(socket),
    onError: (error) => log('error', `The server: ${MonitorError.from(error).message}`),
  });
  await sockets.open(bind, options.port ?? defaultPort, options.port !== undefined);
  const { port } = sockets;

  const pool = new ClientPool(limits);
  const limiter = new AuthLimiter(clock, limits);
  const authenticator = new Authenticator(tokens, limiter, options.attempts);
  const guard = new HostGuard({
    port,
    addresses: () => addresses.list().map(({ address }) => address),
    hostName: facts.name,
    allowedHosts: options.allowedHosts,
  });
  const callers = new Callers(entrance, new TrustedProxies(options.trustedProxies));
  const heartbeat = new Heartbeat(scope, limits);
  const url = `http://${formatAuthority(bind, port)}`;
  const sharing = new LanSharing({
    clock,
    log,
    limits,
    sockets,
    entrance,
    addresses,
    prepare,
    scope,
    settings: { ...options.sharing, ...(network?.sharedOn && { address: network.sharedOn }) },
    localAddress: bind,
    localUrl: url,
    certificates: options.certificates(addresses),
    discovery: network?.multicast === 'none' ? noDiscovery : options.discovery({ scope, addresses, port }),
    endSessions: (matches, reason) => {
      for (const { facts, session } of pool.connections()) if (matches(facts)) void session?.close(reason);
    },
    remember: options.rememberSharing,
  });
  const plainHttp = (): boolean => sharing.plainHttp;
  const upgrade = new UpgradeHandler({
    monitor,
    clock,
    guard,
    entrance,
    callers,
    plainHttp,
    authenticator,
    pool,
    heartbeat,
    log,
  });
  const files = rememberOnce(() => loadStaticFiles(options.staticDir));
  const docs = rememberOnce(() => loadDocsFiles(join(options.staticDir, '..', 'docs')));
  const metrics = new MetricsPage(monitor, clock, scope);
  const processes = new ProcessList(monitor, clock, scope);
  const routes = new Routes({
    ...options,
    guard,
    callers,
    plainHttp,
    port,
    authenticator,
    limiter,
    metrics,
    processes,
    files,
    docs,
  });

  attachHandlers(
    http,
    {
      request: (request, response) => {
        entrance.noteHead(request.socket);
        return routes.handle(request, response);
      },
      upgrade: (request, socket, head) => {
        entrance.noteHead(request.socket);
        upgrade.handle(request, socket, head);
      },
    },
    log,
  );

  let closing: Promise<void> | null = null;
  const end = async (reason: CloseReason): Promise<void> => {
    const ended = sockets.close();
    entrance.close();
    upgrade.close();
    options.pairing.end();
    // Ends its look for overdue heads, and connections that ask for nothing.
    http.close();
    await Promise.all([
      sharing.close(),
      ...pool.connections().map(async ({ session }) => session?.close(reason)),
    ]);
    entrance.destroy();
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

  try {
    await sharing.start();
  } catch (thrown) {
    // Its status says so too, and the switch can be turned again.
    if (options.sharingRequired) throw thrown;
  }
  return { port, url, paths: routes.paths, sharing, close };
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
