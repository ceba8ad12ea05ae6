import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import type { Grant } from '../../core/grant.ts';
import type { Monitor } from '../../core/monitor.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { parseSubprotocol, subprotocols } from '../../shared/protocol/index.ts';
import { parseBearer, type Authenticator } from './authenticator.ts';
import type { ClientPool, Connection, RoomVerdict } from './client-pool.ts';
import type { Caller, Callers } from './callers.ts';
import type { Entrance } from './entrance.ts';
import { judgeHandshake } from './handshake.ts';
import type { Heartbeat } from './heartbeat.ts';
import { parseRequestOrigin, type HostGuard } from './host-guard.ts';
import { createErrorAnswer, sendJsonRaw, type JsonAnswer } from './json-response.ts';
import { createPlainRefusal, deriveAdmission, mostScopeOf, type Admission } from './lan-admission.ts';
import type { Log } from './log.ts';
import { WebSocketTransport, type WebSocketTransportOptions } from './websocket-transport.ts';

export interface UpgradeOptions {
  readonly monitor: Monitor;
  readonly clock: Clock;
  readonly guard: HostGuard;
  readonly entrance: Pick<Entrance, 'noteUpgraded'>;
  readonly callers: Callers;
  /** Whether plain HTTP is served on the LAN now. */
  readonly plainHttp: () => boolean;
  readonly authenticator: Authenticator;
  readonly pool: ClientPool;
  readonly heartbeat: Heartbeat;
  readonly log: Log;
}

/** Who is let in, and how. */
interface Admitted {
  readonly caller: Caller;
  readonly admission: Admission;
  /** Null where the token comes with the first message. */
  readonly grant: (Grant & { tokenId: string }) | null;
}

/**
 * Decides about every request to upgrade, in this order: Host and Origin, path, subprotocol, token, room. What
 * is let in becomes a session of the monitor; what is not gets a plain HTTP answer and no byte more.
 */
export class UpgradeHandler {
  readonly #options: UpgradeOptions;
  readonly #server: WebSocketServer;
  readonly #transportOptions: WebSocketTransportOptions;
  readonly #pending = new Set<Duplex>();
  #open = true;

  constructor(options: UpgradeOptions) {
    const { closeGraceMs, maxInboundBytes, maxFragments } = options.monitor.limits;
    this.#options = options;
    this.#transportOptions = {
      clock: options.clock,
      heartbeat: options.heartbeat,
      limits: options.monitor.limits,
    };
    const serverOptions: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      maxPayload: maxInboundBytes,
      maxFragments,
      perMessageDeflate: false,
      // Where `ws` itself closes, because of what it was sent, it would wait 30 s for the peer's end.
      closeTimeout: closeGraceMs,
      // That which the client names first, of those that are spoken here.
      handleProtocols: (offered) => [...offered].find(parseSubprotocol) ?? false,
    };
    this.#server = new WebSocketServer(serverOptions);
    // What is left for `ws` to refuse, it would refuse in text without our headers.
    this.#server.on('wsClientError', (error, socket) =>
      sendJsonRaw(socket, createErrorAnswer(400, 'invalidMessage', `${error.message}.`)),
    );
  }

  /** Takes a request to upgrade over from the HTTP server. Never throws. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ignore = (): void => void socket.destroy();
    socket.on('error', ignore);
    this.#pending.add(socket);
    this.#upgrade(request, socket, head)
      .catch((thrown: unknown) => {
        this.#options.log('error', `An upgrade failed: ${MonitorError.from(thrown).message}`);
        return createErrorAnswer(500, 'internal', 'The host failed; its log says how.');
      })
      .then((refusal) => {
        this.#pending.delete(socket);
        if (refusal) sendJsonRaw(socket, refusal);
        else socket.off('error', ignore);
      })
      .catch(() => socket.destroy());
  }

  /** Lets nobody in any more. Sessions are their monitor's to end. */
  close(): void {
    this.#open = false;
    for (const socket of this.#pending) socket.destroy();
    this.#server.close();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<JsonAnswer | null> {
    const { guard, authenticator, entrance, callers } = this.#options;
    const caller = callers.of(request);
    const verdict = guard.judge(parseRequestOrigin(request.rawHeaders), caller.encrypted);
    if (!verdict.allowed) return createErrorAnswer(verdict.status, 'forbidden', verdict.message);
    const admission = deriveAdmission(caller, this.#options.plainHttp());
    if (admission === 'refused') return createPlainRefusal();
    const refusal = judgeTarget(request);
    if (refusal) return refusal;

    const { address } = caller;
    let grant: (Grant & { tokenId: string }) | null = null;
    if (request.headers.authorization !== undefined) {
      const outcome = await authenticator.authenticate(
        parseBearer(request.headers.authorization),
        address,
        mostScopeOf(admission),
      );
      if (outcome.status !== 'granted') return createAuthRefusal(outcome);
      grant = outcome.grant;
    }
    const room = grant ? this.#options.pool.clientRoom(address) : this.#options.pool.strangerRoom(address);
    if (room !== 'room') return createRoomRefusal(room);
    if (!this.#open) return createErrorAnswer(503, 'unavailable', 'The host is shutting down.');
    if (socket.destroyed) return null;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      entrance.noteUpgraded(request.socket);
      this.#accept(webSocket, socket, { caller, admission, grant });
    });
    return null;
  }

  #accept(webSocket: WebSocket, socket: Duplex, { caller, admission, grant }: Admitted): void {
    const { monitor, pool, log } = this.#options;
    const { address, hop, isProxied, encrypted } = caller;
    const transport = new WebSocketTransport(webSocket, socket, this.#transportOptions);
    const connection = pool.add(address, grant?.tokenId ?? null, hop);
    void transport.closed.then(() => pool.remove(connection));
    try {
      connection.session = monitor.accept(transport, {
        kind: 'socket',
        address,
        ...((isProxied || !hop.isLocal) && { encrypted }),
        onDraining: () => pool.release(connection),
        ...(grant
          ? { grant }
          : { authenticate: (token) => this.#authenticate(connection, admission, token) }),
      });
    } catch (thrown) {
      log('warning', `A client was not accepted: ${MonitorError.from(thrown).message}`);
      transport.close({ code: 'shutdown', message: 'The host is shutting down.' });
      transport.terminate();
    }
  }

  async #authenticate(
    connection: Connection,
    admission: Admission,
    token: string | undefined,
  ): Promise<Grant | null> {
    const { authenticator, pool } = this.#options;
    const outcome = await authenticator.authenticate(token, connection.address, mostScopeOf(admission));
    if (outcome.status === 'tooMany') {
      const message = `Too many wrong tokens; try again in ${Math.ceil(outcome.retryAfterMs / 1_000)} s.`;
      void connection.session?.close({ code: 'rateLimited', message });
      return null;
    }
    if (outcome.status === 'wrong') return null;
    if (pool.clientRoom(connection.address) !== 'room') {
      void connection.session?.close({
        code: 'limitExceeded',
        message: 'The host has as many clients as it takes.',
      });
      return null;
    }
    pool.admit(connection, outcome.grant.tokenId);
    return outcome.grant;
  }
}

/** The answer to a token that was not taken. */
export function createAuthRefusal(
  outcome: { readonly status: 'wrong' } | { readonly status: 'tooMany'; readonly retryAfterMs: number },
): JsonAnswer {
  if (outcome.status === 'wrong') {
    const message = 'A valid token is needed: Authorization: Bearer TOKEN.';
    return createErrorAnswer(401, 'unauthorized', message, { 'WWW-Authenticate': 'Bearer' });
  }
  return createTooManyAnswer(outcome.retryAfterMs);
}

/** The answer to who was wrong too often. */
export function createTooManyAnswer(retryAfterMs: number): JsonAnswer {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  const message = `Too many failed attempts; try again in ${seconds} s.`;
  return createErrorAnswer(429, 'rateLimited', message, { 'Retry-After': String(seconds) });
}

function createRoomRefusal(room: Exclude<RoomVerdict, 'room'>): JsonAnswer {
  return room === 'address'
    ? createErrorAnswer(429, 'limitExceeded', 'This address has as many connections as it may.', {
        'Retry-After': '5',
      })
    : createErrorAnswer(503, 'limitExceeded', 'The host has as many clients as it takes.', {
        'Retry-After': '5',
      });
}

function judgeTarget(request: IncomingMessage): JsonAnswer | null {
  const [path, query] = (request.url ?? '').split('?', 2);
  if (path !== '/v1/stream')
    return createErrorAnswer(404, 'notFound', 'There is nothing to upgrade to here.');
  if (query !== undefined) {
    const message =
      'The stream takes no query. A token goes into the hello message or the Authorization header.';
    return createErrorAnswer(400, 'invalidMessage', message);
  }
  const refusal = judgeHandshake(request);
  if (refusal) return refusal;
  const offered = request.headers['sec-websocket-protocol'];
  if (offered !== undefined && !offered.split(',').some((name) => parseSubprotocol(name.trim()))) {
    const spoken = Object.values(subprotocols).join(' and ');
    return createErrorAnswer(400, 'unsupported', `The subprotocols spoken here are ${spoken}.`);
  }
  return null;
}
