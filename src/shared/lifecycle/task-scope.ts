import type { Clock } from './clock.ts';
import { disposeResource, type Resource } from './disposable.ts';
import { MonitorError } from './monitor-error.ts';
import { Task, type TaskProgress, type TaskSnapshot } from './task.ts';

export type ScopeState = 'open' | 'closing' | 'closed';

/** What became of a scope. Everything it owned is accounted for: ended cleanly, failed, or named as not stopped. */
export interface CloseReport {
  readonly scope: string;
  readonly reason: string;
  /** What threw while it was being ended. */
  readonly errors: readonly MonitorError[];
  /** Paths of tasks and resources that were still not done when the deadline had passed. */
  readonly notStopped: readonly string[];
  readonly durationMs: number;
}

/** A scope as diagnostics show it. */
export interface ScopeSnapshot {
  readonly name: string;
  readonly state: ScopeState;
  readonly openedMs: number;
  readonly tasks: readonly TaskSnapshot[];
  /** Resources owned beside the tasks: listeners, subscriptions, sockets. */
  readonly resources: number;
  readonly children: readonly ScopeSnapshot[];
}

export interface TaskScopeOptions {
  readonly clock: Clock;
  /** How long closing waits for what does not stop. Default 5 000 ms; a child has half of its parent's. */
  readonly closeDeadlineMs?: number;
  /** Called once for each task that failed by itself, not for one that was cancelled. */
  readonly onTaskFailed?: (scope: TaskScope, task: Task, error: MonitorError) => void;
}

type Entry =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'resource'; readonly name: string; readonly resource: Resource; ended: boolean }
  | { readonly kind: 'scope'; readonly scope: TaskScope };

/**
 * Owns tasks, resources and child scopes, and ends all of them before it counts as closed: nothing that was
 * started here outlives it, except what the close report names. States: open → closing → closed.
 *
 * Closing cancels every task at once, then ends entries in the reverse of their registration, each awaited
 * before the one before it, for `closeDeadlineMs` in all. Past that, what is left is ended without waiting in
 * between and given the same time once more, so that one stuck entry cannot hold the clean-up of the rest.
 */
export class TaskScope implements AsyncDisposable {
  readonly name: string;
  readonly #options: TaskScopeOptions;
  readonly #closeDeadlineMs: number;
  readonly #parent: TaskScope | null;
  readonly #openedMs: number;
  readonly #entries = new Set<Entry>();
  /** This scope's place among its parent's entries. */
  #place: Entry | null = null;
  #state: ScopeState = 'open';
  #closing: Promise<CloseReport> | null = null;

  constructor(name: string, options: TaskScopeOptions, parent: TaskScope | null = null) {
    this.name = name;
    this.#options = options;
    this.#closeDeadlineMs = parent ? parent.#closeDeadlineMs / 2 : (options.closeDeadlineMs ?? 5_000);
    this.#parent = parent;
    this.#openedMs = options.clock.monotonic();
  }

  get state(): ScopeState {
    return this.#state;
  }

  /** Names from the root to here, joined by `/`. */
  get path(): string {
    return this.#parent ? `${this.#parent.path}/${this.name}` : this.name;
  }

  /** How many tasks are under way here and below. */
  get taskCount(): number {
    let count = 0;
    for (const entry of this.#entries) {
      if (entry.kind === 'task') count++;
      else if (entry.kind === 'scope') count += entry.scope.taskCount;
    }
    return count;
  }

  /** How many resources are owned here and below. */
  get resourceCount(): number {
    let count = 0;
    for (const entry of this.#entries) {
      if (entry.kind === 'resource') count++;
      else if (entry.kind === 'scope') count += entry.scope.resourceCount;
    }
    return count;
  }

  /**
   * Starts a job. Its signal aborts when the scope closes or the task is cancelled. Throws `closed` once the
   * scope is closing.
   */
  spawn(name: string, run: (signal: AbortSignal) => PromiseLike<void> | void): Task {
    return this.#start(name, run);
  }

  /**
   * Calls `turn` every `everyMs` milliseconds, first after one interval, until the scope closes. Turns never
   * overlap and do not drift: each is planned on the grid that the loop's start laid, and grid points that
   * passed during a long turn are skipped. A turn that throws is counted and does not end the loop.
   */
  loop(name: string, everyMs: number, turn: (signal: AbortSignal) => PromiseLike<void> | void): Task {
    if (!(everyMs > 0))
      throw new MonitorError('invalidArgument', `Loop "${name}" needs an interval over 0 ms.`);
    const { clock } = this.#options;
    return this.#start(name, async (signal, progress) => {
      const startMs = clock.monotonic();
      for (let point = 1; ;) {
        await clock.sleep(startMs + point * everyMs - clock.monotonic(), signal);
        progress.tick();
        try {
          await turn(signal);
        } catch (thrown) {
          if (signal.aborted) throw thrown;
          progress.error(MonitorError.from(thrown));
        }
        point = Math.max(point + 1, Math.ceil((clock.monotonic() - startMs) / everyMs));
      }
    });
  }

  /**
   * Takes ownership of `resource`, which is ended once, when the scope closes or by the returned function
   * (idempotent), whichever is first. Where the scope is closing already, it is ended at once, and what that
   * throws is the caller's.
   */
  adopt(name: string, resource: Resource): () => void | PromiseLike<void> {
    if (this.#state !== 'open') {
      const ended = disposeResource(resource);
      return () => ended;
    }
    const entry: Entry = { kind: 'resource', name, resource, ended: false };
    this.#entries.add(entry);
    return () => {
      if (entry.ended) return;
      entry.ended = true;
      this.#remove(entry);
      return disposeResource(resource);
    };
  }

  /** A scope that ends no later than this one. Throws `closed` once this one is closing. */
  child(name: string): TaskScope {
    this.#assertOpen(name);
    const scope = new TaskScope(name, this.#options, this);
    scope.#place = { kind: 'scope', scope };
    this.#entries.add(scope.#place);
    return scope;
  }

  /** Ends everything that the scope owns. Closing twice is closing once: both get the same report. */
  close(reason: string): Promise<CloseReport> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close('disposed');
  }

  snapshot(): ScopeSnapshot {
    const tasks: TaskSnapshot[] = [];
    const children: ScopeSnapshot[] = [];
    let resources = 0;
    for (const entry of this.#entries) {
      if (entry.kind === 'task') tasks.push(entry.task.snapshot());
      else if (entry.kind === 'scope') children.push(entry.scope.snapshot());
      else resources++;
    }
    return { name: this.name, state: this.#state, openedMs: this.#openedMs, tasks, resources, children };
  }

  #start(name: string, run: (signal: AbortSignal, progress: TaskProgress) => PromiseLike<void> | void): Task {
    this.#assertOpen(name);
    const task = new Task(name, () => this.#options.clock.monotonic(), run);
    const entry: Entry = { kind: 'task', task };
    this.#entries.add(entry);
    void task.done.then((outcome) => {
      this.#remove(entry);
      if (outcome.status === 'failed') this.#options.onTaskFailed?.(this, task, outcome.error);
    });
    return task;
  }

  #assertOpen(name: string): void {
    if (this.#state === 'open') return;
    throw new MonitorError('closed', `"${name}" was not started: scope "${this.path}" is ${this.#state}.`);
  }

  async #close(reason: string): Promise<CloseReport> {
    const { clock } = this.#options;
    const startMs = clock.monotonic();
    const errors: MonitorError[] = [];
    this.#state = 'closing';
    this.#abortTasks(new MonitorError('aborted', `Scope "${this.path}" closed: ${reason}`));

    const deadline = new Deadline(clock, this.#closeDeadlineMs);
    const waiting: Promise<void>[] = [];
    for (const entry of [...this.#entries].reverse()) {
      const end = this.#end(entry, reason, errors);
      if (!(await deadline.outlasts(end))) waiting.push(end);
    }
    deadline.clear();

    if (waiting.length > 0) {
      const last = new Deadline(clock, this.#closeDeadlineMs);
      await last.outlasts(Promise.all(waiting).then(() => undefined));
      last.clear();
    }

    this.#state = 'closed';
    this.#leaveParent();
    // Whatever is still owned has not stopped, here or below.
    const notStopped = [...this.#entries].flatMap((entry) => this.#describe(entry));
    return { scope: this.path, reason, errors, notStopped, durationMs: clock.monotonic() - startMs };
  }

  /** Cancels every task here and below before anything is awaited, so that all stop side by side. */
  #abortTasks(reason: MonitorError): void {
    for (const entry of this.#entries) {
      if (entry.kind === 'task') void entry.task.cancel(reason);
      else if (entry.kind === 'scope') entry.scope.#abortTasks(reason);
    }
  }

  async #end(entry: Entry, reason: string, errors: MonitorError[]): Promise<void> {
    if (entry.kind === 'task') {
      const outcome = await entry.task.done;
      if (outcome.status === 'failed') errors.push(outcome.error);
      return;
    }
    if (entry.kind === 'scope') {
      const report = await entry.scope.close(reason);
      errors.push(...report.errors);
      return;
    }
    if (entry.ended) return;
    entry.ended = true;
    try {
      await disposeResource(entry.resource);
    } catch (thrown) {
      errors.push(MonitorError.from(thrown));
    } finally {
      this.#remove(entry);
    }
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    if (this.#state === 'closed') this.#leaveParent();
  }

  /** A closed scope that still has something running stays listed, so that diagnostics go on naming it. */
  #leaveParent(): void {
    if (this.#entries.size > 0 || !this.#parent || !this.#place) return;
    this.#parent.#remove(this.#place);
  }

  #describe(entry: Entry): string[] {
    if (entry.kind === 'task') return [`${this.path}/${entry.task.name}`];
    if (entry.kind === 'resource') return [`${this.path}/${entry.name}`];
    return [...entry.scope.#entries].flatMap((inner) => entry.scope.#describe(inner));
  }
}

/** One timer for a whole run of waits. */
class Deadline {
  readonly #passed: Promise<false>;
  readonly #timer = new AbortController();

  constructor(clock: Clock, ms: number) {
    this.#passed = clock.sleep(ms, this.#timer.signal).then(
      () => false as const,
      () => false as const,
    );
  }

  /** Whether `work` settled before the deadline. */
  outlasts(work: Promise<void>): Promise<boolean> {
    return Promise.race([work.then(() => true), this.#passed]);
  }

  clear(): void {
    this.#timer.abort(new MonitorError('aborted', 'The deadline is no longer needed.'));
  }
}
