import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import {
  parseClientMessage,
  UnknownTypeError,
  type ClientMessage,
  type Encoding,
  type Frame,
  type Hello,
} from '../shared/protocol/index.ts';
import type { Ledger } from '../shared/series/raw/diagnostics.ts';
import { Deadline } from './deadline.ts';
import type { Grant } from './grant.ts';
import { Outbox } from './outbox.ts';
import type { AcceptOptions, ClientKind, SessionHost } from './session-host.ts';
import { SessionRequests } from './session-requests.ts';
import {
  initialSession,
  transition,
  type SessionEffect,
  type SessionEvent,
  type SessionPhase,
  type SessionState,
} from './session-state.ts';
import { SessionSubscriptions } from './session-subscriptions.ts';
import { createWelcome } from './session-welcome.ts';
import { TokenBucket } from './token-bucket.ts';
import type { CloseReason, Transport } from './transport.ts';

/** How a client came to be in a phase, and when by the monotonic clock. */
export interface SessionTransition {
  readonly state: SessionPhase;
  readonly event: SessionEvent['type'] | 'accepted';
  readonly atMs: number;
}

/** How many messages may wait while a token is being looked up. */
const maxHeld = 16;
/** How many transitions are remembered, the newest. */
const maxTransitions = 10;

/**
 * One client: one transport, one scope, the protocol. Drives `session-state.ts`: what happens to the client goes in as
 * an event, and what comes out is done. Everything that it starts belongs to its scope, so that closing that scope
 * ends all of it.
 */
export class ClientSession {
  readonly id: string;
  readonly kind: ClientKind;
  readonly address: string | null;
  readonly openedMs: number;
  readonly scope: TaskScope;
  readonly #host: SessionHost;
  readonly #transport: Transport;
  readonly #options: AcceptOptions;
  readonly #bucket: TokenBucket;
  readonly #outbox: Outbox;
  readonly #deadline: Deadline;
  readonly #subscriptions: SessionSubscriptions;
  #transitions: readonly SessionTransition[] = [];
  /** Few clients ask for anything. */
  #requests: SessionRequests | null = null;
  #state: SessionState;
  #grant: Grant | null = null;
  #clientName = '';
  #resume: Hello['resume'];
  #held: ClientMessage[] | null = null;
  #welcomedMs = 0;
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
    this.#outbox = new Outbox(transport);
    this.#deadline = new Deadline(host.clock, () => this.#dispatch({ type: 'deadlinePassed' }));
    this.#subscriptions = new SessionSubscriptions(this, host, transport, this.#outbox);
    scope.adopt('transport', () => this.#endTransport());
    scope.adopt('subscriptions', this.#subscriptions);
    const [state, effects] = initialSession;
    this.#state = state;
    this.#noteTransition('accepted');
    for (const effect of effects) this.#perform(effect, null);
    transport.onMessage((frame) => this.#receive(frame));
    void transport.closed.then((reason) => this.#dispatch({ type: 'transportClosed', reason }));
  }

  get state(): SessionPhase {
    return this.#state.phase;
  }

  /** How it came to be there, oldest first; the newest ten. */
  get transitions(): readonly SessionTransition[] {
    return this.#transitions;
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
    return this.#outbox.bytes;
  }

  get sentFrames(): number {
    return this.#outbox.frames;
  }

  /** Samples among them. */
  get sent(): number {
    return this.#subscriptions.sent;
  }

  /** Samples that were replaced by newer ones before they could be sent. */
  get dropped(): number {
    return this.#subscriptions.dropped;
  }

  /** Snapshots that were sent in place of them. */
  get coalesced(): number {
    return this.#subscriptions.coalesced;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.subscriptions.length;
  }

  get queuedBytes(): number {
    return this.#transport.queuedBytes;
  }

  get unacknowledged(): number {
    return this.#subscriptions.unacknowledged;
  }

  get encoding(): Encoding {
    return this.#transport.encoding;
  }

  get roundTripMs(): number | null {
    return this.#transport.roundTripMs;
  }

  /** What it holds of the host, counted where it is held. All zero once it has closed, or there is a defect. */
  get ledger(): Ledger {
    return {
      timers: Number(this.#deadline.isArmed) + Number(this.#subscriptions.isLookedAt),
      subscriptions: this.subscriptionCount,
      bufferedBytes: this.queuedBytes,
      requests: this.#requests?.underWay ?? 0,
    };
  }

  get lastError(): string | null {
    return this.#lastError ?? this.#requests?.lastError ?? null;
  }

  /** Why it closes or closed; null before. */
  get closeReason(): CloseReason | null {
    return 'reason' in this.#state ? this.#state.reason : null;
  }

  /** Ends the session: says bye, closes the transport, ends all that it owns. Idempotent: the first reason stands. */
  close(reason: CloseReason): Promise<void> {
    this.#dispatch({ type: 'closeAsked', reason });
    return this.#host.close(this, this.closeReason ?? reason);
  }

  /** Likewise, because of what the client did. */
  refuse(reason: CloseReason): void {
    if (!this.closeReason) this.#lastError = `${reason.code}: ${reason.message}`;
    this.#dispatch({ type: 'closeAsked', reason });
  }

  #dispatch(event: SessionEvent, message: ClientMessage | null = null): void {
    const before = this.#state.phase;
    const [state, effects] = transition(this.#state, event);
    this.#state = state;
    if (state.phase !== before) this.#noteTransition(event.type);
    if ('reason' in state) this.#subscriptions.close();
    for (const effect of effects) this.#perform(effect, message);
  }

  #noteTransition(event: SessionTransition['event']): void {
    const entered = { state: this.#state.phase, event, atMs: this.#host.clock.monotonic() };
    // Not spread, which would make room for more than there will be: there are thousands of clients.
    this.#transitions = this.#transitions.slice(1 - maxTransitions).concat(entered);
  }

  #perform(effect: SessionEffect, message: ClientMessage | null): void {
    const { limits } = this.#host;
    switch (effect.type) {
      case 'armGreetingDeadline':
        return this.#deadline.arm(limits.greetingDeadlineMs);
      case 'armDrainingDeadline':
        return this.#deadline.arm(limits.closeGraceMs);
      case 'disarmDeadline':
        return this.#deadline.disarm();
      case 'authenticate':
        return this.#authenticate(message as Hello);
      case 'hold':
        return this.#hold(message!);
      case 'welcome':
        return this.#welcome();
      case 'handle':
        return this.#handle(message!);
      case 'sayBye':
        return this.#outbox.send({ type: 'bye', code: effect.reason.code, reason: effect.reason.message });
      case 'closeTransport':
        return this.#transport.close(effect.reason);
      case 'terminateTransport':
        return this.#transport.terminate();
      case 'end':
        this.#options.onDraining?.();
        void this.#host.close(this, effect.reason);
    }
  }

  /** The scope closes. Where that was not by way of the state, the client is told now. */
  async #endTransport(): Promise<void> {
    this.#dispatch({ type: 'closeAsked', reason: { code: 'shutdown', message: 'The host closes.' } });
    await this.#transport.closed;
  }

  #receive(frame: Frame): void {
    if (this.closeReason) return;
    if (!this.#bucket.take()) {
      const message = `More than ${this.#host.limits.messagesPerSecond} messages a second.`;
      return this.refuse({ code: 'rateLimited', message });
    }
    let message: ClientMessage;
    try {
      message = parseClientMessage(frame, this.encoding);
    } catch (thrown) {
      return this.#receiveMalformed(MonitorError.from(thrown));
    }
    this.#take(message);
  }

  #receiveMalformed(error: MonitorError): void {
    if (!(error instanceof UnknownTypeError) || this.#state.phase !== 'live') {
      return this.refuse({ code: 'invalidMessage', message: error.message });
    }
    this.#lastError = error.message;
    this.#outbox.send({ type: 'error', code: 'unknownType', message: error.message, retryable: false });
  }

  #take(message: ClientMessage): void {
    const isHello = message.type === 'hello';
    this.#dispatch(
      isHello ? { type: 'helloReceived' } : { type: 'messageReceived', name: message.type },
      message,
    );
  }

  #hold(message: ClientMessage): void {
    this.#held ??= [];
    if (this.#held.length < maxHeld) this.#held.push(message);
    else this.refuse({ code: 'limitExceeded', message: 'Too many messages before the welcome.' });
  }

  #authenticate(hello: Hello): void {
    this.#resume = hello.resume;
    this.#clientName = hello.client.name;
    const { grant, authenticate } = this.#options;
    const decided = grant ?? authenticate?.(hello.token) ?? null;
    if (!(decided instanceof Promise)) return this.#admit(decided);
    this.scope.spawn('authentication', async (signal) => {
      const found = await decided;
      if (!signal.aborted) this.#admit(found);
    });
  }

  #admit(grant: Grant | null): void {
    if (!grant) {
      const message = 'The token is missing, unknown, expired or revoked.';
      return this.refuse({ code: 'unauthorized', message });
    }
    this.#grant = grant;
    this.#dispatch({ type: 'admitted' });
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.#take(message);
  }

  #welcome(): void {
    this.#welcomedMs = this.#host.clock.monotonic();
    this.#outbox.send(createWelcome(this.id, this.#grant!, this.#host, this.#options.encrypted));
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'subscribe':
        return this.#subscriptions.begin(message, this.#grant?.scope ?? 'vitals', this.#resumeSeq);
      case 'unsubscribe':
        this.#subscriptions.end(message.id);
        return this.#outbox.send({ type: 'done', id: message.id });
      case 'ack':
        return this.#subscriptions.noteAck(message.seq);
      case 'request':
        this.#requests ??= new SessionRequests(this, this.#host, this.#outbox);
        return this.#requests.answer(message.id, message.method, message.params ?? {});
      case 'ping':
        this.#outbox.send({ type: 'pong', t: message.t });
    }
  }

  /**
   * After which sample a client that came back goes on; null for who came anew, and for what is subscribed to later, of
   * which nothing was missed.
   */
  get #resumeSeq(): number | null {
    const resume = this.#resume;
    const isOurs = resume?.sessionId.startsWith(`${this.#host.instanceId}.`);
    const sinceMs = this.#host.clock.monotonic() - this.#welcomedMs;
    return resume && isOurs && sinceMs <= this.#host.limits.greetingDeadlineMs ? resume.seq : null;
  }
}
