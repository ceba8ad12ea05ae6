import { createServer, type Server, type Socket } from 'node:net';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { listen } from './http-server.ts';

/** Every address of IPv6 and IPv4 at once. */
export const anyAddress = '::';
const anyIPv4 = '0.0.0.0';
/** What a machine without IPv6 says to its wildcard. */
const noIPv6Codes: ReadonlySet<string | undefined> = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

export interface ListeningOptions {
  /** Takes over each connection. */
  readonly accept: (socket: Socket) => void;
  /** Hears of each server before it listens. */
  readonly prepare: (server: Server) => void;
  readonly onError: (error: Error) => void;
}

/**
 * The sockets on which the host listens, all on one port, changed as one: either all of the wanted addresses are
 * listened on, or those that were before. Connections that came in stay as they are whatever becomes of these.
 */
export class ListeningSockets {
  readonly #options: ListeningOptions;
  readonly #servers = new Map<string, Server>();
  #port = 0;
  #isClosed = false;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens on one address, on `port` or, unless `exact`, the next free one. Throws `unavailable`. */
  async open(address: string, port: number, exact: boolean): Promise<void> {
    if (this.#isClosed) throw new MonitorError('closed', 'The host is shutting down.');
    const server = createServer({ allowHalfOpen: true, noDelay: true }, this.#options.accept);
    this.#options.prepare(server);
    try {
      this.#port = await listen(server, port, address, exact);
    } catch (thrown) {
      const { cause } = thrown as { cause?: NodeJS.ErrnoException };
      if (address !== anyAddress || !noIPv6Codes.has(cause?.code)) throw thrown;
      this.#port = await listen(server, port, anyIPv4, exact);
    }
    server.on('error', this.#options.onError);
    this.#servers.set(address, server);
    // It may have closed while this one was being opened.
    if (this.#isClosed) await this.close();
  }

  /**
   * Listens on these addresses and no other. An address cannot be listened on beside the wildcard that covers it, so
   * that what is no longer wanted is let go first. Throws `unavailable`, with all as it was before.
   */
  async change(addresses: readonly string[]): Promise<void> {
    const before = [...this.#servers.keys()];
    try {
      await this.#replace(addresses);
    } catch (thrown) {
      await this.#replace(before).catch((again: unknown) => {
        this.#options.onError(MonitorError.from(again));
      });
      throw thrown;
    }
  }

  /** Listens on nothing any more. Resolves once the connections have ended too, which others see to. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const servers = [...this.#servers.values()];
    this.#servers.clear();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #replace(addresses: readonly string[]): Promise<void> {
    for (const [address, server] of this.#servers) {
      if (addresses.includes(address)) continue;
      server.close();
      this.#servers.delete(address);
    }
    for (const address of addresses) {
      if (!this.#servers.has(address)) await this.open(address, this.#port, true);
    }
  }
}
