import type { ClientSession } from '../../core/client-session.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import type { ConnectionFacts } from './entrance.ts';

/** One open socket, as it counts. */
export interface Connection {
  readonly address: string;
  readonly facts: ConnectionFacts;
  /** Null until its client has shown a token. */
  readonly tokenId: string | null;
  /** Null for the moment before the session exists. */
  session: ClientSession | null;
}

/** Whether there is room. `address`: this address has its share; `all`: the host is full. */
export type RoomVerdict = 'room' | 'address' | 'all';

export type PoolLimits = Pick<
  Limits,
  'maxClients' | 'maxClientsPerAddress' | 'maxUnauthenticated' | 'maxUnauthenticatedPerAddress'
>;

/** A connection and where it is counted now. */
interface Counted extends Connection {
  tokenId: string | null;
  counter: Counter | null;
}

const ownMachine: ConnectionFacts = { isLocal: true, encrypted: false };

/**
 * Counts sockets in two pools: those that have shown a token, and those that have not. Neither takes room from
 * the other, so that strangers cannot keep paired viewers out.
 */
export class ClientPool {
  readonly #connections = new Set<Counted>();
  readonly #strangers: Counter;
  readonly #clients: Counter;

  constructor(limits: PoolLimits) {
    this.#strangers = new Counter(limits.maxUnauthenticated, limits.maxUnauthenticatedPerAddress);
    this.#clients = new Counter(limits.maxClients, limits.maxClientsPerAddress);
  }

  get size(): number {
    return this.#connections.size;
  }

  connections(): readonly Connection[] {
    return [...this.#connections];
  }

  /** Whether one more may come in without a token. */
  strangerRoom(address: string): RoomVerdict {
    return this.#strangers.room(address);
  }

  /** Whether one more may be served. */
  clientRoom(address: string): RoomVerdict {
    return this.#clients.room(address);
  }

  add(address: string, tokenId: string | null, facts: ConnectionFacts = ownMachine): Connection {
    const counter = tokenId === null ? this.#strangers : this.#clients;
    const connection: Counted = { address, facts, tokenId, session: null, counter };
    counter.add(address);
    this.#connections.add(connection);
    return connection;
  }

  /** The stranger has shown a token, and counts among the clients from now on. */
  admit(connection: Connection, tokenId: string): void {
    const counted = connection as Counted;
    if (counted.tokenId !== null || !this.#connections.has(counted)) return;
    counted.counter?.remove(counted.address);
    counted.tokenId = tokenId;
    counted.counter = this.#clients;
    this.#clients.add(counted.address);
  }

  /** It is being shown out, and has no claim to room among the clients any more. A stranger keeps its place. */
  release(connection: Connection): void {
    const counted = connection as Counted;
    if (counted.counter === this.#clients) this.#uncount(counted);
  }

  remove(connection: Connection): void {
    const counted = connection as Counted;
    this.#uncount(counted);
    this.#connections.delete(counted);
  }

  #uncount(counted: Counted): void {
    counted.counter?.remove(counted.address);
    counted.counter = null;
  }
}

/** How many there are, in all and from each address. */
class Counter {
  readonly #inAll: number;
  readonly #perAddress: number;
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  constructor(inAll: number, perAddress: number) {
    this.#inAll = inAll;
    this.#perAddress = perAddress;
  }

  room(address: string): RoomVerdict {
    if (this.#count >= this.#inAll) return 'all';
    return (this.#byAddress.get(address) ?? 0) >= this.#perAddress ? 'address' : 'room';
  }

  add(address: string): void {
    this.#count++;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
  }

  remove(address: string): void {
    this.#count--;
    const left = (this.#byAddress.get(address) ?? 0) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
