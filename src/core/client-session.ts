import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { Task } from '../shared/lifecycle/task.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import {
  encodeMessage,
  parseClientMessage,
  protocolVersion,
  UnknownTypeError,
  type ClientMessage,
  type Encoding,
  type Frame,
  type Hello,
  type Limits,
  type ReasonCode,
  type ServerMessage,
  type SubscribeMessage,
  type Welcome,
} from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Ledger } from '../shared/series/raw/diagnostics.ts';
import type { Delivery } from './delivery.ts';
import { deriveCapabilities, type Grant } from './grant.ts';
import type { MetricsHub } from './metrics-hub.ts';
import { deriveProjection } from './projection.ts';
import { SendWindow } from './send-window.ts';
import type { Subscriber, Subscription } from './subscription.ts';
import { TokenBucket } from './token-bucket.ts';
import type { CloseReason, SharedFrame, Transport } from './transport.ts';

export type SessionState = 'greeting' | 'live' | 'draining' | 'closed';
export type ClientKind = 'window' | 'tray' | 'socket' | 'local';

/** Who a client is and how it is let in. */
export interface AcceptOptions {
  readonly kind: ClientKind;
  readonly address?: string | null;
  /** Given where the client was let in before its first message: a window, or a token in a header. */
  readonly grant?: Grant | null;
  /** Otherwise asked with the hello's token. Null refuses. */
  readonly authenticate?: (token: string | undefined) => Promise<Grant | null> | Grant | null;
  /** Called once, as soon as it is being shown out: its place may be given away. */
  readonly onDraining?: () => void;
}

/** What answers a `request`. What it returns travels as JSON; a MonitorError as its code and message. */
export type RequestHandler = (params: Readonly<Record<string, unknown>>, session: ClientSession) => unknown;

/** What a session needs of its host. */
export interface SessionHost {
  readonly clock: Clock;
  readonly hub: MetricsHub;
  readonly limits: Limits;
  readonly instanceId: string;
  readonly welcomeHost: Welcome['host'];
  readonly topics: readonly Topic[];
  hasMethod(method: string): boolean;
  minIntervalMs(topic: Topic): number;
  handler(method: string): RequestHandler | undefined;
  /** Told of a method that the client's scope does not allow. */
  noteRefusal(session: ClientSession, method: string): void;
  /** The one way in which a session ends: closes its scope. */
  close(session: ClientSession, reason: CloseReason): Promise<void>;
}

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** Failures that the same request may not meet again. */
const retryableCodes: ReadonlySet<string> = new Set(['timeout', 'unavailable', 'io', 'internal']);
/** How many messages may wait while a token is being looked up. */
const maxWaiting = 16;

/**
 * One client: one transport, one scope, the protocol. greeting → live → draining → closed. Everything that it
 * starts belongs to its scope, so that closing that scope ends all of it.
 */
export class ClientSession implements Subscriber {
  readonly id: string;
  readonly kind: ClientKind;
  readonly address: string | null;
  readonly openedMs: number;
  readonly scope: TaskScope;
  readonly #host: SessionHost;
  readonly #transport: Transport;
  readonly #options: AcceptOptions;
  readonly #bucket: TokenBucket;
  readonly #window: SendWindow;
  readonly subscriptions: Subscription[] = [];
  #state: SessionState = 'greeting';
  #grant: Grant | null = null;
  #clientName = '';
  #greeting: Task | null = null;
  #waiting: Frame[] | null = null;
  #resumeSeq: number | null = null;
  #closeReason: CloseReason | null = null;
  #sent = 0;
  #sentBytes = 0;
  #sentFrames = 0;
  #droppedBefore = 0;
  #coalescedBefore = 0;
  #lastError: string | null = null;

  constructor(id: string, scope: TaskScope, transport: Transport, host: SessionHost, options: AcceptOptions) {
    this.id = id;
    this.kind = options.kind;
    this.address = options.address ?? null;
    this.scope = scope;
    this.openedMs = host.clock.monotonic();
    this.#host = host;
    this.#transport = transport;
    this.#options = options;
    this.#bucket = new TokenBucket(host.clock, host.limits.messagesPerSecond, host.limits.messageBurst);
    this.#window = new SendWindow(host.clock, host.limits, transport);
    scope.adopt('transport', () => this.#endTransport());
    scope.adopt(
      'messages',
      transport.onMessage((frame) => this.#receive(frame)),
    );
    scope.adopt('subscriptions', () => {
      for (const subscription of [...this.subscriptions]) this.#endSubscription(subscription);
    });
    this.#greeting = scope.spawn('greeting deadline', async (signal) => {
      await host.clock.sleep(host.limits.greetingDeadlineMs, signal);
      void this.close({
        code: 'greetingTimeout',
        message: `No hello within ${host.limits.greetingDeadlineMs / 1_000} s.`,
      });
    });
    void transport.closed.then((reason) => this.close(reason));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** What the client was let in for; null before it is. */
  get grant(): Grant | null {
    return this.#grant;
  }

  /** Its own name for itself, or that of its token. */
  get name(): string {
    return this.#grant?.name ?? this.#clientName;
  }

  /** Everything that was handed to the transport, counted as it is written: text by its characters. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  get sentFrames(): number {
    return this.#sentFrames;
  }

  /** Samples among them. */
  get sent(): number {
    return this.#sent;
  }

  /** Samples that were replaced by newer ones before they could be sent. */
  get dropped(): number {
    let dropped = this.#droppedBefore;
    for (const subscription of this.subscriptions) dropped += subscription.dropped;
    return dropped;
  }

  /** Snapshots that were sent in place of them. */
  get coalesced(): number {
    let coalesced = this.#coalescedBefore;
    for (const subscription of this.subscriptions) coalesced += subscription.coalesced;
    return coalesced;
  }

  get subscriptionCount(): number {
    return this.subscriptions.length;
  }

  get queuedBytes(): number {
    return this.#transport.queuedBytes;
  }

  get unacknowledged(): number {
    return this.#window.unacknowledged;
  }

  get encoding(): Encoding {
    return this.#transport.encoding;
  }

  get roundTripMs(): number | null {
    return this.#transport.roundTripMs;
  }

  /** What it holds of the host. */
  get ledger(): Ledger {
    return {
      timers: this.#greeting ? 1 : 0,
      subscriptions: this.subscriptions.length,
      bufferedBytes: this.#transport.queuedBytes,
      requests: 0,
    };
  }

  get lastError(): string | null {
    return this.#lastError;
  }

  /** Why it closes or closed; null before. */
  get closeReason(): CloseReason | null {
    return this.#closeReason;
  }

  /** Ends the session: says bye, closes the transport, ends all that it owns. Idempotent. */
  close(reason: CloseReason): Promise<void> {
    if (!this.#closeReason) {
      this.#closeReason = reason;
      this.#options.onDraining?.();
    }
    return this.#host.close(this, this.#closeReason);
  }

  async #endTransport(): Promise<void> {
    this.#state = 'draining';
    const reason = this.#closeReason ?? { code: 'shutdown', message: 'The host closes.' };
    if (reason.code !== 'clientClosed' && reason.code !== 'disconnected') {
      this.#send({ type: 'bye', code: reason.code, reason: reason.message });
    }
    this.#transport.close(reason);
    await this.#transport.closed;
    this.#state = 'closed';
  }

  #receive(frame: Frame): void {
    if (this.#closeReason) return;
    if (!this.#bucket.take()) {
      this.#refuse('rateLimited', `More than ${this.#host.limits.messagesPerSecond} messages a second.`);
      return;
    }
    if (this.#waiting) {
      if (this.#waiting.length < maxWaiting) this.#waiting.push(frame);
      else this.#refuse('limitExceeded', 'Too many messages before the welcome.');
      return;
    }
    let message: ClientMessage;
    try {
      message = parseClientMessage(frame);
    } catch (thrown) {
      this.#receiveMalformed(MonitorError.from(thrown));
      return;
    }
    this.#handle(message);
  }

  #receiveMalformed(error: MonitorError): void {
    this.#lastError = error.message;
    if (error instanceof UnknownTypeError && this.#state === 'live') {
      this.#send({ type: 'error', code: 'unknownType', message: error.message, retryable: false });
      return;
    }
    this.#refuse('invalidMessage', error.message);
  }

  #handle(message: ClientMessage): void {
    if (message.type === 'hello') {
      if (this.#state !== 'greeting') this.#refuse('invalidState', 'A second hello on one connection.');
      else this.#greet(message);
      return;
    }
    if (this.#state !== 'live') {
      this.#refuse('invalidState', `"${message.type}" came before hello.`);
      return;
    }
    switch (message.type) {
      case 'subscribe':
        this.#subscribe(message);
        return;
      case 'unsubscribe':
        this.#unsubscribe(message.id);
        this.#send({ type: 'done', id: message.id });
        return;
      case 'ack':
        this.#window.noteAck(message.seq);
        for (const subscription of [...this.subscriptions]) this.onReady(subscription);
        return;
      case 'request':
        this.#request(message.id, message.method, message.params ?? {});
        return;
      case 'ping':
        this.#send({ type: 'pong', t: message.t });
    }
  }

  #greet(hello: Hello): void {
    this.#clientName = hello.client.name;
    const { grant, authenticate } = this.#options;
    const decided = grant ?? authenticate?.(hello.token) ?? null;
    if (!(decided instanceof Promise)) {
      this.#welcome(hello, decided);
      return;
    }
    this.#waiting = [];
    this.scope.spawn('authentication', async (signal) => {
      const found = await decided;
      if (signal.aborted) return;
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      this.#welcome(hello, found);
      for (const frame of waiting) this.#receive(frame);
    });
  }

  #welcome(hello: Hello, grant: Grant | null): void {
    if (!grant) {
      this.#refuse('unauthorized', 'The token is missing, unknown, expired or revoked.');
      return;
    }
    const { limits, instanceId } = this.#host;
    this.#grant = grant;
    this.#state = 'live';
    void this.#greeting?.cancel();
    this.#greeting = null;
    if (hello.resume?.sessionId.startsWith(`${instanceId}.`)) this.#resumeSeq = hello.resume.seq;
    const capabilities = deriveCapabilities(grant.scope, this.#host);
    this.#send({
      type: 'welcome',
      protocol: protocolVersion,
      sessionId: this.id,
      host: this.#host.welcomeHost,
      capabilities,
      limits: {
        maxSubscriptions: limits.maxSubscriptions,
        minIntervalMs: limits.minIntervalMs,
        maxInboundBytes: limits.maxInboundBytes,
        messagesPerSecond: limits.messagesPerSecond,
        maxUnacknowledged: limits.maxUnacknowledged,
      },
      topics: capabilities.topics.map((topic) => ({
        topic,
        minIntervalMs: Math.max(limits.minIntervalMs, this.#host.minIntervalMs(topic)),
      })),
    });
  }

  #subscribe({ id, topics, intervalMs }: SubscribeMessage): void {
    const { limits, hub } = this.#host;
    const fail = (code: ReasonCode, message: string): void =>
      this.#send({ type: 'error', id, code, message, retryable: false });
    const scope = this.#grant?.scope ?? 'vitals';
    const allowed = deriveCapabilities(scope, this.#host).topics;
    const forbidden = topics.filter((topic) => !allowed.includes(topic));
    if (forbidden.length > 0) return fail('forbidden', `Not granted: ${forbidden.join(', ')}.`);
    if (intervalMs < limits.minIntervalMs || intervalMs > limits.maxIntervalMs) {
      const range = `${limits.minIntervalMs} to ${limits.maxIntervalMs}`;
      return fail('limitExceeded', `intervalMs must be ${range}, and is ${intervalMs}.`);
    }
    this.#unsubscribe(id);
    if (this.subscriptions.length >= limits.maxSubscriptions) {
      return fail('limitExceeded', `At most ${limits.maxSubscriptions} subscriptions.`);
    }
    const { backlog } = hub.subscribe(
      { id, topics, intervalMs, encoding: this.#transport.encoding, projection: deriveProjection(scope) },
      this,
      this.#resumeSeq,
    );
    if (!backlog) return;
    if (backlog.gap) this.#send({ type: 'gap', id, ...backlog.gap, reason: 'expired' });
    for (const delivery of backlog.deliveries) this.#transmitShared(delivery);
    this.#sent += backlog.deliveries.length;
  }

  #unsubscribe(id: string): void {
    const known = this.subscriptions.find(({ request }) => request.id === id);
    if (known) this.#endSubscription(known);
  }

  #endSubscription(subscription: Subscription): void {
    this.#droppedBefore += subscription.dropped;
    this.#coalescedBefore += subscription.coalesced;
    subscription[Symbol.dispose]();
  }

  #request(id: string, method: string, params: Readonly<Record<string, unknown>>): void {
    const granted = deriveCapabilities(this.#grant?.scope ?? 'vitals', this.#host).methods.includes(method);
    const handler = this.#host.handler(method);
    if (!handler || !granted) {
      if (handler) this.#host.noteRefusal(this, method);
      this.#sendFailure(
        id,
        handler
          ? { code: 'forbidden', message: `Not granted: ${method}.` }
          : { code: 'unknownMethod', message: `There is no method "${method}" on this host.` },
      );
      return;
    }
    this.scope.spawn(`request ${method}`, async (signal) => {
      try {
        const value = await handler(params, this);
        if (!signal.aborted) this.#send({ type: 'result', id, value: value ?? null });
      } catch (thrown) {
        const error = MonitorError.from(thrown);
        this.#lastError = error.message;
        if (!signal.aborted) this.#sendFailure(id, error);
      }
    });
  }

  #sendFailure(
    id: string,
    { code, message, remedy }: Pick<ErrorMessage, 'code' | 'message'> & { remedy?: string | null },
  ): void {
    const retryable = retryableCodes.has(code);
    this.#send({ type: 'error', id, code, message, ...(remedy && { remedy }), retryable });
  }

  /** Sends what a subscription holds, if the client keeps up; else leaves it there, where newer replaces it. */
  onReady(subscription: Subscription): void {
    const { pendingBytes } = subscription;
    if (this.#state !== 'live' || pendingBytes === 0) return;
    const verdict = this.#window.judge(pendingBytes);
    if (verdict === 'hold') return;
    if (verdict === 'close') {
      this.#refuse('slowConsumer', 'The client does not read what it asked for.');
      return;
    }
    const delivery = subscription.isBehind ? this.#catchUp(subscription) : subscription.take();
    if (!delivery) return;
    this.#transmitShared(delivery);
    this.#sent++;
    this.#window.noteSent(delivery.seq);
  }

  cork(): void {
    this.#transport.cork();
  }

  uncork(): void {
    this.#transport.uncork();
  }

  #catchUp(subscription: Subscription): Delivery | null {
    const missed = subscription.catchUp();
    if (missed) this.#transmit(missed.gap);
    return missed?.snapshot ?? null;
  }

  #refuse(code: ReasonCode, message: string): void {
    this.#lastError = `${code}: ${message}`;
    void this.close({ code, message });
  }

  #send(message: ServerMessage): void {
    this.#transmit(encodeMessage(message));
  }

  #transmit(frame: Frame): void {
    this.#sentFrames++;
    this.#sentBytes += frame.length;
    this.#transport.send(frame);
  }

  #transmitShared(shared: SharedFrame): void {
    this.#sentFrames++;
    this.#sentBytes += shared.frame.length;
    this.#transport.sendShared(shared);
  }
}
