import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { ServerMessage } from '../shared/protocol/index.ts';
import type { ClientSession } from './client-session.ts';
import { deriveCapabilities } from './grant.ts';
import type { Outbox } from './outbox.ts';
import type { SessionHost } from './session-host.ts';

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** Failures that the same request may not meet again. */
const retryableCodes: ReadonlySet<string> = new Set(['timeout', 'unavailable', 'io', 'internal']);

/** Answers the requests of one client, each in a task of its scope. */
export class SessionRequests {
  readonly #session: ClientSession;
  readonly #host: SessionHost;
  readonly #outbox: Outbox;
  #underWay = 0;
  #lastError: string | null = null;

  constructor(session: ClientSession, host: SessionHost, outbox: Outbox) {
    this.#session = session;
    this.#host = host;
    this.#outbox = outbox;
  }

  /** How many are being answered. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Why the last that failed did so. */
  get lastError(): string | null {
    return this.#lastError;
  }

  answer(id: string, method: string, params: Readonly<Record<string, unknown>>): void {
    const scope = this.#session.grant?.scope ?? 'vitals';
    const granted = deriveCapabilities(scope, this.#host).methods.includes(method);
    const handler = this.#host.handler(method);
    if (!handler || !granted) {
      if (handler) this.#host.noteRefusal(this.#session, method);
      this.#fail(
        id,
        handler
          ? { code: 'forbidden', message: `Not granted: ${method}.` }
          : { code: 'unknownMethod', message: `There is no method "${method}" on this host.` },
      );
      return;
    }
    this.#underWay++;
    const task = this.#session.scope.spawn(`request ${method}`, async (signal) => {
      try {
        const value = await handler(params, this.#session);
        if (!signal.aborted) this.#outbox.send({ type: 'result', id, value: value ?? null });
      } catch (thrown) {
        const error = MonitorError.from(thrown);
        this.#lastError = error.message;
        if (!signal.aborted) this.#fail(id, error);
      }
    });
    void task.done.then(() => {
      this.#underWay--;
    });
  }

  #fail(
    id: string,
    { code, message, remedy }: Pick<ErrorMessage, 'code' | 'message'> & { remedy?: string | null },
  ): void {
    const retryable = retryableCodes.has(code);
    this.#outbox.send({ type: 'error', id, code, message, ...(remedy && { remedy }), retryable });
  }
}
