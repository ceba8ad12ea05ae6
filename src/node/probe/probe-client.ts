import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { ProbeMethod, ProbeMethods, ProbeReply, ProbeRequest } from './probe-messages.ts';

/** A started probe process: what `child_process.fork` and Electron's `utilityProcess.fork` have in common. */
export interface ProbeProcess {
  readonly pid: number | undefined;
  send(request: ProbeRequest): void;
  onMessage(listener: (reply: ProbeReply) => void): void;
  onExit(listener: () => void): void;
  /** Ends it by SIGKILL: a process stuck in the kernel heeds nothing gentler, and maybe not that. */
  kill(): void;
}

export interface ProbeClientOptions {
  readonly clock: Clock;
  readonly spawnProbe: () => ProbeProcess;
}

interface Outstanding {
  readonly startedMs: number;
  readonly process: ProbeProcess;
  resolve(value: unknown): void;
  reject(error: MonitorError): void;
  abandoned: boolean;
}

/** How many calls may hang in one process before it is given up: each holds one of its threads. */
const maxStuck = 3;
/** How long a process that failed at once keeps its successor waiting. */
const restartDelayMs = 5_000;

/**
 * Calls that can hang, made in a process of their own that can be abandoned. At most one call a key is outstanding:
 * a second while the first hangs fails at once, with `timeout`. The process starts with the first call.
 */
export class ProbeClient implements AsyncDisposable {
  readonly #options: ProbeClientOptions;
  readonly #outstanding = new Map<number, Outstanding>();
  readonly #byKey = new Map<string, number>();
  #process: ProbeProcess | null = null;
  #startedMs = -Infinity;
  #nextId = 1;
  #disposed = false;

  constructor(options: ProbeClientOptions) {
    this.#options = options;
  }

  /** Keys of calls that hang past their deadline. */
  stuck(): string[] {
    return [...this.#byKey].filter(([, id]) => this.#outstanding.get(id)?.abandoned).map(([key]) => key);
  }

  /** Throws MonitorError: `timeout` past `deadlineMs`, `unavailable` where the process died, or what the call failed with. */
  async call<Method extends ProbeMethod>(
    method: Method,
    params: ProbeMethods[Method]['params'],
    options: { readonly key: string; readonly deadlineMs: number; readonly signal?: AbortSignal },
  ): Promise<ProbeMethods[Method]['value']> {
    const { clock } = this.#options;
    const key = `${method} ${options.key}`;
    const hanging = this.#byKey.get(key);
    if (hanging !== undefined) {
      throw new MonitorError('timeout', `${key} has not answered since it was last asked.`);
    }
    const process = this.#start();
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#outstanding.set(id, { startedMs: clock.monotonic(), process, resolve, reject, abandoned: false });
    });
    this.#byKey.set(key, id);
    void answer.catch(() => undefined).then(() => this.#byKey.delete(key));
    process.send({ id, method, params });
    const timer = new AbortController();
    const stop = (): void => timer.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      const late = clock
        .sleep(options.deadlineMs, timer.signal)
        .then(() => this.#abandon(id, key, options.deadlineMs));
      return await Promise.race([answer, late]);
    } finally {
      options.signal?.removeEventListener('abort', stop);
      timer.abort(new MonitorError('aborted', 'The call was answered.'));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#drop('The probe process was ended.');
  }

  #start(): ProbeProcess {
    if (this.#disposed) throw new MonitorError('closed', 'The probe process has been ended.');
    if (this.#process) return this.#process;
    const nowMs = this.#options.clock.monotonic();
    if (nowMs - this.#startedMs < restartDelayMs) {
      throw new MonitorError(
        'unavailable',
        'The probe process has just died; it is started again in a few seconds.',
      );
    }
    this.#startedMs = nowMs;
    const process = this.#options.spawnProbe();
    this.#process = process;
    process.onMessage((reply) => this.#receive(reply));
    process.onExit(() => {
      if (this.#process === process) this.#process = null;
      this.#fail(process, 'The probe process died.');
    });
    return process;
  }

  #receive(reply: ProbeReply): void {
    const call = this.#outstanding.get(reply.id);
    if (!call) return;
    this.#outstanding.delete(reply.id);
    if ('value' in reply) call.resolve(reply.value);
    else
      call.reject(
        new MonitorError(reply.error.code === 'unsupported' ? 'unsupported' : 'io', reply.error.message),
      );
  }

  #abandon(id: number, key: string, deadlineMs: number): never {
    const call = this.#outstanding.get(id);
    if (call) call.abandoned = true;
    const stuck = [...this.#outstanding.values()].filter(({ abandoned }) => abandoned).length;
    if (stuck >= maxStuck) {
      // Its successor starts at once: this one did not fail, it was given up.
      this.#startedMs = -Infinity;
      this.#drop('The probe process was replaced, since too many of its calls hang.');
    }
    throw new MonitorError('timeout', `${key} did not answer within ${deadlineMs} ms.`);
  }

  #drop(message: string): void {
    const process = this.#process;
    this.#process = null;
    if (!process) return;
    process.kill();
    this.#fail(process, message);
  }

  #fail(process: ProbeProcess, message: string): void {
    for (const [id, call] of this.#outstanding) {
      if (call.process !== process) continue;
      this.#outstanding.delete(id);
      call.reject(new MonitorError('unavailable', message));
    }
  }
}
