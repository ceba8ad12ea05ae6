import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError, monitorErrorCodes, type MonitorErrorCode } from '../shared/lifecycle/monitor-error.ts';
import type { Task } from '../shared/lifecycle/task.ts';
import type { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { ClientMessage, ErrorCode, ServerMessage } from '../shared/protocol/index.ts';

export interface PendingRequestsOptions {
  readonly clock: Clock;
  /** Owns the deadlines. */
  readonly scope: TaskScope;
  /** How long an answer may take. Default 10 000 ms. */
  readonly deadlineMs?: number;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: MonitorError) => void;
  readonly deadline: Task;
}

const defaultDeadlineMs = 10_000;

/**
 * Requests that wait for their answers, each known by an id of its own. Every one is settled exactly once: by its
 * `result`, by its `error`, by its deadline, or by `rejectAll` when the connection is gone; its deadline ends with it.
 */
export class PendingRequests {
  readonly #options: PendingRequestsOptions;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(options: PendingRequestsOptions) {
    this.#options = options;
  }

  /** How many wait. */
  get size(): number {
    return this.#pending.size;
  }

  /**
   * Sends a request by `send` and resolves with its result, which is not checked yet. Rejects with a MonitorError: the
   * host's own code and remedy, `timeout`, or what `rejectAll` was given. Throws `closed` once the scope is closing.
   */
  request(
    method: string,
    params: Readonly<Record<string, unknown>>,
    send: (message: ClientMessage) => void,
  ): Promise<unknown> {
    const { clock, scope, deadlineMs = defaultDeadlineMs } = this.#options;
    const id = `request ${++this.#count}`;
    const deadline = scope.spawn(id, async (signal) => {
      await clock.sleep(deadlineMs, signal);
      this.#take(id)?.reject(
        new MonitorError(
          'timeout',
          `The host has not answered within ${deadlineMs / 1_000} s; whether it did what was asked is not known.`,
        ),
      );
    });
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, deadline });
    });
    send({ type: 'request', id, method, params });
    return answer;
  }

  /** Settles the request that a message answers. False where it answers none that waits. */
  settle(message: Extract<ServerMessage, { type: 'result' | 'error' }>): boolean {
    const pending = message.id === undefined ? undefined : this.#take(message.id);
    if (!pending) return false;
    void pending.deadline.cancel();
    if (message.type === 'result') pending.resolve(message.value);
    else
      pending.reject(new MonitorError(deriveCode(message.code), message.message, { remedy: message.remedy }));
    return true;
  }

  /** Gives up on all of them: there is nobody any more who could answer. */
  rejectAll(error: MonitorError): void {
    for (const id of [...this.#pending.keys()]) {
      const pending = this.#take(id);
      void pending?.deadline.cancel();
      pending?.reject(error);
    }
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

/** Reasons of the protocol that say what a code of MonitorError says. */
const sameAs: Partial<Readonly<Record<ErrorCode, MonitorErrorCode>>> = {
  unknownMethod: 'unsupported',
  unknownType: 'unsupported',
  rateLimited: 'limitExceeded',
  revoked: 'unauthorized',
  disconnected: 'unavailable',
  shutdown: 'unavailable',
};

function deriveCode(code: ErrorCode): MonitorErrorCode {
  return monitorErrorCodes.find((own) => own === code) ?? sameAs[code] ?? 'internal';
}
