import type { IncomingMessage } from 'node:http';
import type { ConnectionFacts, Entrance } from './entrance.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** Who asks, and how that came here. */
export interface Caller {
  /** By which it is limited, and known to whoever looks at the viewers. */
  readonly address: string;
  /** The connection that ends here: the caller's own, or that of the proxy which asks for it. */
  readonly hop: ConnectionFacts;
  readonly isProxied: boolean;
  /** Whether the caller itself speaks TLS, to this host or to the proxy. */
  readonly encrypted: boolean;
}

/** Tells who is behind a request: of its connection, or of what a trusted proxy says of the one in front of that. */
export class Callers {
  readonly #entrance: Pick<Entrance, 'factsOf'>;
  readonly #proxies: TrustedProxies;

  constructor(entrance: Pick<Entrance, 'factsOf'>, proxies: TrustedProxies) {
    this.#entrance = entrance;
    this.#proxies = proxies;
  }

  of({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): Caller {
    const hop = this.#entrance.factsOf(socket);
    const forwarded = this.#proxies.derive(deriveAddress(socket.remoteAddress), headers);
    return { ...forwarded, hop, encrypted: forwarded.isProxied ? forwarded.encrypted : hop.encrypted };
  }
}

/** An address as it counts: IPv4 is IPv4, however the socket writes it. */
function deriveAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
}
