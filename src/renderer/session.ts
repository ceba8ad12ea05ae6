import type { Clock } from '../shared/lifecycle/clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import { protocolVersion, type Welcome } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Sample } from '../shared/series/sample.ts';
import { ChartRegistry } from './charts/chart-registry.ts';
import { TimeView } from './charts/time-view.ts';
import { onPreferences, readPreferences } from './preferences/preferences.ts';
import { FrameTicker } from './store/frame-ticker.ts';
import { MetricsStore } from '../shared/series/rings/metrics-store.ts';
import type { Connect } from '../client/client-transport.ts';
import { ConnectionManager, type Demand } from '../client/connection-manager.ts';
import { Past } from './store/past.ts';
import { initialConnectionState, type ConnectionState } from '../client/connection-state.ts';

/** What views show of the connection. A new object whenever it changed. */
export interface SessionStatus {
  readonly connection: ConnectionState;
  /** Of the newest connection that was greeted. */
  readonly welcome: Welcome | null;
  /** When the newest sample arrived, as it was when the connection last changed. */
  readonly lastSampleWallMs: number | null;
  /** Monotonic time of the next try, while there is one to come. */
  readonly retryAtMs: number | null;
  /** What the host refused last. */
  readonly refusal: string | null;
  /** When the host lets this client in no more, by the host's wall clock; null where that is not known, or never. */
  readonly accessEndsWallMs: number | null;
}

export interface SessionOptions {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly clientName: string;
  readonly token?: string;
  readonly ticker?: FrameTicker<Topic>;
  /** How much of what the host has kept is asked for. Default an hour. */
  readonly pastMs?: number;
  /** What is known before there is a connection: readings of the same host, the newest last. */
  readonly recent?: readonly Sample[];
  /** Asked after each welcome: what the host lets this client do may have been changed since the last. */
  readonly readAccessEnd?: (signal: AbortSignal) => Promise<number | null>;
}

/**
 * All that one page holds: its connection, its store and the frame tick that joins them to what is drawn. Ended
 * by `close`, which leaves nothing behind.
 */
export class Session {
  readonly clock: Clock;
  readonly store: MetricsStore;
  readonly ticker: FrameTicker<Topic>;
  /** What all charts of the page show of time. */
  readonly timeView: TimeView;
  /** The charts that show it. */
  readonly charts = new ChartRegistry();
  /** Frames in which charts show what changed of it. */
  readonly viewTicker = new FrameTicker<'view'>();
  readonly #scope: TaskScope;
  readonly #manager: ConnectionManager;
  readonly #listeners = new Set<() => void>();
  readonly #demands = new Map<string, Demand>();
  readonly #past: Past;
  #status: SessionStatus = {
    connection: initialConnectionState,
    welcome: null,
    lastSampleWallMs: null,
    retryAtMs: null,
    refusal: null,
    accessEndsWallMs: null,
  };
  #lastSampleWallMs: number | null = null;

  constructor(options: SessionOptions) {
    const { clock, connect, clientName, token, ticker = new FrameTicker(), pastMs, readAccessEnd } = options;
    const { recent = [] } = options;
    this.clock = clock;
    this.ticker = ticker;
    this.timeView = new TimeView(readPreferences().chartWindowMs);
    this.store = new MetricsStore((topics) => ticker.mark(topics));
    this.#scope = new TaskScope('page', { clock });
    for (const sample of recent) this.store.apply(sample);
    this.#past = new Past({
      scope: this.#scope,
      store: this.store,
      sinceMs: pastMs,
      request: (method, params) => this.request(method, params),
    });
    this.timeView.onChange(() => this.viewTicker.mark(['view']));
    const stopFollowing = onPreferences(() => {
      const { chartWindowMs } = readPreferences();
      if (chartWindowMs !== this.timeView.state().windowMs) this.timeView.setWindow(chartWindowMs);
    });
    this.#scope.adopt('chart window', stopFollowing);
    this.#manager = new ConnectionManager({
      clock,
      scope: this.#scope,
      connect,
      token,
      client: { name: clientName, version: `viewer ${protocolVersion}` },
      listener: {
        onState: (connection) => {
          const retryAtMs = connection.phase === 'backoff' ? clock.monotonic() + connection.delayMs : null;
          this.#update({ connection, retryAtMs, lastSampleWallMs: this.#lastSampleWallMs });
        },
        onWelcome: (welcome) => {
          this.#update({ welcome, refusal: null });
          if (readAccessEnd && this.#scope.state === 'open') {
            this.#scope.spawn('access end', async (signal) => {
              this.#update({ accessEndsWallMs: await readAccessEnd(signal) });
            });
          }
        },
        onSample: (message) => {
          this.#lastSampleWallMs = clock.wall();
          this.store.apply(message);
          this.#past.ask(Object.keys(message.sections) as Topic[], this.#status.welcome);
        },
        onSeam: (reason, gap) => {
          const topics = gap && this.#demands.get(gap.id)?.topics;
          this.store.breakSeries(reason, topics);
          this.#past.forget(topics);
        },
        onRefused: (_code, message) => this.#update({ refusal: message }),
      },
    });
  }

  /** The connection as it is now. The same object until it changes. */
  readonly status = (): SessionStatus => this.#status;

  /** Hears of changes of `status`. Returns the unsubscribe. */
  readonly onStatus = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  start(): void {
    this.#manager.start();
  }

  /** Sets what `id` asks for; null ends it. What nobody asks for any more is forgotten. */
  setDemand(id: string, demand: Demand | null): void {
    this.#demands.delete(id);
    if (demand) this.#demands.set(id, demand);
    this.#manager.setDemand(id, demand);
    // Once the whole change is made: a page that goes and the one that comes may ask for the same.
    queueMicrotask(() => {
      const wanted = new Set([...this.#demands.values()].flatMap(({ topics }) => topics));
      this.store.keepOnly(wanted);
      this.#past.keepOnly(wanted);
    });
  }

  /** Asks the host to do something; see `ConnectionManager.request`. */
  request(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#manager.request(method, params);
  }

  setVisible(visible: boolean): void {
    this.#manager.setVisible(visible);
  }

  retryNow(): void {
    this.#manager.retryNow();
  }

  /** Looks at once whether the host is there; see `ConnectionManager.checkNow`. */
  checkNow(): void {
    this.#manager.checkNow();
  }

  async close(): Promise<void> {
    await this.#scope.close('the page closed');
  }

  #update(change: Partial<SessionStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
