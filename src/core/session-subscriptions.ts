import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { GrantScope, ReasonCode, SubscribeMessage } from '../shared/protocol/index.ts';
import type { Delivery } from './delivery.ts';
import { deriveCapabilities } from './grant.ts';
import type { Outbox } from './outbox.ts';
import { deriveProjection } from './projection.ts';
import { SendWindow } from './send-window.ts';
import type { SessionHost } from './session-host.ts';
import type { Subscriber, Subscription } from './subscription.ts';
import type { CloseReason, Transport } from './transport.ts';

/** How often a client that does not keep up is looked at. */
const lookEveryMs = 250;

/** What the subscriptions of a client need of its session. */
export interface SubscriptionsOwner {
  readonly scope: TaskScope;
  /** Shows the client out. */
  refuse(reason: CloseReason): void;
}

/** What one client has subscribed to, and what of it is on its way. Ends with the session's scope. */
export class SessionSubscriptions implements Subscriber, Disposable {
  subscriptions: readonly Subscription[] = [];
  readonly #owner: SubscriptionsOwner;
  readonly #host: SessionHost;
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  readonly #window: SendWindow;
  #isOpen = true;
  #isLookedAt = false;
  #sent = 0;
  #endedDropped = 0;
  #endedCoalesced = 0;

  constructor(owner: SubscriptionsOwner, host: SessionHost, transport: Transport, outbox: Outbox) {
    this.#owner = owner;
    this.#host = host;
    this.#transport = transport;
    this.#outbox = outbox;
    this.#window = new SendWindow(host.clock, host.limits, transport);
  }

  /** Samples that were sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Samples that were replaced by newer ones before they could be sent. */
  get dropped(): number {
    return this.subscriptions.reduce((sum, { dropped }) => sum + dropped, this.#endedDropped);
  }

  /** Snapshots that were sent in place of them. */
  get coalesced(): number {
    return this.subscriptions.reduce((sum, { coalesced }) => sum + coalesced, this.#endedCoalesced);
  }

  get expectsAnswer(): boolean {
    return this.#transport.expectsAnswer;
  }

  get unacknowledged(): number {
    return this.#window.unacknowledged;
  }

  /** Whether a timer runs because the client does not keep up. */
  get isLookedAt(): boolean {
    return this.#isLookedAt;
  }

  /**
   * Begins one. After `afterSeq` of the message or, where it says nothing, `resumeSeq` of the hello, the client gets what
   * it missed in place of a snapshot; what it changes under the same id it has not had before.
   */
  begin(message: SubscribeMessage, scope: GrantScope, resumeSeq: number | null): void {
    const { id, topics, intervalMs } = message;
    const { limits, hub } = this.#host;
    const fail = (code: ReasonCode, message: string): void =>
      this.#outbox.send({ type: 'error', id, code, message, retryable: false });
    const allowed = deriveCapabilities(scope, this.#host).topics;
    const forbidden = topics.filter((topic) => !allowed.includes(topic));
    if (forbidden.length > 0) return fail('forbidden', `Not granted: ${forbidden.join(', ')}.`);
    if (intervalMs < limits.minIntervalMs || intervalMs > limits.maxIntervalMs) {
      const range = `${limits.minIntervalMs} to ${limits.maxIntervalMs}`;
      return fail('limitExceeded', `intervalMs must be ${range}, and is ${intervalMs}.`);
    }
    const isChanged = this.end(id);
    if (this.subscriptions.length >= limits.maxSubscriptions) {
      return fail('limitExceeded', `At most ${limits.maxSubscriptions} subscriptions.`);
    }
    const { encoding } = this.#transport;
    const request = { id, topics, intervalMs, encoding, projection: deriveProjection(scope) };
    const { afterSeq = isChanged ? null : resumeSeq } = message;
    const { subscription, backlog } = hub.subscribe(request, this, afterSeq);
    if (backlog?.gap) this.#outbox.send({ type: 'gap', id, ...backlog.gap, reason: 'expired' });
    if (backlog) subscription.putBacklog(backlog.deliveries);
  }

  /** Ends one. Whether there was one of that id. */
  end(id: string): boolean {
    const known = this.subscriptions.find(({ request }) => request.id === id);
    if (known) this.#end(known);
    return known !== undefined;
  }

  noteAck(seq: number): void {
    this.#window.noteAck(seq);
    this.#flush();
  }

  /** Sends it at once if the client keeps up, which nearly all do nearly always. */
  offer(delivery: Delivery): boolean {
    if (!this.#isOpen || this.#window.judge(delivery.frame.length) !== 'send') return false;
    this.#send(delivery);
    return true;
  }

  /** Sends what a subscription holds, if the client keeps up; else leaves it there, where newer replaces it. */
  onReady(subscription: Subscription): void {
    // More than one only for a client that has come back.
    while (this.#handOn(subscription));
  }

  cork(): void {
    this.#transport.cork();
  }

  uncork(): void {
    this.#transport.uncork();
  }

  /** From now on nothing is sent any more: the client is being shown out. */
  close(): void {
    this.#isOpen = false;
  }

  [Symbol.dispose](): void {
    this.close();
    for (const subscription of this.subscriptions) this.#end(subscription);
  }

  #end(subscription: Subscription): void {
    this.#endedDropped += subscription.dropped;
    this.#endedCoalesced += subscription.coalesced;
    subscription[Symbol.dispose]();
  }

  /** Sends one. False where there is none to send, or not now. */
  #handOn(subscription: Subscription): boolean {
    const { pendingBytes } = subscription;
    if (pendingBytes === 0 || !this.#isOpen) return false;
    const verdict = this.#window.judge(pendingBytes);
    if (verdict === 'hold') {
      this.#look();
      return false;
    }
    if (verdict === 'close') {
      this.#owner.refuse({ code: 'slowConsumer', message: 'The client does not read what it asked for.' });
      return false;
    }
    const delivery = subscription.isBehind ? this.#catchUp(subscription) : subscription.take();
    if (!delivery) return false;
    this.#send(delivery);
    return true;
  }

  #send(delivery: Delivery): void {
    this.#outbox.sendDelivery(delivery);
    if (!delivery.hasSample) return;
    this.#sent++;
    this.#window.noteSent(delivery.seq);
  }

  #catchUp(subscription: Subscription): Delivery | null {
    const missed = subscription.catchUp();
    if (missed) this.#outbox.sendFrame(missed.gap);
    return missed?.snapshot ?? null;
  }

  #flush(): void {
    for (const subscription of this.subscriptions) this.onReady(subscription);
  }

  /**
   * Goes on looking at a client that does not keep up until it does, or its time is over: without this it would be
   * judged only when it is due the next sample, which may be an hour away.
   */
  #look(): void {
    if (this.#isLookedAt) return;
    this.#isLookedAt = true;
    const task = this.#owner.scope.spawn('slow viewer', async (signal) => {
      for (let { patienceMs } = this.#window; patienceMs !== null; { patienceMs } = this.#window) {
        await this.#host.clock.sleep(Math.min(lookEveryMs, patienceMs), signal);
        this.#flush();
        if (this.subscriptions.every(({ pendingBytes }) => pendingBytes === 0)) return;
      }
    });
    void task.done.then(() => {
      this.#isLookedAt = false;
    });
  }
}
