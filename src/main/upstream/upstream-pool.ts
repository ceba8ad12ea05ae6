import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { HostMirror } from './host-mirror.ts';

/** What of a mirror the pool handles. */
export type PooledMirror = Pick<HostMirror, 'close'>;

interface Entry<Mirror> {
  readonly mirror: Mirror;
  readonly holders: Set<TaskScope>;
}

/**
 * The connections to other hosts: one a host, however many windows watch it. It begins with the first that joins and
 * ends with the last, whose scopes decide: nothing counts by hand, so that no way of closing a window is forgotten.
 */
export class UpstreamPool<Mirror extends PooledMirror = HostMirror> {
  readonly #create: (hostId: string) => Mirror;
  readonly #entries = new Map<string, Entry<Mirror>>();
  readonly #closing = new Set<Promise<void>>();
  #open = true;

  constructor(create: (hostId: string) => Mirror) {
    this.#create = create;
  }

  /** Hosts that are watched. */
  get size(): number {
    return this.#entries.size;
  }

  /** How many watch a host. */
  holdersOf(hostId: string): number {
    return this.#entries.get(hostId)?.holders.size ?? 0;
  }

  /** The mirror of a host, held until `holder` closes. Joining twice is joining once. Throws `closed` after `close`. */
  join(hostId: string, holder: TaskScope): Mirror {
    if (!this.#open || holder.state !== 'open') {
      throw new MonitorError('closed', `Host "${hostId}" is not watched: whoever asks is closing.`);
    }
    const entry = this.#entries.get(hostId) ?? { mirror: this.#create(hostId), holders: new Set() };
    this.#entries.set(hostId, entry);
    if (!entry.holders.has(holder)) {
      entry.holders.add(holder);
      holder.adopt(`upstream ${hostId}`, () => this.#leave(hostId, entry, holder));
    }
    return entry.mirror;
  }

  /** Ends the connection to a host whoever holds it, so that who joins next gets a new one. */
  renew(hostId: string): void {
    const entry = this.#entries.get(hostId);
    if (entry) this.#end(hostId, entry);
  }

  /** Ends all connections, whoever holds them. Resolves when they have ended. Idempotent. */
  async close(): Promise<void> {
    this.#open = false;
    for (const [hostId, entry] of this.#entries) this.#end(hostId, entry);
    await Promise.all(this.#closing);
  }

  #leave(hostId: string, entry: Entry<Mirror>, holder: TaskScope): void {
    entry.holders.delete(holder);
    if (entry.holders.size === 0 && this.#entries.get(hostId) === entry) this.#end(hostId, entry);
  }

  /** Taken out at once: a window that opens meanwhile gets a connection of its own and does not wait for the old one. */
  #end(hostId: string, { mirror }: Entry<Mirror>): void {
    this.#entries.delete(hostId);
    const closing = mirror.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
