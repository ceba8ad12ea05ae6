import type { Clock } from './clock.ts';
import { MonitorError } from './monitor-error.ts';
import { TaskScope, type CloseReport, type ScopeSnapshot } from './task-scope.ts';

/** A client that has gone, and the proof of what was left of it. */
export interface ClosedClient {
  readonly clientId: string;
  readonly reason: string;
  readonly openedMs: number;
  readonly closedMs: number;
  /** Tasks and resources that had not stopped when the deadline passed. Zero, unless there is a defect. */
  readonly tasksLeft: number;
  readonly notStopped: readonly string[];
  readonly errors: readonly string[];
}

export interface TaskManagerOptions {
  readonly clock: Clock;
  /** How long closing the whole waits for what does not stop; a client has half of it. Default 10 000 ms. */
  readonly closeDeadlineMs?: number;
  /** How many closed clients are remembered. Default 50. */
  readonly rememberClosed?: number;
  /** Hears of every task that failed and of every client that left something running. */
  readonly onDefect?: (message: string, error?: MonitorError) => void;
}

/**
 * The root of every task of a host: one child scope a client, beside the host's own. `close(clientId, reason)`
 * is the only way in which a client's work is ended, whatever the cause was.
 */
export class TaskManager implements AsyncDisposable {
  readonly #options: TaskManagerOptions;
  readonly #root: TaskScope;
  readonly #clients = new Map<
    string,
    { scope: TaskScope; openedMs: number; closing: Promise<CloseReport> | null }
  >();
  readonly #closed: ClosedClient[] = [];

  constructor(options: TaskManagerOptions) {
    this.#options = options;
    this.#root = new TaskScope('host', {
      clock: options.clock,
      closeDeadlineMs: options.closeDeadlineMs ?? 10_000,
      onTaskFailed: (scope, task, error) =>
        options.onDefect?.(`Task "${scope.path}/${task.name}" failed: ${error.message}`, error),
    });
  }

  /** A scope for something of the host itself, such as the sampler. */
  service(name: string): TaskScope {
    return this.#root.child(name);
  }

  /** Opens the scope of a new client. Throws `invalidArgument` where the id is in use. */
  open(clientId: string): TaskScope {
    if (this.#clients.has(clientId)) {
      throw new MonitorError('invalidArgument', `Client "${clientId}" is open already.`);
    }
    const scope = this.#root.child(clientId);
    this.#clients.set(clientId, { scope, openedMs: this.#options.clock.monotonic(), closing: null });
    return scope;
  }

  /** Whether the client is open and not being closed. */
  has(clientId: string): boolean {
    return this.#clients.get(clientId)?.closing === null;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Ends all that serves the client. Idempotent; null where no such client is open. */
  async close(clientId: string, reason: string): Promise<CloseReport | null> {
    const client = this.#clients.get(clientId);
    if (!client) return null;
    client.closing ??= this.#close(clientId, client, reason);
    return client.closing;
  }

  /** Every scope and task that is alive, with its age, last tick and error count. Empty when all has ended. */
  live(): readonly ScopeSnapshot[] {
    return this.#root.snapshot().children;
  }

  /** The clients that ended last, newest first. */
  closedClients(): readonly ClosedClient[] {
    return this.#closed;
  }

  /** Ends every client and service. Idempotent. */
  async closeAll(reason: string): Promise<CloseReport> {
    await Promise.all([...this.#clients.keys()].map((clientId) => this.close(clientId, reason)));
    return this.#root.close(reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeAll('disposed');
  }

  async #close(
    clientId: string,
    client: { scope: TaskScope; openedMs: number },
    reason: string,
  ): Promise<CloseReport> {
    const report = await client.scope.close(reason);
    this.#clients.delete(clientId);
    this.#closed.unshift({
      clientId,
      reason,
      openedMs: client.openedMs,
      closedMs: this.#options.clock.monotonic(),
      tasksLeft: report.notStopped.length,
      notStopped: report.notStopped,
      errors: report.errors.map((error) => `${error.code}: ${error.message}`),
    });
    this.#closed.length = Math.min(this.#closed.length, this.#options.rememberClosed ?? 50);
    if (report.notStopped.length > 0) {
      this.#options.onDefect?.(`Client "${clientId}" left running: ${report.notStopped.join(', ')}`);
    }
    return report;
  }
}
