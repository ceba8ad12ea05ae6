import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Task } from '../../shared/lifecycle/task.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import { isLoopbackAddress } from './own-addresses.ts';

/** What is known of a connection before it has said a word of HTTP. */
export interface ConnectionFacts {
  /** Both its ends are on this machine. */
  readonly isLocal: boolean;
  readonly encrypted: boolean;
}

/** The two ends of a connection, as its socket tells them. */
export type PeerEnds = Pick<Socket, 'remoteAddress' | 'localAddress'>;

export interface EntranceOptions {
  readonly clock: Clock;
  readonly scope: TaskScope;
  readonly limits: Pick<Limits, 'headerDeadlineMs' | 'tlsHandshakeDeadlineMs'>;
  /** How many connections there may be, of all kinds together. */
  readonly maxConnections: number;
  /** Speaks HTTP on what it is handed, plain or decrypted. Listens nowhere itself. */
  readonly http: HttpServer;
  /** Whether a connection stays on this machine, instead of both its ends having addresses of loopback. */
  readonly isLocal?: ((ends: PeerEnds) => boolean) | undefined;
}

interface Entry {
  readonly raw: Socket;
  readonly isLocal: boolean;
  /** What speaks HTTP: the socket itself, or TLS on it. */
  stream: Socket | TLSSocket;
  encrypted: boolean;
  /** What it is waited for; null once it has asked something, from when on the HTTP server keeps the deadlines. */
  wait: 'firstByte' | 'handshake' | 'head' | null;
  dueMs: number;
  /** It is a WebSocket, and its session's to end. */
  upgraded: boolean;
}

/** The first byte of a TLS connection: a record that shakes hands. Source: RFC 8446 section 5.1. */
const tlsFirstByte = 0x16;
/** How often overdue connections are looked for, while there are any that could be. */
const sweepMs = 100;
/** What is told of a connection that is not known, so that nothing is granted to it. */
const strange: ConnectionFacts = { isLocal: false, encrypted: false };

/**
 * Where every connection comes in, whichever socket it came through. Its first byte says whether it speaks TLS or
 * plain HTTP, so that one port serves both. Whoever takes longer than the limits allow to say it, to shake hands or to
 * send a head is cut off, however busily it drips in between.
 */
export class Entrance {
  readonly #options: EntranceOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #entryOf = new WeakMap<object, Entry>();
  #tls: TlsServer | null = null;
  /** Connections that are waited for, and what ends those that take too long; null where there is none. */
  #waiting = 0;
  #deadlines: Task | null = null;
  #open = true;

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /** How many connections there are. */
  get size(): number {
    return this.#entries.size;
  }

  /** From now on TLS is spoken, by a server that listens nowhere itself; null: no longer. */
  setTls(server: TlsServer | null): void {
    this.#tls = server;
    server?.on('secureConnection', (socket) => this.#secured(socket));
  }

  /** Takes a connection that has just come in. */
  accept(socket: Socket): void {
    const { clock, limits, maxConnections, scope } = this.#options;
    const name = deriveName(socket);
    if (!this.#open || scope.state !== 'open' || name === null || this.#entries.size >= maxConnections) {
      socket.destroy();
      return;
    }
    const entry: Entry = {
      raw: socket,
      isLocal: (this.#options.isLocal ?? hasLoopbackEnds)(socket),
      stream: socket,
      encrypted: false,
      wait: 'firstByte',
      dueMs: clock.monotonic() + limits.headerDeadlineMs,
      upgraded: false,
    };
    this.#entries.set(name, entry);
    this.#entryOf.set(socket, entry);
    this.#waiting++;
    socket.once('close', () => {
      this.#entries.delete(name);
      this.#release(entry);
    });
    // Whatever breaks it closes it too.
    socket.on('error', () => undefined);
    const onEnd = (): void => void socket.destroy();
    socket.once('end', onEnd);
    socket.once('data', (chunk: Buffer) => {
      socket.off('end', onEnd);
      socket.pause();
      socket.unshift(chunk);
      this.#hand(entry, chunk[0] === tlsFirstByte);
    });
    this.#deadlines ??= this.#options.scope.spawn('connection deadlines', (signal) => this.#watch(signal));
  }

  /** What the socket of a request is known to be. */
  factsOf(socket: object): ConnectionFacts {
    return this.#entryOf.get(socket) ?? strange;
  }

  /** The connection has sent a head in time. */
  noteHead(socket: object): void {
    const entry = this.#entryOf.get(socket);
    if (entry) this.#release(entry);
  }

  /** The connection is a session's from now on. */
  noteUpgraded(socket: object): void {
    const entry = this.#entryOf.get(socket);
    if (entry) entry.upgraded = true;
  }

  /** Cuts every connection that matches and is no session's. */
  cut(matches: (facts: ConnectionFacts) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (!entry.upgraded && matches(entry)) entry.raw.destroy();
    }
  }

  /** Takes no connection any more, and cuts those that have asked for nothing yet. */
  close(): void {
    this.#open = false;
    for (const { raw, wait } of this.#entries.values()) if (wait !== null) raw.destroy();
  }

  /** Cuts every connection that is left. */
  destroy(): void {
    this.#open = false;
    for (const { raw } of this.#entries.values()) raw.destroy();
  }

  #hand(entry: Entry, speaksTls: boolean): void {
    const { clock, limits, http } = this.#options;
    if (speaksTls && this.#tls) {
      entry.wait = 'handshake';
      entry.dueMs = Math.min(entry.dueMs, clock.monotonic() + limits.tlsHandshakeDeadlineMs);
      this.#tls.emit('connection', entry.raw);
      return;
    }
    entry.wait = 'head';
    http.emit('connection', entry.raw);
    entry.raw.resume();
  }

  /** TLS tells of its own socket only, which has its two ends in common with the one below. */
  #secured(socket: TLSSocket): void {
    const { clock, limits, http } = this.#options;
    const entry = this.#entries.get(deriveName(socket) ?? '');
    if (!entry) {
      socket.destroy();
      return;
    }
    entry.stream = socket;
    entry.encrypted = true;
    entry.wait = 'head';
    entry.dueMs = clock.monotonic() + limits.headerDeadlineMs;
    this.#entryOf.set(socket, entry);
    http.emit('connection', socket);
  }

  /** It is waited for no longer, whatever it was waited for. */
  #release(entry: Entry): void {
    if (entry.wait === null) return;
    entry.wait = null;
    if (--this.#waiting > 0) return;
    void this.#deadlines?.cancel();
    this.#deadlines = null;
  }

  /** Looks for overdue connections as long as there are any that could be, and else rests. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      await clock.sleep(sweepMs, signal);
      const nowMs = clock.monotonic();
      for (const entry of this.#entries.values()) {
        if (entry.wait !== null && entry.dueMs <= nowMs) this.#end(entry);
      }
    }
  }

  /** Whoever speaks HTTP is told so; nobody else could read it. */
  #end(entry: Entry): void {
    if (entry.wait !== 'head') {
      entry.raw.destroy();
      return;
    }
    this.#release(entry);
    const late = Object.assign(new Error('No head in time.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    this.#options.http.emit('clientError', late, entry.stream);
  }
}

/** A packet from outside cannot have an address of loopback at either end: the system drops it. */
function hasLoopbackEnds({ remoteAddress, localAddress }: PeerEnds): boolean {
  return isLoopbackAddress(remoteAddress) && isLoopbackAddress(localAddress);
}

/** A connection's two ends, which no other has while it lives; null where it is gone already. */
function deriveName(socket: Socket): string | null {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (remoteAddress === undefined) return null;
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
