import { MonitorError } from './monitor-error.ts';

/** How a task ended. A task never rejects: whoever waits for it reads this. */
export type TaskOutcome =
  | { readonly status: 'finished' }
  | { readonly status: 'aborted' }
  | { readonly status: 'failed'; readonly error: MonitorError };

/** What diagnostics show of a task under way. */
export interface TaskSnapshot {
  readonly name: string;
  readonly startedMs: number;
  /** Monotonic time of the last turn of a loop; of the start for a task that is not one. */
  readonly lastTickMs: number;
  readonly ticks: number;
  readonly errors: number;
  readonly lastError: string | null;
}

/** What a running task may say of itself. */
export interface TaskProgress {
  tick(): void;
  error(error: MonitorError): void;
}

/**
 * One asynchronous job with a name and an AbortController of its own. Made by `TaskScope.spawn` and
 * `TaskScope.loop` only, which own it.
 */
export class Task {
  readonly name: string;
  /** Settles when the job's function has returned or thrown; never rejects. */
  readonly done: Promise<TaskOutcome>;
  readonly #controller = new AbortController();
  readonly #startedMs: number;
  #lastTickMs: number;
  #ticks = 0;
  #errors = 0;
  #lastError: string | null = null;
  #settled = false;

  constructor(
    name: string,
    now: () => number,
    run: (signal: AbortSignal, progress: TaskProgress) => PromiseLike<void> | void,
  ) {
    this.name = name;
    this.#startedMs = now();
    this.#lastTickMs = this.#startedMs;
    this.done = this.#run(run, {
      tick: () => {
        this.#lastTickMs = now();
        this.#ticks++;
      },
      error: (error) => this.#noteError(error),
    });
  }

  /** Whether the job's function has come to its end. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Asks the task to stop. Resolves with its outcome once it really has. */
  cancel(
    reason: MonitorError = new MonitorError('aborted', `Task "${this.name}" was cancelled.`),
  ): Promise<TaskOutcome> {
    this.#controller.abort(reason);
    return this.done;
  }

  snapshot(): TaskSnapshot {
    return {
      name: this.name,
      startedMs: this.#startedMs,
      lastTickMs: this.#lastTickMs,
      ticks: this.#ticks,
      errors: this.#errors,
      lastError: this.#lastError,
    };
  }

  async #run(
    run: (signal: AbortSignal, progress: TaskProgress) => PromiseLike<void> | void,
    progress: TaskProgress,
  ): Promise<TaskOutcome> {
    const { signal } = this.#controller;
    await Promise.resolve();
    try {
      if (signal.aborted) return { status: 'aborted' };
      await run(signal, progress);
      return { status: 'finished' };
    } catch (thrown) {
      if (signal.aborted && (thrown === signal.reason || isAbort(thrown))) return { status: 'aborted' };
      const error = MonitorError.from(thrown);
      this.#noteError(error);
      return { status: 'failed', error };
    } finally {
      this.#settled = true;
    }
  }

  #noteError(error: MonitorError): void {
    this.#errors++;
    this.#lastError = `${error.code}: ${error.message}`;
  }
}

function isAbort(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown.name === 'AbortError' || (thrown as { code?: unknown }).code === 'aborted')
  );
}
