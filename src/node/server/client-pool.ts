import type { ClientSession } from '../../core/client-session.ts';
import type { Limits } from '../../shared/protocol/index.ts';

/** One open socket, as it counts. */
export interface Connection {
  readonly address: string;
  /** Null until its client has shown a token. */
  tokenId: string | null;
  /** Null for the moment before the session exists. */
  session: ClientSession | null;
}

/** Whether there is room. `address`: this address has its share; `all`: the host is full. */
export type RoomVerdict = 'room' | 'address' | 'all';

export type PoolLimits = Pick<
  Limits,
  'maxClients' | 'maxClientsPerAddress' | 'maxUnauthenticated' | 'maxUnauthenticatedPerAddress'
>;

/**
 * Counts sockets in two pools: those that have shown a token, and those that have not. Neither takes room from
 * the other, so that strangers cannot keep paired viewers out.
 */
export class ClientPool {
  readonly #limits: PoolLimits;
  readonly #connections = new Set<Connection>();

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#connections.size;
  }

  connections(): readonly Connection[] {
    return [...this.#connections];
  }

  /** Whether one more may come in without a token. */
  strangerRoom(address: string): RoomVerdict {
    const { maxUnauthenticated, maxUnauthenticatedPerAddress } = this.#limits;
    return this.#room(
      address,
      (connection) => !connection.tokenId,
      maxUnauthenticated,
      maxUnauthenticatedPerAddress,
    );
  }

  /** Whether one more may be served. */
  clientRoom(address: string): RoomVerdict {
    const { maxClients, maxClientsPerAddress } = this.#limits;
    return this.#room(address, isServed, maxClients, maxClientsPerAddress);
  }

  add(address: string, tokenId: string | null): Connection {
    const connection: Connection = { address, tokenId, session: null };
    this.#connections.add(connection);
    return connection;
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
  }

  #room(
    address: string,
    counts: (connection: Connection) => boolean,
    inAll: number,
    perAddress: number,
  ): RoomVerdict {
    let [all, here] = [0, 0];
    for (const connection of this.#connections) {
      if (!counts(connection)) continue;
      all++;
      if (connection.address === address) here++;
    }
    if (all >= inAll) return 'all';
    return here >= perAddress ? 'address' : 'room';
  }
}

/** A client that is being shown out has no claim to room any more. */
function isServed({ tokenId, session }: Connection): boolean {
  return tokenId !== null && (session === null || session.state === 'greeting' || session.state === 'live');
}
