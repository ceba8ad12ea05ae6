import '../shared/lifecycle/disposable.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { GapMessage, Welcome } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import {
  parseMethodResult,
  type ClientMethod,
  type MethodParams,
  type MethodResult,
} from './client-methods.ts';
import { ClientSubscription, type ClientSample, type Seam } from './client-subscription.ts';
import type { Connect } from './client-transport.ts';
import { ConnectionManager } from './connection-manager.ts';
import type { SeamReason } from '../shared/series/sample.ts';
import type { ConnectionState } from './connection-state.ts';

/** Who hears of a connection. Each is called one at a time; what it throws is the caller's own. */
export interface ClientListeners {
  /** The connection is in another state: `live`, `stale` (nothing new comes), `backoff` (until the next try), `closed`. */
  readonly onState?: (state: ConnectionState) => void;
  /** The host has let this client in: what it is, and what it grants. Again after each reconnection. */
  readonly onWelcome?: (welcome: Welcome) => void;
  /** What follows does not continue what came before. The next sample of each subscription concerned carries it too. */
  readonly onSeam?: (seam: Seam) => void;
  /** The host refused a subscription, or a message. */
  readonly onRefused?: (code: string, message: string) => void;
}

export interface PulsewireClientOptions extends ClientListeners {
  readonly connect: Connect;
  /** The token, where it goes into the first message instead of a header. */
  readonly helloToken?: string | undefined;
  /** What the host lists this client as. */
  readonly name: string;
  readonly version: string;
  readonly clock?: Clock;
}

/** What is subscribed to: topics, and how often in milliseconds (250 to 3 600 000). */
export interface SubscribeOptions<T extends Topic> {
  readonly topics: readonly T[];
  readonly intervalMs: number;
}

/**
 * A client of one host that keeps its connection: it comes back by itself, with growing pauses, and resumes where it
 * was. Ended by `close`, which leaves nothing behind; until then it keeps a Node process alive.
 */
export class PulsewireClient implements AsyncDisposable {
  readonly #scope: TaskScope;
  readonly #manager: ConnectionManager;
  readonly #subscriptions = new Map<string, ClientSubscription>();
  readonly #ready: Promise<Welcome>;
  #settleReady: { resolve(welcome: Welcome): void; reject(error: MonitorError): void } | null = null;
  #welcome: Welcome | null = null;
  #count = 0;

  constructor({
    connect,
    helloToken,
    name,
    version,
    clock = systemClock,
    ...listeners
  }: PulsewireClientOptions) {
    this.#scope = new TaskScope('client', { clock });
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Who does not ask is not told: a rejection that nobody waits for would end a Node process.
    this.#ready.catch(() => undefined);
    this.#manager = new ConnectionManager({
      clock,
      scope: this.#scope,
      connect,
      client: { name, version },
      ...(helloToken !== undefined && { token: helloToken }),
      listener: {
        onState: (state) => {
          if (state.phase === 'closed') this.#settle(state);
          listeners.onState?.(state);
        },
        onWelcome: (welcome) => {
          this.#welcome = welcome;
          this.#settleReady?.resolve(welcome);
          this.#settleReady = null;
          listeners.onWelcome?.(welcome);
        },
        onSample: (message) => this.#subscriptions.get(message.id)?.receive(message),
        onSeam: (reason, gap) => {
          const seam = deriveSeam(reason, gap);
          if (gap) this.#subscriptions.get(gap.id)?.noteSeam(seam);
          else for (const subscription of this.#subscriptions.values()) subscription.noteSeam(seam);
          listeners.onSeam?.(seam);
        },
        onRefused: (code, message) => listeners.onRefused?.(code, message),
      },
    });
    this.#manager.start();
  }

  /** The connection as it is now. */
  get state(): ConnectionState {
    return this.#manager.state;
  }

  /** What the host said of itself and granted, newest; null before the first time. */
  get welcome(): Welcome | null {
    return this.#welcome;
  }

  /** Resolves when the host lets this client in for the first time; rejects with a MonitorError where it never will. */
  ready(): Promise<Welcome> {
    return this.#ready;
  }

  /**
   * Asks for topics: a snapshot of what is known, then a sample every `intervalMs`, to `listener` or to who iterates.
   * Holds across reconnections, and may be asked for before there is a connection. A topic that the host does not grant
   * is left out; see `welcome.capabilities`. Throws `closed` after `close`.
   */
  subscribe<const T extends Topic>(
    { topics, intervalMs }: SubscribeOptions<T>,
    listener?: (sample: ClientSample<T>) => void,
  ): ClientSubscription<T> {
    if (this.state.phase === 'closed') throw new MonitorError('closed', 'The client is closed.');
    const id = `s${++this.#count}`;
    const subscription = new ClientSubscription<T>(id, listener ?? null, () => {
      this.#subscriptions.delete(id);
      this.#manager.setDemand(id, null);
    });
    this.#subscriptions.set(id, subscription);
    this.#manager.setDemand(id, { topics, intervalMs });
    return subscription;
  }

  /**
   * Asks the host to do something and resolves with its answer. Rejects with a MonitorError: the host's own code, with
   * a remedy where it knows one; `timeout` after 10 s; `unavailable` without a connection, or where it was lost before
   * the answer came, so that it is not known whether it was done; it is never asked twice. `closed` after `close`.
   */
  async request<Method extends ClientMethod>(
    method: Method,
    params: MethodParams<Method>,
  ): Promise<MethodResult<Method>> {
    return parseMethodResult(method, await this.#manager.request(method, { ...params }));
  }

  /** Does not wait any longer for the next try, where one is waited for. */
  retryNow(): void {
    this.#manager.retryNow();
  }

  /** Ends the connection and every subscription. Resolves when nothing of it is left. Idempotent. */
  async close(): Promise<void> {
    await this.#scope.close('The client was closed.');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #settle({ reason }: Extract<ConnectionState, { phase: 'closed' }>): void {
    const error = reason.code === 'clientClosed' ? null : deriveError(reason.code, reason.message);
    this.#settleReady?.reject(error ?? new MonitorError('closed', 'The client was closed.'));
    this.#settleReady = null;
    for (const subscription of this.#subscriptions.values()) subscription.settle(error);
    this.#subscriptions.clear();
  }
}

function deriveSeam(reason: SeamReason, gap: GapMessage | undefined): Seam {
  if (gap) return { reason: 'lost', fromSeq: gap.fromSeq, toSeq: gap.toSeq, cause: gap.reason };
  return { reason: reason === 'restarted' ? 'restarted' : 'paused' };
}

function deriveError(code: string, message: string): MonitorError {
  if (code === 'unauthorized' || code === 'revoked') return new MonitorError('unauthorized', message);
  if (code === 'protocolVersion') return new MonitorError('unsupported', message);
  return new MonitorError('forbidden', message);
}
