import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { Task } from '../shared/lifecycle/task.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import {
  encodeMessage,
  protocolVersion,
  ServerMessageReader,
  UndecodableError,
  UnknownTypeError,
  type ClientMessage,
  type GapMessage,
  type SampleMessage,
  type ServerMessage,
  type SnapshotMessage,
  type Welcome,
} from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { SeamReason } from '../shared/series/sample.ts';
import type { ClientTransport, Connect } from './client-transport.ts';
import { ReceivedSamples } from './received-samples.ts';
import { HostInterval } from './host-interval.ts';
import { PendingRequests } from './pending-requests.ts';
import {
  initialConnectionState,
  transition,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type LossReason,
} from './connection-state.ts';

/** What a view wants to be told, and how often. */
export interface Demand {
  readonly topics: readonly Topic[];
  readonly intervalMs: number;
}

/** What the manager tells its owner. Called one at a time, never from within a call to the manager's methods. */
export interface ConnectionListener {
  onState(state: ConnectionState): void;
  onWelcome(welcome: Welcome): void;
  onSample(message: SampleMessage | SnapshotMessage): void;
  /** What follows does not continue what came before: samples were lost, or the host began anew. */
  onSeam(reason: SeamReason, gap?: GapMessage): void;
  /** The host refused a subscription, or a message of ours. */
  onRefused(code: string, message: string): void;
}

export interface ConnectionManagerOptions {
  readonly clock: Clock;
  /** Owns every task of the manager; closing it closes the connection. */
  readonly scope: TaskScope;
  readonly connect: Connect;
  readonly client: { readonly name: string; readonly version: string };
  readonly token?: string;
  readonly listener: ConnectionListener;
  /** From 0 to 1. Default `Math.random`. */
  readonly random?: () => number;
  /** How long connecting may take, and then the welcome. Default 8 000 ms, and 5 000 ms at most for the welcome. */
  readonly deadlineMs?: number;
  /** How long the answer to a request may take. Default 10 000 ms. */
  readonly requestDeadlineMs?: number;
}

/** Acknowledgements are sent at most this often; one stands for all before it. */
const ackSpacingMs = 250;
const defaultDeadlineMs = 8_000;
const maxGreetingMs = 5_000;
/** How long a silent host may take to answer a ping: longer than a Wi-Fi hiccup or a busy event loop. */
const answerDeadlineMs = 4_000;
/** The same where somebody waits before the page. */
const hurriedAnswerDeadlineMs = 2_000;
/** Who is asked so seldom that nothing need come for so long is pinged, lest a dead link go unnoticed. */
const quietMs = 10_000;
/** A timer so late says more of this process than of the host. */
const lateMs = 1_000;
/** Until what came while this process was stopped has been heard. Not 0: timers that are due are called one after the other, before any socket is read. */
const hearFirstMs = 100;
/** Turns of the loop that looks. */
const quietTurnMs = 5_000;

const cutOff = 'The connection ended before the host answered; whether it did what was asked is not known.';

type Timer = 'deadline' | 'watchdog' | 'retry' | 'ack' | 'ping';

/**
 * Keeps one connection alive: opens it, greets, subscribes to what is demanded, acknowledges, notices silence,
 * and comes back with backoff, resuming where it was. All decisions are `transition`'s; this only carries out
 * effects and turns what happens into events.
 */
export class ConnectionManager {
  readonly #options: ConnectionManagerOptions;
  readonly #random: () => number;
  readonly #demands = new Map<string, Demand>();
  readonly #timers = new Map<Timer, Task>();
  readonly #requests: PendingRequests;
  #state: ConnectionState = initialConnectionState;
  #transport: ClientTransport | null = null;
  #reader: ServerMessageReader | null = null;
  #opening: Task | null = null;
  #bye: LossReason | null = null;
  #welcome: Welcome | null = null;
  readonly #received = new ReceivedSamples();
  #newestSeq: number | null = null;
  #heardMs = -Infinity;
  readonly #hostInterval = new HostInterval();
  #quiet: Task | null = null;
  #visible = true;
  #ackedSeq = -1;
  #lastAckMs = -Infinity;

  constructor(options: ConnectionManagerOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    const { clock, scope, requestDeadlineMs: deadlineMs } = options;
    this.#requests = new PendingRequests({ clock, scope, deadlineMs });
    scope.adopt('connection', () => this.close());
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Begins. Once. */
  start(): void {
    this.#dispatch({ type: 'started' });
  }

  /** Does not wait any longer for the next try. */
  retryNow(): void {
    this.#dispatch({ type: 'retryDue' });
  }

  /** Looks whether the host is there: at once where a try is waited for, by a ping where there is a connection. */
  checkNow(): void {
    this.#dispatch({ type: 'checkAsked' });
  }

  /** Ends the connection for good. Idempotent. */
  close(): void {
    this.#dispatch({ type: 'closeAsked' });
  }

  /** Sets what subscription `id` asks for; null ends it. */
  setDemand(id: string, demand: Demand | null): void {
    const had = this.#demands.delete(id);
    this.#received.forget(id);
    if (demand) this.#demands.set(id, demand);
    if (!this.#isConnected() || !this.#visible) return;
    if (demand) this.#subscribe(id, demand);
    else if (had) this.#send({ type: 'unsubscribe', id });
    this.#arm('watchdog');
  }

  /**
   * Asks the host to do something and resolves with its answer, whose shape is the method's. Rejects with a
   * MonitorError: the host's own (code and remedy kept), `timeout`, `unavailable` where there is no connection or it
   * was lost on the way, `closed` after `close`. Never sent twice, since what was asked may have been done.
   */
  async request(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#state.phase === 'closed') throw new MonitorError('closed', 'The connection is closed.');
    if (!this.#isConnected()) throw new MonitorError('unavailable', 'There is no connection to the host.');
    return this.#requests.request(method, params, (message) => this.#send(message));
  }

  /** A page that nobody sees asks for nothing. Becoming visible asks for everything again. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) {
      if (this.#welcome) this.#options.listener.onSeam('paused');
      if (this.#isConnected()) {
        this.#subscribeAll();
        this.#arm('watchdog');
      }
      // A phone that slept does not know yet that its connection is gone.
      this.checkNow();
      return;
    }
    this.#disarm('watchdog');
    this.#disarm('ping');
    // What it does not ask for it has not missed.
    this.#received.forgetAll();
    if (!this.#isConnected()) return;
    for (const id of this.#demands.keys()) this.#send({ type: 'unsubscribe', id });
  }

  #isConnected(): boolean {
    return this.#state.phase === 'live' || this.#state.phase === 'stale';
  }

  #dispatch(event: ConnectionEvent): void {
    const [next, effects] = transition(this.#state, event);
    const changed = next !== this.#state;
    this.#state = next;
    for (const effect of effects) this.#perform(effect);
    if (changed) this.#options.listener.onState(next);
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'open':
        return this.#open();
      case 'greet':
        return this.#greet();
      case 'subscribe':
        return this.#visible ? this.#subscribeAll() : undefined;
      case 'armDeadline':
        return this.#arm('deadline');
      case 'disarmDeadline':
        return this.#disarm('deadline');
      case 'armWatchdog':
        return this.#arm('watchdog');
      case 'disarmWatchdog':
        return this.#disarm('watchdog');
      case 'ping':
        return this.#ping(this.#state.phase === 'live' ? hurriedAnswerDeadlineMs : answerDeadlineMs);
      case 'disarmPing':
        return this.#disarm('ping');
      case 'armRetry':
        return this.#arm('retry', effect.delayMs);
      case 'disarmRetry':
        return this.#disarm('retry');
      case 'drop':
        return this.#drop();
    }
  }

  #open(): void {
    const { scope, connect } = this.#options;
    if (scope.state !== 'open') return;
    this.#bye = null;
    this.#opening = scope.spawn('connect', async (signal) => {
      let transport: ClientTransport;
      try {
        transport = await connect(signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        this.#dispatch({ type: 'lost', reason: deriveLoss(thrown), random: this.#random() });
        return;
      }
      if (signal.aborted) {
        transport.close();
        return;
      }
      this.#transport = transport;
      this.#reader = new ServerMessageReader(transport.encoding);
      transport.onMessage((frame) => {
        if (this.#transport === transport) this.#receive(frame);
      });
      void transport.closed.then((reason) => {
        if (this.#transport !== transport) return;
        this.#dispatch({ type: 'lost', reason: this.#bye ?? reason, random: this.#random() });
      });
      this.#dispatch({ type: 'opened' });
    });
  }

  /** One is under way at most; whatever the host says answers it. */
  #ping(deadlineMs: number): void {
    if (this.#timers.has('ping')) return;
    this.#send({ type: 'ping', t: this.#options.clock.monotonic() });
    this.#arm('ping', deadlineMs);
  }

  #watchQuiet(): void {
    const { scope, clock } = this.#options;
    if (scope.state !== 'open') return;
    this.#quiet = scope.loop('quiet', quietTurnMs, () => {
      if (this.#visible && clock.monotonic() - this.#heardMs >= quietMs) this.#ping(answerDeadlineMs);
    });
  }

  #drop(): void {
    void this.#opening?.cancel();
    this.#opening = null;
    void this.#quiet?.cancel();
    this.#quiet = null;
    this.#disarm('ack');
    const transport = this.#transport;
    this.#transport = null;
    transport?.close();
    this.#requests.rejectAll(
      this.#state.phase === 'closed'
        ? new MonitorError('closed', cutOff)
        : new MonitorError('unavailable', cutOff),
    );
  }

  #greet(): void {
    const { client, token } = this.#options;
    // For hosts that do not know `afterSeq`; what some subscriptions have already comes again, and is not passed on.
    const seq = this.#received.oldestSeq;
    const resume = this.#welcome && seq !== null ? { sessionId: this.#welcome.sessionId, seq } : undefined;
    this.#send({ type: 'hello', protocol: protocolVersion, client, token, resume });
  }

  #subscribeAll(): void {
    for (const [id, demand] of this.#demands) this.#subscribe(id, demand);
  }

  #subscribe(id: string, demand: Demand): void {
    const granted = this.#welcome?.capabilities.topics ?? [];
    const topics = demand.topics.filter((topic) => granted.includes(topic));
    if (topics.length === 0) return;
    const intervalMs = Math.max(demand.intervalMs, this.#welcome?.limits.minIntervalMs ?? 0);
    this.#send({ type: 'subscribe', id, topics, intervalMs, afterSeq: this.#received.begin(id) });
  }

  #send(message: ClientMessage): void {
    const transport = this.#transport;
    transport?.send(encodeMessage(message, transport.encoding));
  }

  #receive(frame: unknown): void {
    this.#heardMs = this.#options.clock.monotonic();
    this.#disarm('ping');
    let message: ServerMessage | null | undefined;
    try {
      message = this.#reader?.read(frame);
    } catch (thrown) {
      if (thrown instanceof UndecodableError) {
        const reason: LossReason = { code: 'invalidMessage', message: thrown.message };
        this.#dispatch({ type: 'lost', reason, random: this.#random() });
        return;
      }
      // A newer host may say more than this page knows; what is malformed is not shown as if it were true.
      if (!(thrown instanceof UnknownTypeError)) {
        const error = MonitorError.from(thrown);
        this.#options.listener.onRefused(error.code, error.message);
      }
      return;
    }
    if (message) this.#handle(message);
  }

  #handle(message: ServerMessage): void {
    const { listener } = this.#options;
    switch (message.type) {
      case 'welcome': {
        const restarted = this.#welcome !== null && this.#welcome.host.instanceId !== message.host.instanceId;
        if (restarted) {
          this.#received.forgetAll();
          this.#newestSeq = null;
          listener.onSeam('restarted');
        }
        this.#ackedSeq = -1;
        this.#welcome = message;
        this.#hostInterval.forget();
        listener.onWelcome(message);
        this.#dispatch({ type: 'welcomed' });
        this.#watchQuiet();
        return;
      }
      case 'snapshot':
      case 'sample':
        if (!this.#demands.has(message.id)) return;
        this.#newestSeq = Math.max(this.#newestSeq ?? 0, message.seq);
        this.#hostInterval.note(message);
        if (this.#received.take(message)) listener.onSample(message);
        this.#dispatch({ type: 'sampleReceived' });
        this.#acknowledge();
        return;
      case 'gap':
        if (this.#received.takeGap(message)) listener.onSeam('lost', message);
        return;
      case 'result':
        this.#requests.settle(message);
        return;
      case 'error':
        if (!this.#requests.settle(message)) listener.onRefused(message.code, message.message);
        return;
      case 'bye':
        this.#bye = { code: message.code, message: message.reason };
        this.#dispatch({ type: 'lost', reason: this.#bye, random: this.#random() });
        return;
      case 'done':
      case 'pong':
        return;
    }
  }

  /** At once where the last was long enough ago, so that a backlog of many samples is answered by few messages. */
  #acknowledge(): void {
    if (this.#newestSeq === null || this.#newestSeq <= this.#ackedSeq || this.#timers.has('ack')) return;
    const waitMs = this.#lastAckMs + ackSpacingMs - this.#options.clock.monotonic();
    if (waitMs > 0) {
      this.#arm('ack', waitMs);
      return;
    }
    this.#lastAckMs = this.#options.clock.monotonic();
    this.#ackedSeq = this.#newestSeq;
    this.#send({ type: 'ack', seq: this.#newestSeq });
  }

  #arm(timer: Timer, delayMs = this.#delayOf(timer)): void {
    this.#disarm(timer);
    const { scope, clock } = this.#options;
    if (scope.state !== 'open' || delayMs === null) return;
    const dueMs = clock.monotonic() + delayMs;
    const task = scope.spawn(timer, async (signal) => {
      await clock.sleep(delayMs, signal);
      // This process was stopped or suspended. What has come meanwhile is heard before anything is concluded or sent:
      // to a host that has closed the connection, what is sent would lose what it said last.
      if (clock.monotonic() - dueMs > lateMs) await clock.sleep(hearFirstMs, signal);
      this.#timers.delete(timer);
      this.#onTimer(timer);
    });
    this.#timers.set(timer, task);
  }

  #disarm(timer: Timer): void {
    void this.#timers.get(timer)?.cancel();
    this.#timers.delete(timer);
  }

  #onTimer(timer: Timer): void {
    if (timer === 'deadline') this.#dispatch({ type: 'deadlinePassed', random: this.#random() });
    else if (timer === 'watchdog') this.#dispatch({ type: 'watchdogPassed' });
    else if (timer === 'ping') this.#dispatch({ type: 'silent', random: this.#random() });
    else if (timer === 'retry') this.#dispatch({ type: 'retryDue' });
    else this.#acknowledge();
  }

  #delayOf(timer: Timer): number | null {
    if (timer === 'deadline') {
      const deadlineMs = this.#options.deadlineMs ?? defaultDeadlineMs;
      return this.#state.phase === 'handshaking' ? Math.min(deadlineMs, maxGreetingMs) : deadlineMs;
    }
    if (!this.#visible || this.#demands.size === 0) return null;
    const intervals = [...this.#demands.values()].map((demand) => demand.intervalMs);
    const shortestMs = Math.max(Math.min(...intervals), this.#hostInterval.ms);
    return this.#state.phase === 'stale' ? Math.max(2 * shortestMs, answerDeadlineMs) : 2 * shortestMs;
  }
}

/** Why no connection was made. A refusal that will not change stays what it is; anything else may pass. */
function deriveLoss(thrown: unknown): LossReason {
  const { code, message } = MonitorError.from(thrown);
  const isRefusal = code === 'unauthorized' || code === 'forbidden' || code === 'limitExceeded';
  return { code: isRefusal ? code : 'disconnected', message };
}
